/**
 * Vectors at right angles to each other that span the same as the given ones in turn: the Q of a QR decomposition whose R has a
 * positive diagonal, by Gram and Schmidt's process, twice for each vector (L. Giraud et al., "The loss of orthogonality in the
 * Gram-Schmidt orthogonalization process", 2005). `vectors` are `count` rows of `length` numbers, count <= length. Of sums and
 * products alone, so that every machine gives the same bits.
 */
export function orthonormal(vectors: Float64Array, count: number, length: number): Float64Array {
  const rows = Float64Array.from(vectors);
  const row = (index: number): Float64Array => rows.subarray(index * length, (index + 1) * length);
  const dot = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  for (let i = 0; i < count; i += 1) {
    const own = row(i);
    for (let pass = 0; pass < 2; pass += 1) {
      for (let j = 0; j < i; j += 1) {
        const before = row(j);
        const along = dot(own, before);
        own.forEach((value, index) => {
          own[index] = value - along * (before[index] ?? 0);
        });
      }
    }
    const size = Math.sqrt(dot(own, own));
    own.forEach((value, index) => {
      own[index] = value / size;
    });
  }
  return rows;
}
