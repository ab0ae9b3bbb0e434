/** What a singular value decomposition must be, whichever engine made it, and matrices that are hard to decompose. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Engine, Svd } from '../../src/engine/engine.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';

/** The largest entry in size of Q'Q - I for a row-major rows x width Q. */
function distanceFromOrthonormal(q: Float64Array, rows: number, width: number): number {
  let worst = 0;
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < width; b++) {
      let dot = a === b ? -1 : 0;
      for (let i = 0; i < rows; i++) dot += q[i * width + a]! * q[i * width + b]!;
      worst = Math.max(worst, Math.abs(dot));
    }
  }
  return worst;
}

/** The largest entry in size of U diag(s) V' - A. */
function distanceFromMatrix({ u, s, v }: Svd, matrix: Float64Array, rows: number, columns: number): number {
  let worst = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let entry = -matrix[i * columns + j]!;
      for (let k = 0; k < s.length; k++) entry += u[i * s.length + k]! * s[k]! * v[j * s.length + k]!;
      worst = Math.max(worst, Math.abs(entry));
    }
  }
  return worst;
}

/** Decomposes a matrix and expects orthonormal vectors, descending values, and the matrix back, all within `bound`. */
export async function expectDecomposed(
  engine: Pick<Engine, 'svd'>,
  matrix: Float64Array,
  rows: number,
  columns: number,
  bound = 1e-13,
): Promise<Svd> {
  const svd = await engine.svd(matrix, rows, columns);
  const width = Math.min(rows, columns);
  expect([svd.u.length, svd.s.length, svd.v.length]).toEqual([rows * width, width, columns * width]);
  expect(svd.s.every((value, k) => value >= 0 && (k === 0 || value <= svd.s[k - 1]!))).toBe(true);
  expect(distanceFromOrthonormal(svd.u, rows, width)).toBeLessThan(bound);
  expect(distanceFromOrthonormal(svd.v, columns, width)).toBeLessThan(bound);
  expect(distanceFromMatrix(svd, matrix, rows, columns)).toBeLessThanOrEqual(bound * svd.s[0]!);
  return svd;
}

export const normals = (seed: number, count: number): Float64Array => NumpyRandom.fromSeed(seed).normals(count);

interface Hard {
  readonly matrix: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** By how much columns of a collapsed network's gradients are smaller than others. */
const collapsed = [1, 1e-18, 1e-36, 1e-160, 1e-290];

/** Of each kind, made of normally distributed numbers. */
export const hardKinds: Readonly<Record<string, (rows: number, columns: number, seed: number) => Float64Array>> = {
  random: (rows, columns, seed) => normals(seed, rows * columns),
  'of low rank': (rows, columns, seed) => ofRank(rows, columns, seed, 1 + (seed % 3)),
  'with equal rows': (rows, columns, seed) => {
    const matrix = normals(seed, rows * columns);
    for (let i = 1; i < rows; i += 1) {
      if ((seed + i) % 3 > 0) matrix.copyWithin(i * columns, (i - 1) * columns, i * columns);
    }
    return matrix;
  },
  'of a collapsed network': (rows, columns, seed) => {
    const sizes = NumpyRandom.fromSeed(seed).choice(collapsed.length, columns);
    const noise = normals(seed + 1, rows * columns);
    return ofRank(rows, columns, seed, 1).map(
      (entry, k) => (seed % 2 > 0 ? entry : noise[k]!) * collapsed[sizes[k % columns]!]!,
    );
  },
  zero: (rows, columns) => new Float64Array(rows * columns),
  'with one entry': (rows, columns, seed) => {
    const matrix = new Float64Array(rows * columns);
    matrix[seed % matrix.length] = -1;
    return matrix;
  },
};

function ofRank(rows: number, columns: number, seed: number, rank: number): Float64Array {
  const [left, right] = [normals(seed, rows * rank), normals(seed + 1, rank * columns)];
  return Float64Array.from({ length: rows * columns }, (_, index) => {
    const [i, j] = [Math.floor(index / columns), index % columns];
    let sum = 0;
    for (let k = 0; k < rank; k += 1) sum += left[i * rank + k]! * right[k * columns + j]!;
    return sum;
  });
}

/** Up to 14 x 14: without full rank, graded, zero, of any size from 1e-300 to 1e300. */
export const hardMatrices: fc.Arbitrary<Hard> = fc
  .record({
    kind: fc.constantFrom(...Object.keys(hardKinds)),
    rows: fc.integer({ min: 1, max: 14 }),
    columns: fc.integer({ min: 1, max: 14 }),
    seed: fc.nat(1e6),
    size: fc.constantFrom(1, 1e-18, 1e-160, 1e-300, 1e150, 1e300),
  })
  .map(({ kind, rows, columns, seed, size }) => ({
    rows,
    columns,
    // Of subnormal numbers nothing could be multiplied back.
    matrix: hardKinds[kind]!(rows, columns, seed).map((entry) => (Math.abs(entry * size) < 1e-307 ? 0 : entry * size)),
  }));
