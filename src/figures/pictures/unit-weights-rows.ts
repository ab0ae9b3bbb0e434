/**
 * What leads into each hidden unit and what leads out of it, over the course of training, and the curves that gradient flow
 * would stay on: for the build and for the page.
 */
import { slopesBelowZero } from '../../model/activation.js';
import { type Layer, layersOf } from '../../model/forward.js';
import type { Network } from '../../model/network.js';
import { type Axes, lineRows } from '../lines.js';
import type { Row } from '../panels.js';

/** Of one unit, by checkpoint: the size of its input weights and bias together, and its output weight. */
export interface UnitWeights {
  readonly into: Float64Array;
  readonly out: Float64Array;
}

/** By unit of the only hidden layer; NaN where there are no parameters. */
export function unitWeights(network: Network, parameters: readonly (Float64Array | undefined)[]): UnitWeights[] {
  const [hidden, output] = layersOf(network) as [Layer, Layer];
  return Array.from({ length: hidden.outputs }, (_, unit) => {
    const into = parameters.map((all) => {
      const from = hidden.weight + unit * hidden.inputs;
      const weights = all?.subarray(from, from + hidden.inputs) ?? [];
      return all === undefined ? Number.NaN : Math.hypot(...weights, all[hidden.bias + unit] ?? 0);
    });
    const out = parameters.map((all) => all?.[output.weight + unit] ?? Number.NaN);
    return { into: Float64Array.from(into), out: Float64Array.from(out) };
  });
}

/** Whether gradient flow keeps the difference of the squares: for an activation that is linear on each side of zero. */
export function isConserved(network: Network): boolean {
  return slopesBelowZero(network) !== undefined;
}

const curvePoints = 60;

/** The hyperbola through a unit's first place, and its path. */
export function pathRows(
  units: readonly UnitWeights[],
  axes: Axes,
  drawsCurves: boolean,
  name: string,
  row: Row,
): Row[] {
  return units.flatMap(({ into, out }, index) => {
    const [unit, id] = [String(index), `${name}/${index}`];
    const curve = drawsCurves ? hyperbola(into[0] ?? 0, out[0] ?? 0, axes) : { x: [], y: [] };
    return [
      ...lineRows(curve.x, curve.y, axes, `curve/${id}`, { ...row, part: 'conserved' }),
      ...lineRows(into, out, axes, id, { ...row, part: 'path', unit }),
    ];
  });
}

/** All places in the picture with the same difference of squares, on the same side. */
function hyperbola(into: number, out: number, { x, y }: Axes): { x: number[]; y: number[] } {
  const difference = out * out - into * into;
  if (!Number.isFinite(difference)) return { x: [], y: [] };
  const along = (from: number, to: number): number[] =>
    Array.from({ length: curvePoints + 1 }, (_, index) => from + ((to - from) * index) / curvePoints);
  const [low, high] = y.domain;
  const right = x.domain[1];
  // Where the curve leaves the picture: beyond, it can be any number of pixels away.
  if (difference < 0) {
    const end = Math.sqrt(Math.max(0, right * right + difference));
    const outs = along(Math.max(low, -end), Math.min(high, end));
    return { x: outs.map((value) => Math.sqrt(value * value - difference)), y: outs };
  }
  const side = Math.sign(out);
  const far = side < 0 ? low : high;
  const end = side === 0 ? right : Math.min(right, Math.sqrt(Math.max(0, far * far - difference)));
  const intos = along(0, end);
  return { x: intos, y: intos.map((value) => side * Math.sqrt(value * value + difference)) };
}

/** Where the units are at a checkpoint. */
export function unitRows(units: readonly UnitWeights[], checkpoint: number, row: Row): Row[] {
  return units.flatMap(({ into, out }, unit) => {
    const [x, y] = [into[checkpoint] ?? Number.NaN, out[checkpoint] ?? Number.NaN];
    return Number.isFinite(x) && Number.isFinite(y) ? [{ ...row, part: 'here', x, y, unit: String(unit) }] : [];
  });
}
