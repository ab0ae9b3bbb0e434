/** Linear least squares from a singular value decomposition: ridge regression, and without a penalty the minimum norm. */
import type { SingularVectors } from './spectrum.js';

/**
 * The theta that minimises |A theta - y|^2 + penalty |theta|^2, given A = U diag(s) V': V diag(s / (s^2 + penalty)) U' y.
 * With penalty 0 it is the least-squares solution of minimum norm: singular values up to `tolerance` count as zero there,
 * and nothing is fitted along their directions. A is rows x columns; the result has `columns` numbers.
 */
export function ridgeSolution(
  { u, s, v }: SingularVectors,
  targets: Float64Array,
  { penalty, tolerance }: { readonly penalty: number; readonly tolerance: number },
): Float64Array {
  const r = s.length;
  const columns = r === 0 ? 0 : v.length / r;
  const solution = new Float64Array(columns);
  for (let k = 0; k < r; k++) {
    const sigma = s[k]!;
    if (penalty === 0 && !(sigma > tolerance)) continue;
    let projection = 0;
    for (let row = 0; row < targets.length; row++) projection += u[row * r + k]! * targets[row]!;
    const weight = (sigma / (sigma * sigma + penalty)) * projection;
    for (let column = 0; column < columns; column++) solution[column] = solution[column]! + weight * v[column * r + k]!;
  }
  return solution;
}
