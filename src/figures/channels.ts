/** How positions are encoded, the same in every picture. */
import { logTicks, powersOnly, shortNumber, symlogTicks, tickFormat, tickLabels } from './axis.js';
import type { Specification } from './drawing.js';
import { niceStep } from './nice-step.js';
import type { Scale } from './scale.js';
import { textWidth } from './text-width.js';
import { fontSizes, labelGap } from './theme.js';

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
    axis: { ...numbersOf(scale, axis), ...axis },
  };
}

function numbersOf({ type, domain, constant = 1 }: Scale, { tickCount }: Specification): Specification {
  switch (type) {
    case 'linear':
      return tickFormat(domain, typeof tickCount === 'number' ? tickCount : 5);
    case 'log':
      return logAxis(domain);
    case 'symlog':
      return { values: symlogTicks(domain, constant), labelExpr: shortNumber };
  }
}

/** All of it in powers of ten where some would be long. */
function logAxis(domain: readonly [number, number]): Specification {
  const values = logTicks(domain);
  const powers = values.map(Math.log10).every(Number.isInteger);
  if (powers && values.every((value) => value >= 1e-3 && value <= 1e5)) return { values, format: '~g' };
  return { values, labelExpr: powers ? powersOnly : shortNumber };
}

/** An axis of steps: as many round numbers as have room, the last of which may end at the axis's end. */
export function stepAxis({ domain: [first, last], length }: Scale): Specification {
  const each = 1.5 * textWidth(tickLabels([0, last])[1] ?? '', fontSizes.label) + labelGap;
  const step = Math.max(1, niceStep(last - first, Math.min(6, length / each)));
  const from = Math.ceil(first / step);
  const values = Array.from({ length: Math.floor(last / step) - from + 1 }, (_, index) => (from + index) * step);
  return { ...(last < 1e7 ? { format: ',d' } : { labelExpr: shortNumber }), values, labelFlush: true };
}
