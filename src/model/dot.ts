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

/**
 * Of each of n rows of `width` numbers with a vector of as many: n numbers. Four rows go side by side, so that an entry of
 * the vector is fetched once for them.
 */
export function timesRows(rows: Float64Array, n: number, width: number, vector: Float64Array): Float64Array {
  const products = new Float64Array(n);
  const blocked = n - (n % 4);
  for (let i = 0; i < blocked; i += 4) {
    let p = i * width;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let k = 0; k < width; k++, p++) {
      const entry = vector[k]!;
      sum0 += rows[p]! * entry;
      sum1 += rows[p + width]! * entry;
      sum2 += rows[p + 2 * width]! * entry;
      sum3 += rows[p + 3 * width]! * entry;
    }
    products[i] = sum0;
    products[i + 1] = sum1;
    products[i + 2] = sum2;
    products[i + 3] = sum3;
  }
  for (let i = blocked; i < n; i++) products[i] = dot(rows, i * width, vector, 0, width);
  return products;
}

/** The sum of n rows of `width` numbers, each times its factor. Four rows are added at once. */
export function sumOfRows(rows: Float64Array, n: number, width: number, factors: Float64Array): Float64Array {
  const sum = new Float64Array(width);
  const blocked = n - (n % 4);
  for (let i = 0; i < blocked; i += 4) {
    let p = i * width;
    const factor0 = factors[i]!;
    const factor1 = factors[i + 1]!;
    const factor2 = factors[i + 2]!;
    const factor3 = factors[i + 3]!;
    for (let k = 0; k < width; k++, p++) {
      const first = factor0 * rows[p]! + factor1 * rows[p + width]!;
      sum[k] = sum[k]! + (first + (factor2 * rows[p + 2 * width]! + factor3 * rows[p + 3 * width]!));
    }
  }
  for (let i = blocked; i < n; i++) {
    for (let k = 0; k < width; k++) sum[k] = sum[k]! + factors[i]! * rows[i * width + k]!;
  }
  return sum;
}

/**
 * Of each of n rows of `width` numbers with each before it and itself: row i begins at i times `strideOf(n)`, and what
 * stands after its entry i means nothing. In blocks of two rows by four, so that a number is fetched for several products.
 */
export function innerProducts(rows: Float64Array, n: number, width: number): Float64Array {
  const stride = strideOf(n);
  const products = new Float64Array(stride * stride);
  // Rows of zeros make whole blocks of the last ones.
  const whole = new Float64Array(stride * width);
  whole.set(rows.subarray(0, n * width));
  for (let i = 0; i < n; i += 2) {
    for (let j = 0; j <= i + 1; j += 4) innerBlock(whole, width, i, j, products, stride);
  }
  return products;
}

export const strideOf = (n: number): number => n + 3 - ((n + 3) % 4);

function innerBlock(rows: Float64Array, width: number, i: number, j: number, to: Float64Array, stride: number): void {
  let p = i * width;
  let q = j * width;
  const end = p + width;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  for (; p < end; p++, q++) {
    const a0 = rows[p]!;
    const a1 = rows[p + width]!;
    const b0 = rows[q]!;
    const b1 = rows[q + width]!;
    const b2 = rows[q + 2 * width]!;
    const b3 = rows[q + 3 * width]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
  }
  const at = i * stride + j;
  to[at] = s00;
  to[at + 1] = s01;
  to[at + 2] = s02;
  to[at + 3] = s03;
  to[at + stride] = s10;
  to[at + stride + 1] = s11;
  to[at + stride + 2] = s12;
  to[at + stride + 3] = s13;
}
