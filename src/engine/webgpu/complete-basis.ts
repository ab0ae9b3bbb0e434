/** Unit vectors where a decomposition leaves none. */

/** Fills the gaps among orthonormal vectors of that length with unit vectors at right angles to all others. */
export function completeBasis(vectors: (Float64Array | undefined)[], length: number): void {
  let candidate = 0;
  vectors.forEach((vector, gap) => {
    if (vector !== undefined) return;
    for (; candidate < length; candidate += 1) {
      const made = new Float64Array(length);
      made[candidate] = 1;
      // Twice: the first time leaves rounding errors of what it took away.
      for (let turn = 0; turn < 2; turn += 1) {
        for (const other of vectors) {
          if (other === undefined) continue;
          const along = other.reduce((sum, value, i) => sum + value * made[i]!, 0);
          for (let i = 0; i < length; i += 1) made[i] = made[i]! - along * other[i]!;
        }
      }
      const norm = Math.sqrt(made.reduce((sum, value) => sum + value * value, 0));
      if (norm < 1e-3) continue;
      vectors[gap] = made.map((value) => value / norm);
      candidate += 1;
      break;
    }
  });
}
