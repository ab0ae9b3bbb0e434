/** Axes as authors choose them: their ends, and whether they are linear or logarithmic. */
import type { AxisOptions, AxisScale } from '../steps/figure.js';
import { extent } from './arrays.js';
import { axisDomain, logDomain } from './axis.js';
import type { Scale } from './scale.js';

/** How far below the larger of its ends a symlog axis is about linear. */
const linearBelow = 1e-3;

/**
 * The scale of an axis. `usual` is what it is without the author's word; `domainOf` gives its ends on each of the scales, which
 * of a logarithmic one are above 0; `smallest` is below what it is about linear, on one on both sides of 0.
 */
export function chosenScale(
  { min, max, scale }: AxisOptions = {},
  usual: Scale['type'],
  length: number,
  domainOf: (type: Scale['type']) => readonly [number, number],
  smallest?: number,
): Scale {
  const type = scale === undefined || scale === 'category' ? usual : scale;
  const domain = ends(type, domainOf(type), min, max);
  if (type !== 'symlog') return { type, domain, length };
  const largest = Math.max(...domain.map(Math.abs));
  return { type, domain, length, constant: smallest ?? Number(`1e${Math.floor(Math.log10(largest * linearBelow))}`) };
}

/** An end that the author gives stays; the other gives way where the two would be the wrong way round. */
function ends(
  type: Scale['type'],
  [low, high]: readonly [number, number],
  min: number | undefined,
  max: number | undefined,
): [number, number] {
  const from = min ?? (type === 'log' && max !== undefined ? Math.min(low, max / 10) : low);
  const to = max ?? high;
  if (from < to) return [from, to];
  if (min === undefined) return type === 'log' ? [to / 10, to] : [to - 1, to];
  return type === 'log' ? [from, from * 10] : [from, from + 1];
}

/** The ends of an axis over these values on each of the scales; `margin` is their share that is free at both. */
export function domainsOver(values: ArrayLike<number>, margin = 0): (type: Scale['type']) => readonly [number, number] {
  return (type) => (type === 'log' ? logDomain(values, margin === 0 ? 1 : 1.3) : axisDomain(extent(values), margin));
}

/** Whether an author says where the axis ends: what lies beyond is then cut off. */
export function isLimited(...axes: readonly (AxisOptions | undefined)[]): boolean {
  return axes.some((axis) => axis?.min !== undefined || axis?.max !== undefined);
}

/** The scales that an author may choose from, of each axis that a picture leaves to them. */
export interface ChosenAxes {
  readonly x?: readonly AxisScale[];
  readonly y?: readonly AxisScale[];
}
