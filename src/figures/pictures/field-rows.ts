/** What a network of two inputs answers over the plane of its inputs, as rows: for the build and for the page. */
import { type Outputs, outputsWith } from '../../model/centred-outputs.js';
import { type Network, outputsOf } from '../../model/network.js';
import { differenceOfTwo } from '../../model/one-output.js';
import { tanh } from '../../model/transcendental/tanh.js';
import type { Row } from '../panels.js';
import { cellRows, levelOf, type Levels, planeCells } from './heat-map-rows.js';
import { type Plane, planeInputs, planeSamples, zeroRows } from './plane-rows.js';

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
export function fieldOf(outputs: Outputs, plane: Plane, answer: Answer): Float64Array {
  return answersAt(outputs, planeInputs(plane), answer);
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
    ...(threshold === null ? [] : zeroRows(plane, () => [(cell) => (values[cell] ?? Number.NaN) - threshold], row)),
  ];
}

/** Every `stride`-th of the samples, with the shade that the network is to have there; `inputs` are two numbers a sample. */
export function fieldSamples(
  inputs: ArrayLike<number>,
  targets: ArrayLike<number>,
  { levels, stride, answer }: { readonly levels: Levels; readonly stride: number; readonly answer: Answer },
  row: Row,
): Row[] {
  return planeSamples(inputs, targets, stride, (target) => {
    const value = wantedAnswer(target, answer);
    return { ...row, value, shade: levelOf(value, levels) };
  });
}
