/** Unit vectors where a decomposition leaves none. */

/**
 * Fills the gaps among orthonormal vectors of that length, which are no more than it, with unit vectors at right angles to
 * all others: what Householder's reflections, by which the known ones become the first axes, make of the other axes.
 */
export function completeBasis(vectors: (Float64Array | undefined)[], length: number): void {
  const gaps = [...vectors.keys()].filter((k) => vectors[k] === undefined);
  if (gaps.length === 0) return;
  const mirrors: Float64Array[] = [];
  for (const known of vectors) {
    if (known === undefined) continue;
    const axis = mirrors.length;
    const rest = known.slice();
    for (const mirror of mirrors) reflect(rest, mirror);
    rest.fill(0, 0, axis);
    // Away from the axis, so that nothing cancels.
    rest[axis] = rest[axis]! + (rest[axis]! < 0 ? -1 : 1) * norm(rest);
    const size = norm(rest);
    mirrors.push(rest.map((value) => value / size));
  }
  let axis = mirrors.length;
  for (const gap of gaps) {
    const made = new Float64Array(length);
    made[axis] = 1;
    axis += 1;
    for (let index = mirrors.length - 1; index >= 0; index -= 1) reflect(made, mirrors[index]!);
    vectors[gap] = made;
  }
}

/** The vector's mirror image in the plane at right angles to a unit vector. */
function reflect(vector: Float64Array, mirror: Float64Array): void {
  let along = 0;
  for (let i = 0; i < vector.length; i += 1) along += vector[i]! * mirror[i]!;
  for (let i = 0; i < vector.length; i += 1) vector[i] = vector[i]! - 2 * along * mirror[i]!;
}

function norm(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
