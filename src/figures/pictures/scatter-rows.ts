/** Dots over the line on which both axes agree, as rows: for the build and for the page. */
import type { Row } from '../panels.js';
import { blockOf, type ChosenParameter } from '../parameter-choice.js';

/** Dots of one look. */
export interface Dots {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** What each is called under a pointer. */
  readonly names?: readonly string[];
}

/** Of the range of all numbers, what is free at the ends of the axes. */
export const scatterMargin = 0.04;

/** Every `stride`-th of them. */
export function dotRows({ x, y, names }: Dots, stride: number, row: Row): Row[] {
  return Array.from({ length: Math.ceil(x.length / stride) }, (_, place) => place * stride).flatMap((index): Row[] => {
    const [atX, atY] = [x[index] ?? Number.NaN, y[index] ?? Number.NaN];
    if (!Number.isFinite(atX) || !Number.isFinite(atY)) return [];
    return [{ ...row, x: atX, y: atY, ...(names !== undefined && { name: names[index] ?? '' }) }];
  });
}

/** Parameters before and after, by their blocks. */
export function blockDots(
  chosen: readonly ChosenParameter[],
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): [string, Dots][] {
  const blocks = [...new Set(chosen.map(({ name }) => blockOf(name)))];
  return blocks.map((block) => {
    const own = chosen.filter(({ name }) => blockOf(name) === block);
    const at = (flat: ArrayLike<number>): number[] => own.map(({ position }) => flat[position] ?? Number.NaN);
    return [block, { x: at(before), y: at(after), names: own.map(({ name }) => name) }];
  });
}
