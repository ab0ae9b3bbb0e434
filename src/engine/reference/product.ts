import { checkProduct } from '../check-product.js';

/** a b for row-major a (rows x inner) and b (inner x columns), each entry summed in order. */
export function product(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  checkProduct(a, b, rows, inner, columns);
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < inner; j++) {
      const factor = a[i * inner + j]!;
      for (let k = 0; k < columns; k++) result[i * columns + k]! += factor * b[j * columns + k]!;
    }
  }
  return result;
}
