/** What is read off the inner products of vectors. */

/**
 * The cosines of the angles between n vectors, n x n, from their inner products, n x n, both row-major. NaN where one of the
 * two is zero.
 */
export function cosines(products: Float64Array, n: number): Float64Array {
  const lengths = Array.from({ length: n }, (_, i) => Math.sqrt(products[i * n + i] ?? 0));
  return products.map((value, index) => value / ((lengths[Math.floor(index / n)] ?? 0) * (lengths[index % n] ?? 0)));
}
