/** A row-major matrix turned over: its columns as rows. */
export function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < columns; j += 1) result[j * rows + i] = matrix[i * columns + j] ?? 0;
  return result;
}
