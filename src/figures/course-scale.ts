/** An axis of steps on which the start of a training, where most happens, has as much room as its end. */
import { shortNumber, stepDomain, symlogTicks } from './axis.js';
import { position, stepAxis } from './channels.js';
import type { Specification } from './drawing.js';
import { inPixels, type Scale } from './scale.js';

/** Logarithmic with a place for step 0 where the steps reach so many times as far as the first of them. */
const wide = 30;

export function courseScale(steps: readonly number[], length: number): Scale {
  const domain = stepDomain([Math.min(...steps), Math.max(...steps)]);
  const first = Math.min(...steps.filter((step) => step > 0));
  return domain[1] > wide * first && domain[0] <= first
    ? { type: 'symlog', domain, length, constant: first }
    : { type: 'linear', domain, length };
}

/** A Vega expression: the label of a step as other axes of steps have it. */
const wholeNumber = "format(datum.value, ',d')";

/** Steps along x. */
export function coursePosition(title: string | null, scale: Scale): Specification {
  if (scale.type === 'linear') return position('x', title, scale, stepAxis(scale));
  const [first, last] = [scale.domain[0], scale.domain[1]];
  const values = symlogTicks([first, last], scale.constant ?? 1);
  return position('x', title, scale, { values, labelExpr: last < 1e7 ? wholeNumber : shortNumber, labelOverlap: true });
}

/** Which of the steps, which ascend, are at least so many pixels apart; the first and the last are among them. */
export function apart(steps: readonly number[], scale: Scale, pixels: number): readonly number[] {
  const places = inPixels(steps, scale);
  const last = steps.length - 1;
  const kept: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, place] of places.entries()) {
    const room = index === last || (places[last] ?? 0) - place >= pixels;
    if (index !== 0 && !(place - before >= pixels && room) && index !== last) continue;
    kept.push(index);
    before = place;
  }
  return kept;
}
