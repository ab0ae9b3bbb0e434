/** What a network computes, or how far that is from what the network computed that a training started from. */
import { predict } from './forward.js';
import type { Network } from './network.js';

/** The outputs at some inputs (n x network.inputs). */
export type Outputs = (inputs: Float64Array) => Float64Array;

/** With the parameters of a `start` the network's outputs less the start's, as a training with `centered` has them. */
export function outputsWith(network: Network, parameters: Float64Array, start: Float64Array | undefined): Outputs {
  return (inputs) => {
    const outputs = predict(network, parameters, inputs);
    if (start === undefined) return outputs;
    const before = predict(network, start, inputs);
    return outputs.map((output, index) => output - (before[index] ?? 0));
  };
}
