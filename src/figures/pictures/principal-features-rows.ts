/** Principal features of one moment as rows, one above the other: for the build and for the page. */
import { type Axes, lineRows } from '../lines.js';
import type { Row } from '../panels.js';
import { count, type FigureWords, number, say } from '../words.js';

/** One component: its feature at the inputs, and its singular value. */
export interface Ridge {
  readonly y: Float64Array;
  readonly value: number;
}

/** Of the distance between two base lines, how far a feature goes at most. */
const ridge = 0.56;

export function sizeOf(values: Float64Array): number {
  return values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
}

/** Each scaled to its largest size; `x` are the inputs. */
export function ridgeRows(
  x: Float64Array,
  ridges: readonly Ridge[],
  axes: Axes,
  { component: word }: FigureWords,
  row: Row,
): Row[] {
  return ridges.flatMap(({ y: feature, value }, component) => {
    const largest = sizeOf(feature) || 1;
    const base = component + 1;
    const place = { ...row, name: say(word, { number: count(base) }), series: component, component: String(base) };
    return [
      // The value itself, for the page and the table: y is only where it is drawn.
      ...lineRows(x, heights(feature, base), axes, `${component}`, { ...place, part: 'ridge' }).map((one) => ({
        ...one,
        value: Number((((base - Number(one['y'])) / ridge) * largest).toPrecision(6)),
      })),
      { ...row, part: 'size', y: base, text: number(value), component: String(base) },
    ];
  });
}

/** The same at the first moment, behind those of another. */
export function ridgeGhost(x: Float64Array, ridges: readonly Ridge[], axes: Axes, row: Row): Row[] {
  return ridges.flatMap(({ y }, component) =>
    lineRows(x, heights(y, component + 1), axes, `start/${component}`, {
      ...{ ...row, part: 'start', series: component },
    }),
  );
}

function heights(feature: Float64Array, base: number): Float64Array {
  const largest = sizeOf(feature) || 1;
  return feature.map((value) => base - (ridge * value) / largest);
}
