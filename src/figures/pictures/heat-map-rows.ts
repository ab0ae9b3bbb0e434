/** Cells whose shade tells the level that their value is in, as rows: for the build and for the page. */
import type { Row } from '../panels.js';
import { shadesAside } from '../shades-aside.js';

/** The levels of a heat map: level k holds the values from k steps to k + 1 steps. */
export interface Levels {
  readonly step: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Cells that stand on each other; a row of them is one line of the drawing, as thick as the row is high. */
export interface Cells {
  /** Of the columns, in the units of x, one more than there are columns. */
  readonly edges: readonly number[];
  readonly rows: readonly {
    /** Where the middle of the row is, in the units of y. */
    readonly y: number;
    /** In pixels. */
    readonly height: number;
    /** One for each column; one that is not finite stays empty. */
    readonly values: ArrayLike<number>;
    /** What the row is called under a pointer. */
    readonly name?: string;
    /** The hidden unit that it is of. */
    readonly unit?: string | undefined;
  }[];
}

/** Rows overlap by this many pixels, so that no seam shows between two where a drawing is scaled. */
const overlap = 0.5;

/** The middles of so many equal parts of a range. */
export function middles([low, high]: readonly [number, number], parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => low + ((high - low) * (index + 0.5)) / parts);
}

/** Values over a part of the plane, as many up as across, row by row from the lowest; `height` is that of the panel. */
export function planeCells(
  values: Float64Array,
  { x, y }: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
  height: number,
): Cells {
  const cells = Math.sqrt(values.length);
  return {
    edges: Array.from({ length: cells + 1 }, (_, index) => x[0] + ((x[1] - x[0]) * index) / cells),
    rows: middles(y, cells).map((up, index) => ({
      y: up,
      height: height / cells,
      values: values.subarray(index * cells, (index + 1) * cells),
    })),
  };
}

/** The levels that the values are in, of `step` each. */
export function levelsOf(values: readonly ArrayLike<number>[], step: number): Levels {
  const all = everyLevel(step);
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const part of values)
    for (let index = 0; index < part.length; index += 1) {
      const level = levelOf(part[index] ?? Number.NaN, all);
      if (level < lowest) lowest = level;
      if (level > highest) highest = level;
    }
  return lowest <= highest ? { step, lowest, highest } : { step, lowest: 0, highest: 0 };
}

/** All that there are. */
export function everyLevel(step: number): Levels {
  return { step, lowest: -shadesAside, highest: shadesAside - 1 };
}

/** The level that a value is in; NaN of one that is not finite. */
export function levelOf(value: number, { step, lowest, highest }: Levels): number {
  if (!Number.isFinite(value)) return Number.NaN;
  // The farthest value of all ends the last level rather than beginning another; adding 0 makes 0 of -0.
  return Math.max(lowest, Math.min(highest, Math.floor(value / step + 1e-9) + 0));
}

/**
 * A row of data for every run of neighbouring cells in one level: from `x` to `x2`, and from `value` to `value2` as far as the
 * shade tells it. Values are divided by `unit` before they are compared with the levels.
 */
export function cellRows({ edges, rows }: Cells, levels: Levels, unit: number, row: Row): Row[] {
  const { step } = levels;
  const found = rows.flatMap(({ y, height, values, name, unit: of }) => {
    const runs: Row[] = [];
    for (let first = 0; first < values.length; ) {
      const level = levelOf((values[first] ?? Number.NaN) / unit, levels);
      let end = first + 1;
      while (end < values.length && Object.is(levelOf((values[end] ?? Number.NaN) / unit, levels), level)) end += 1;
      if (!Number.isNaN(level))
        runs.push({
          ...row,
          part: 'cell',
          ...{ x: short(edges[first] ?? 0), x2: short(edges[end] ?? 0), y: short(y) },
          ...(name !== undefined && { name }),
          ...(of !== undefined && { unit: of }),
          ...{ value: short(level * step * unit), value2: short((level + 1) * step * unit) },
          ...{ level: short((level + 0.5) * step), thick: height + overlap },
        });
      first = end;
    }
    return runs;
  });
  // Neighbours of one shade become one path.
  return found.sort((a, b) => Number(a['level']) - Number(b['level']));
}

/** Six digits are finer than any shade. */
export function short(value: number): number {
  return Number(value.toPrecision(6));
}
