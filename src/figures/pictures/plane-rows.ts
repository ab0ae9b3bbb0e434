/** What rows over the plane of two inputs share, whatever is drawn there: for the build and for the page. */
import type { Row } from '../panels.js';
import { middles } from './heat-map-rows.js';

/** A part of the plane, cut into as many cells across as up. */
export interface Plane {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly cells: number;
}

/** The middles of the cells, two numbers each, row by row from the lowest second input. */
export function planeInputs({ x, y, cells }: Plane): Float64Array {
  const across = middles(x, cells);
  return Float64Array.from(middles(y, cells).flatMap((up) => across.flatMap((at) => [at, up])));
}

/** A number at the middle of each cell. */
export type Height = (cell: number) => number;

/**
 * Where heights are 0: of every square between four middles the pieces of a line between its sides, where heights are taken to change
 * evenly (marching squares). `heightsOf` says which there are in the square of these four cells.
 */
export function zeroRows(
  { x, y, cells }: Plane,
  heightsOf: (square: readonly number[]) => readonly Height[],
  row: Row,
): Row[] {
  const [across, up] = [middles(x, cells), middles(y, cells)];
  const rows: Row[] = [];
  for (let j = 0; j + 1 < cells; j += 1)
    for (let i = 0; i + 1 < cells; i += 1) {
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ] as const;
      for (const height of heightsOf(corners.map(([a, b]) => b * cells + a))) {
        const crossings = corners.flatMap(([a, b], corner) => {
          const [c, d] = corners[(corner + 1) % 4] ?? [a, b];
          const [here, next] = [height(b * cells + a), height(d * cells + c)];
          if (here >= 0 === next >= 0 || !Number.isFinite(here) || !Number.isFinite(next)) return [];
          const share = here / (here - next);
          const between = (from = 0, to = 0): number => Number((from + (to - from) * share).toPrecision(5));
          return [{ x: between(across[a], across[c]), y: between(up[b], up[d]) }];
        });
        for (let first = 0; first + 1 < crossings.length; first += 2) {
          const [from, to] = [crossings[first], crossings[first + 1]];
          if (from !== undefined && to !== undefined)
            rows.push({ ...row, part: 'boundary', x: from.x, y: from.y, x2: to.x, y2: to.y });
        }
      }
    }
  return rows;
}

/** Every `stride`-th of the samples, with what `told` says of its target; `inputs` are two numbers a sample. */
export function planeSamples(
  inputs: ArrayLike<number>,
  targets: ArrayLike<number>,
  stride: number,
  told: (target: number) => Row,
): Row[] {
  return Array.from({ length: Math.ceil(targets.length / stride) }, (_, place): Row => {
    const index = place * stride;
    const [x, y] = [inputs[2 * index] ?? null, inputs[2 * index + 1] ?? null];
    return { part: 'sample', x, y, ...told(targets[index] ?? Number.NaN) };
  });
}
