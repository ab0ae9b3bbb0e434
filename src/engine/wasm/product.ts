/** The matrix product in float64. */
import { checkProduct } from '../check-product.js';
import { openKernels } from './kernels.js';
import { padded } from './network-memory.js';
import { padRows, unpadRows } from './padded-rows.js';

/** Rows of `a` taken at a time, so that only b must fit the module's memory whole. */
const rowsAtOnce = 256;

/** a b; each entry is summed in order. Throws a RangeError when sizes fit neither each other nor the memory. */
export function product(
  module: WebAssembly.Module,
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): Float64Array {
  checkProduct(a, b, rows, inner, columns);
  const wide = padded(columns);
  const most = Math.min(rows, rowsAtOnce);
  const bytes = 8 * (inner * wide + most * (padded(inner) + wide) + 5 * padded(inner)) + 2 ** 16;
  const kernels = openKernels(module, bytes);
  const left = kernels.reserve(8 * most * inner + 32);
  const right = kernels.reserve(8 * inner * wide);
  const to = kernels.reserve(8 * most * wide);
  padRows(b, columns, kernels.doubles(right, inner * wide), wide);
  const result = new Float64Array(rows * columns);
  for (let first = 0; first < rows; first += most) {
    const count = Math.min(most, rows - first);
    kernels.doubles(left, count * inner).set(a.subarray(first * inner, (first + count) * inner));
    kernels.product(count, wide, inner, left, right, to);
    unpadRows(kernels.doubles(to, count * wide), wide, result, columns, first);
  }
  return result;
}
