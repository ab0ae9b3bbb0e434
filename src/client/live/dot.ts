/** Inner products, most of what a frame with singular values takes. */

/** Of `length` numbers from p on in a and from q on in b; four sums side by side, as each addition waits for the last. */
export function dot(a: Float64Array, p: number, b: Float64Array, q: number, length: number): number {
  const blocked = length - (length % 4);
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let k = 0;
  for (; k < blocked; k += 4) {
    sum0 += a[p + k]! * b[q + k]!;
    sum1 += a[p + k + 1]! * b[q + k + 1]!;
    sum2 += a[p + k + 2]! * b[q + k + 2]!;
    sum3 += a[p + k + 3]! * b[q + k + 3]!;
  }
  for (; k < length; k++) sum0 += a[p + k]! * b[q + k]!;
  return sum0 + sum1 + (sum2 + sum3);
}
