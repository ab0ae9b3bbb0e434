/** Row-major matrices to and from the module's memory, where each row is padded to whole vectors: `step` numbers apart. */

/** Puts rows of `width` numbers into `to`. */
export function padRows(matrix: Float64Array, width: number, to: Float64Array, step: number): void {
  for (let i = 0; i * step < to.length; i += 1) to.set(matrix.subarray(i * width, (i + 1) * width), i * step);
}

/** Puts the rows that are in `from` into a matrix of `width` columns, from its row `first` on. */
export function unpadRows(from: Float64Array, step: number, matrix: Float64Array, width: number, first: number): void {
  for (let i = 0; i * step < from.length; i += 1) {
    matrix.set(from.subarray(i * step, i * step + width), (first + i) * width);
  }
}
