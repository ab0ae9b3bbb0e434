import { checkOneOutput, checkShapes, ForwardPass } from '../../model/forward.js';
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
  checkOneOutput(network);
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

/** The inner products of the rows of the Jacobian: n x n, row-major. Throws as `jacobian`. */
export function gram(network: Network, parameters: Float64Array, inputs: Float64Array): Float64Array {
  const rows = jacobian(network, parameters, inputs);
  const d = parameterCount(network);
  const n = rows.length / d;
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += rows[i * d + k]! * rows[j * d + k]!;
      result[i * n + j] = sum;
      result[j * n + i] = sum;
    }
  }
  return result;
}
