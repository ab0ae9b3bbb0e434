/** What a network of two inputs answers over the plane of its inputs, as rows: for the build and for the page. */
import { type Outputs, outputsWith } from '../../model/centred-outputs.js';
import { type Network, outputsOf } from '../../model/network.js';
import { differenceOfTwo } from '../../model/one-output.js';
import { tanh } from '../../model/transcendental/tanh.js';
import type { Row } from '../panels.js';
import { cellRows, levelOf, type Levels, middles, planeCells } from './heat-map-rows.js';

/** A part of the plane, cut into as many cells across as up. */
export interface Plane {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly cells: number;
}

/** What the shades tell: the output, or of two classes the probability of the second less that of the first. */
export type Answer = 'output' | 'margin';

/**
 * The one output of a network; of two outputs, an output for each class, how much the second is above the first. `outputs` are
 * those of the network with the parameters.
 */
export function oneAnswer(network: Network, parameters: Float64Array, outputs: Outputs): Outputs {
  if (outputsOf(network) === 1) return outputs;
  const one = differenceOfTwo(network, parameters);
  return outputsWith(one.network, one.parameters, undefined);
}

/** How a field is drawn: its shades, and the value at which an answer becomes another. */
export interface FieldLook {
  readonly answer: Answer;
  readonly plane: Plane;
  readonly levels: Levels;
  readonly threshold: number | null;
}

/** The answers at the middles of the cells, row by row from the lowest second input. */
export function fieldOf(outputs: Outputs, { x, y, cells }: Plane, answer: Answer): Float64Array {
  const across = middles(x, cells);
  const inputs = middles(y, cells).flatMap((up) => across.flatMap((at) => [at, up]));
  return answersAt(outputs, Float64Array.from(inputs), answer);
}

/** Of an output z the margin is 1 / (1 + e^-z) less its rest: tanh(z / 2). */
export function answersAt(outputs: Outputs, inputs: Float64Array, answer: Answer): Float64Array {
  const found = outputs(inputs);
  return answer === 'output' ? found : found.map((output) => tanh(output / 2));
}

/** What the network is to answer for a target, which of two classes is 0 or 1. */
export function wantedAnswer(target: number, answer: Answer): number {
  return answer === 'output' ? target : 2 * target - 1;
}

/** `height` is that of the panel, in pixels. */
export function fieldRows(
  values: Float64Array,
  { plane, levels, threshold }: FieldLook,
  height: number,
  row: Row,
): Row[] {
  return [
    ...cellRows(planeCells(values, plane, height), levels, 1, row),
    ...(threshold === null ? [] : boundaryRows(values, plane, threshold, row)),
  ];
}

/**
 * Where the field has this value: of every square between four middles the pieces of a line between its sides, where values
 * are taken to change evenly (marching squares).
 */
function boundaryRows(values: Float64Array, { x, y, cells }: Plane, threshold: number, row: Row): Row[] {
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
      const crossings = corners.flatMap(([a, b], corner) => {
        const [c, d] = corners[(corner + 1) % 4] ?? [a, b];
        const [here, next] = [values[b * cells + a] ?? Number.NaN, values[d * cells + c] ?? Number.NaN];
        if (here >= threshold === next >= threshold || !Number.isFinite(here) || !Number.isFinite(next)) return [];
        const share = (threshold - here) / (next - here);
        const between = (from = 0, to = 0): number => Number((from + (to - from) * share).toPrecision(5));
        return [{ x: between(across[a], across[c]), y: between(up[b], up[d]) }];
      });
      for (let first = 0; first + 1 < crossings.length; first += 2) {
        const [from, to] = [crossings[first], crossings[first + 1]];
        if (from !== undefined && to !== undefined)
          rows.push({ ...row, part: 'boundary', x: from.x, y: from.y, x2: to.x, y2: to.y });
      }
    }
  return rows;
}

/** Every `stride`-th of the samples, with the shade that the network is to have there; `inputs` are two numbers a sample. */
export function fieldSamples(
  inputs: ArrayLike<number>,
  targets: ArrayLike<number>,
  { levels, stride, answer }: { readonly levels: Levels; readonly stride: number; readonly answer: Answer },
  row: Row,
): Row[] {
  return Array.from({ length: Math.ceil(targets.length / stride) }, (_, place): Row => {
    const index = place * stride;
    const value = wantedAnswer(targets[index] ?? Number.NaN, answer);
    const [x, y] = [inputs[2 * index] ?? null, inputs[2 * index + 1] ?? null];
    return { ...row, part: 'sample', x, y, value, shade: levelOf(value, levels) };
  });
}
