import { checkShapes, ForwardPass } from '../../model/forward.js';
import { type Network, parameterCount } from '../../model/network.js';
import { BackwardPass } from './backward.js';

/** Inputs per pass, so that memory does not grow with their number. */
const capacity = 256;

/**
 * The gradient of the output with respect to every parameter at each input (n x network.inputs): n x d, row-major. Throws
 * a RangeError when the sizes do not fit.
 */
export function jacobian(network: Network, parameters: Float64Array, inputs: Float64Array): Float64Array {
  checkShapes(network, parameters, inputs);
  const columns = parameterCount(network);
  const rows = inputs.length / network.inputs;
  const result = new Float64Array(rows * columns);
  const pass = new ForwardPass(network, Math.min(capacity, rows));
  const backward = new BackwardPass(network, pass);
  backward.output.fill(1);
  for (let row = 0; row < rows; row += capacity) {
    const count = Math.min(capacity, rows - row);
    const part = inputs.subarray(row * network.inputs, (row + count) * network.inputs);
    pass.run(parameters, part, count);
    backward.run(parameters, count, 0);
    backward.writeRows(result, row, columns, part, count);
  }
  return result;
}
