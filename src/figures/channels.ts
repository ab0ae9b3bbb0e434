/** How positions are encoded, the same in every picture. */
import type { Specification } from './drawing.js';
import { niceStep } from './nice-step.js';
import type { Scale } from './scale.js';
import { textWidth } from './text-width.js';
import { fontSizes, labelGap } from './theme.js';
import { count } from './words.js';

/** A quantitative position with exactly the domain of its scale. */
export function position(field: string, title: string | null, scale: Scale, axis: Specification = {}): Specification {
  const { type, domain, constant } = scale;
  return {
    field,
    type: 'quantitative',
    title,
    scale: {
      type,
      domain,
      nice: false,
      ...(type === 'linear' && { zero: false }),
      ...(constant !== undefined && { constant }),
    },
    axis: {
      ...(type === 'log' ? logAxis(domain) : type === 'symlog' ? symlogAxis(domain, constant ?? 1) : {}),
      ...axis,
    },
  };
}

/** Whole powers of ten, not more than six or so of them; between them when they are few. */
function logAxis([low, high]: readonly [number, number]): Specification {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (powers.length <= 2) {
    const between = [first - 1, ...powers].flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
    return { values: between.filter((value) => value >= low && value <= high), format: '~g' };
  }
  const stride = Math.ceil(powers.length / 6);
  const shown = powers.filter((one) => one % stride === 0);
  const plain = shown.every((one) => one >= -3 && one <= 5);
  return {
    values: shown.map((one) => 10 ** one),
    ...(plain ? { format: '~g' } : { labelExpr: lookup(shown, power, 'round(log(datum.value) / LN10)') }),
  };
}

/** 0 and the powers of ten beyond the constant. */
function symlogAxis([, high]: readonly [number, number], constant: number): Specification {
  const first = Math.ceil(Math.log10(constant * 0.99));
  const powers = Array.from(
    { length: Math.max(0, Math.floor(Math.log10(high)) - first + 1) },
    (_, index) => first + index,
  );
  return { values: [0, ...powers.map((power) => 10 ** power)], labelExpr: "format(datum.value, ',d')" };
}

/** In letters that the page's font has: it has no raised minus. */
function power(exponent: number): string {
  return `1e${exponent}`.replace('-', '−');
}

/** A Vega expression that finds a number's label in a list; `expression` gives the number. */
function lookup(numbers: readonly number[], label: (number: number) => string, expression: string): string {
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  const labels = Array.from({ length: last - first + 1 }, (_, index) => label(first + index));
  return `${JSON.stringify(labels)}[${expression} - ${first}]`;
}

/** An axis of steps: as many round numbers as have room, the last of which may end at the axis's end. */
export function stepAxis({ domain: [first, last], length }: Scale): Specification {
  const each = 1.5 * textWidth(count(last), fontSizes.label) + labelGap;
  const step = Math.max(1, niceStep(last - first, Math.min(6, length / each)));
  const from = Math.ceil(first / step);
  const values = Array.from({ length: Math.floor(last / step) - from + 1 }, (_, index) => (from + index) * step);
  return { format: ',d', values, labelFlush: true };
}

/** The range of the positive numbers, widened to a third of a decade beyond. */
export function logDomain(low: number, high: number): [number, number] {
  return [low / 1.3, Math.max(high, low) * 1.3];
}
