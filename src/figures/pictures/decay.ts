/** `decay`: residuals along left singular vectors over the steps, measured as lines and as the linear model predicts them dashed. */
import { arrayOf, column, extent, numbersOf } from '../arrays.js';
import { logDomain } from '../axis.js';
import { position } from '../channels.js';
import { coursePosition, courseScale } from '../course-scale.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { arrange, type Part } from '../panels.js';
import { seriesEncoding, seriesKey } from '../series.js';
import { placeOf, type Run, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { aboutRuns, count, factOf, number, say } from '../words.js';
import { trainedNames } from './data.js';
import type { Picture } from './picture.js';

interface Direction {
  readonly run: Run;
  readonly label: string;
  readonly steps: Float64Array;
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
}

/** As many as a reader can tell apart. */
const fewest = 5;
/** Of the largest residual, what still has a place on the axis. */
const floor = 1e-4;

export function drawDecay(subject: Subject): Picture {
  const { language, request } = subject;
  const { options } = request;
  const { axes: names, key: labels, notes, decay, curves } = language.words.drawings;
  const parts = subject.runs.flatMap((run) => directionsOf(run, options.components ?? fewest, subject));
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.72, most: 300 });
  const all = parts.flatMap(({ value: { measured, predicted } }) => [measured, predicted]);
  const [, largest] = extent(...all);
  const shown = all.flatMap((values) => Array.from(values).filter((value) => value >= floor * largest));
  const axes: Axes = {
    x: courseScale(
      parts.flatMap(({ value }) => Array.from(value.steps)),
      size.width,
    ),
    y: { type: 'log', domain: logDomain(shown), length: size.height },
  };
  const rows = layout.panels.flatMap(({ row, column: at, members }) =>
    members.flatMap(({ value: { steps, ...lines }, series }, index) =>
      (['predicted', 'measured'] as const).flatMap((part) => {
        const { x, y } = downTo(axes.y.domain[0], steps, lines[part]);
        return lineRows(x, y, axes, `${part}${series}/${index}`, { row, column: at, series, part });
      }),
    ),
  );
  const titles = { x: names.step, y: names.residualAlong };
  const own = ownTitles(layout, titles);
  const x = coursePosition(own.x, axes.x);
  const y = position('y', own.y, axes.y);
  const line = { x, y, order: { value: null }, detail: { field: 'line' }, color: seriesEncoding(layout.series) };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer('predicted', { type: 'line', strokeWidth: 1.5, strokeDash: [4, 3] }, line),
      layer('measured', { type: 'line', strokeWidth: 1.75 }, line),
    ],
    content: { parts: ['measured'], otherwise: notes.noError },
    key: [
      ...seriesKey(layout.series, 'line', language),
      { label: labels.measured, colour: colour('ink'), shape: 'line', part: 'measured' },
      ...(rows.some(({ part }) => part === 'predicted')
        ? [{ label: labels.predicted, colour: colour('ink'), shape: 'dashed', part: 'predicted' } as const]
        : []),
    ],
  });
  const facts = parts.map(({ value: { run, label, measured } }) => {
    const [first, last] = [measured[0] ?? Number.NaN, measured.at(-1) ?? Number.NaN];
    const told = say(curves.course, { label: labels.measured, first: number(first), last: number(last) });
    return factOf(language, placeOf(run, label, language), told);
  });
  const intro = say(decay.intro, { names: trainedNames(subject) });
  return {
    specification,
    description: aboutRuns(language, intro, facts),
  };
}

/** A line that ends at the edge of its axis, where it is below it: between two steps it falls exponentially. */
function downTo(
  low: number,
  steps: Float64Array,
  values: Float64Array,
): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const kept: [number, number][] = [];
  for (const [index, value] of values.entries()) {
    const [step = 0, next = step, after = Number.NaN] = [steps[index], steps[index + 1], values[index + 1]];
    kept.push([step, value >= low ? value : Number.NaN]);
    if (value >= low === after >= low || Number.isNaN(value) || Number.isNaN(after)) continue;
    const [from, to] = [value, after].map((one) => Math.log(Math.max(one, Number.MIN_VALUE)));
    const share = ((from ?? 0) - Math.log(low)) / ((from ?? 0) - (to ?? 0));
    kept.push([step + share * (next - step), low]);
  }
  return { x: kept.map(([x]) => x), y: kept.map(([, y]) => y) };
}

function directionsOf(run: Run, most: number, { language }: Subject): Part<Direction>[] {
  const [residual, predicted] = [arrayOf(run.artifact, 'residual'), arrayOf(run.artifact, 'predicted')];
  const steps = numbersOf(run.artifact, 'step');
  return Array.from({ length: Math.min(most, residual.shape[1] ?? 0) }, (_, k) => {
    const label = say(language.words.scripts.figure.component, { number: count(k + 1) });
    return {
      value: { run, label, steps, measured: column(residual, k), predicted: column(predicted, k) },
      labels: new Map([...run.labels, ['component', label]]),
    };
  });
}
