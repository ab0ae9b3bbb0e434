/** Throws a RangeError when the numbers are no rows x inner and inner x columns matrices. */
export function checkProduct(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): void {
  if (a.length !== rows * inner || b.length !== inner * columns) {
    throw new RangeError(`${a.length} and ${b.length} numbers are not ${rows}x${inner} and ${inner}x${columns}`);
  }
}
