import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enginePool } from '../../src/engine/pool/index.js';
import { svd as referenceSvd } from '../../src/engine/reference/svd.js';
import { loadKernels } from '../../src/engine/wasm/load-kernels.js';
import { svd as wasmSvd } from '../../src/engine/wasm/svd.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { engineNames, multipliesGradients } from '../../src/engine/traits.js';
import { fixture } from '../fixtures/numerics/fixture.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';
import { expectDecomposed, hardKinds, hardMatrices, normals } from './decompositions.js';
import { everyNth, inFull } from '../every-nth.js';

describe.each(engineNames)(
  "the SVD of the engine %s: U, V orthonormal within 1e-13, U S V' = A within 1e-13 s[0], s descending",
  (name) => {
    const engine = openEngine(name);

    it.each([
      ['one number', 1, 1],
      ['a row', 1, 7],
      ['a column', 7, 1],
      ['small', 2, 2],
      ['tall', 60, 7],
      ['wide', 7, 60],
      ['square', 30, 30],
      ["the notebook's smallest", 200, 31],
      ['wider than its samples', 50, 141],
    ])('%s: %d x %d', async (_, rows, columns) => {
      await expectDecomposed(engine, normals(rows * 1000 + columns, rows * columns), rows, columns);
    });

    it.each([
      [40, 12, 5],
      [12, 40, 5],
      [20, 20, 1],
    ])('%d x %d of rank %d: the other singular values are below 1e-14 s[0]', async (rows, columns, rank) => {
      const [left, right] = [normals(1, rows * rank), normals(2, rank * columns)];
      const matrix = new Float64Array(rows * columns);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          for (let k = 0; k < rank; k++) matrix[i * columns + j]! += left[i * rank + k]! * right[k * columns + j]!;
        }
      }
      const { s } = await expectDecomposed(engine, matrix, rows, columns);
      expect(s.filter((value) => value > 1e-14 * s[0]!)).toHaveLength(rank);
    });

    it('one number in all places of a column, as of a network that has died: every size ends, and only one value is not 0', async () => {
      // What is left of 50 equal vectors once they are turned has squares that are 0 (50 x 51, wasm).
      for (const [rows, columns] of [
        [50, 51],
        [50, 55],
        [51, 50],
        [9, 20],
        [33, 33],
        [64, 70],
      ] as const) {
        const matrix = Float64Array.from({ length: rows * columns }, (_, index) =>
          index % columns === columns - 1 ? 1 : 0,
        );
        const { s } = await expectDecomposed(engine, matrix, rows, columns);
        expect(s.filter((value) => value > 1e-14)).toHaveLength(1);
      }
    });

    it.each([
      [60, 150],
      [150, 60],
      [64, 64],
    ])('%d x %d whose singular values fall from 1 to below 1e-20', async (rows, columns) => {
      // A smooth function of two numbers, as the gradient features of a trained network are.
      const matrix = Float64Array.from({ length: rows * columns }, (_, index) => {
        const [x, y] = [Math.floor(index / columns) / rows, (index % columns) / columns];
        return 1 / (1 + (x - y) ** 2) + x * y ** 3;
      });
      const { s } = await expectDecomposed(engine, matrix, rows, columns);
      expect(s.filter((value) => value > 1e-10 * s[0]!).length).toBeLessThan(20);
    });

    it('zero matrices, tall, wide and square', async () => {
      for (const [rows, columns] of [
        [5, 3],
        [3, 5],
        [4, 4],
        [1, 1],
      ] as const) {
        const { s } = await expectDecomposed(engine, new Float64Array(rows * columns), rows, columns);
        expect(Math.max(...s)).toBe(0);
      }
    });

    it('matrices with zero columns and equal columns, as of dead and of coinciding units', async () => {
      const matrix = normals(3, 30 * 6);
      for (let i = 0; i < 30; i++) {
        matrix[i * 6 + 1] = 0;
        matrix[i * 6 + 4] = matrix[i * 6 + 2]!;
      }
      const { s } = await expectDecomposed(engine, matrix, 30, 6);
      expect(s[3]!).toBeGreaterThan(0.1);
      expect(s[4]!).toBeLessThan(1e-14 * s[0]!);
    });

    it('tiny and huge numbers', async () => {
      for (const size of [1e-150, 1e150])
        await expectDecomposed(
          engine,
          normals(4, 24).map((x) => x * size),
          6,
          4,
        );
    });

    it('random sizes up to 12 x 12 with whole numbers from -2 to 2, so of every rank', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 12 }),
          fc.nat(1e6),
          async (rows, columns, seed) => {
            const matrix = Float64Array.from(
              NumpyRandom.fromSeed(seed).choice(5, rows * columns),
              (entry) => entry - 2,
            );
            await expectDecomposed(engine, matrix, rows, columns);
          },
        ),
        { numRuns: inFull ? 200 : 60 },
      );
    });

    it('matrices without full rank, of collapsed networks, tiny, huge, zero, with equal rows', async () => {
      await fc.assert(
        fc.asyncProperty(hardMatrices, async ({ matrix, rows, columns }) => {
          await expectDecomposed(engine, matrix, rows, columns);
        }),
        { numRuns: inFull ? 300 : 80 },
      );
    });

    it('a matrix of rank 1 of subnormal numbers, and the zero matrix of a network of the usual size', async () => {
      const [left, right] = [normals(1, 12), normals(2, 7)];
      const subnormal = Float64Array.from({ length: 84 }, (_, k) => left[k % 12]! * right[k % 7]! * 1e-310);
      const { s } = await engine.svd(subnormal, 12, 7);
      expect(s.every((value) => value >= 0 && value < 1e-308)).toBe(true);
      expect(Math.max(...(await engine.svd(new Float64Array(200 * 181), 200, 181)).s)).toBe(0);
    });

    it('known values: the singular values of diag(3, -2) and of a rotation', async () => {
      expect([...(await expectDecomposed(engine, Float64Array.of(3, 0, 0, -2), 2, 2)).s]).toEqual([3, 2]);
      const { s } = await expectDecomposed(engine, Float64Array.of(0.6, -0.8, 0.8, 0.6), 2, 2);
      for (const value of s) expect(value).toBeCloseTo(1, 15);
    });

    it('does not change its argument, takes no rows, and rejects what has no SVD', async () => {
      const matrix = normals(5, 12);
      const copy = matrix.slice();
      await engine.svd(matrix, 3, 4);
      await engine.svd(matrix, 4, 3);
      expect(matrix).toEqual(copy);
      expect((await engine.svd(new Float64Array(), 0, 3)).s).toHaveLength(0);
      for (const [bad, rows, columns] of [
        [Float64Array.of(1, NaN), 1, 2],
        [Float64Array.of(1, Infinity), 1, 2],
        [matrix, 5, 3],
      ] as const) {
        await expect(engine.svd(bad, rows, columns)).rejects.toThrow(RangeError);
      }
    });
  },
);

describe('a matrix of columns from 1 down to 1e-12 in size, against 50 digits (mpmath, graded_svd.py)', () => {
  const { rows, columns, matrix, singularValues } = fixture('graded-svd') as {
    readonly rows: number;
    readonly columns: number;
    readonly matrix: number[];
    readonly singularValues: number[];
  };

  it('the wasm engine finds even the smallest to 1e-13 of itself, from the matrix and from its transpose', async () => {
    const transpose = Array.from(
      { length: columns * rows },
      (_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]!,
    );
    const engine = openEngine('wasm');
    for (const { s } of [
      await expectDecomposed(engine, Float64Array.from(matrix), rows, columns),
      await expectDecomposed(engine, Float64Array.from(transpose), columns, rows),
    ]) {
      singularValues.forEach((expected, k) => {
        expect(Math.abs(s[k]! / expected - 1), `value ${k}`).toBeLessThan(1e-13);
      });
    }
  });
});

describe('matrices that are made square first, a chunk of their rows at a time', () => {
  const wasm = openEngine('wasm');

  it.each(everyNth(3, Object.keys(hardKinds)))(
    '%s: the same bounds, and the singular values of the reference',
    async (kind) => {
      for (const [rows, columns] of [
        [40, 6601],
        [9001, 33],
      ] as const) {
        const matrix = hardKinds[kind]!(rows, columns, 3);
        const { s } = await expectDecomposed(wasm, matrix, rows, columns);
        const expected = await openEngine('reference').svd(matrix, rows, columns);
        s.forEach((value, k) => {
          expect(Math.abs(value - expected.s[k]!)).toBeLessThanOrEqual(1e-13 * expected.s[0]!);
        });
      }
    },
  );

  it('one and five long vectors, tiny and huge', async () => {
    for (const [rows, columns] of [
      [1, 270_001],
      [5, 60_000],
    ] as const) {
      for (const size of [1e-160, 1, 1e300]) {
        await expectDecomposed(
          wasm,
          normals(rows, rows * columns).map((entry) => entry * size),
          rows,
          columns,
        );
      }
    }
  });

  it('the graded matrix between many rows of zeros: even the smallest singular value to 1e-13 of itself', async () => {
    const { rows, columns, matrix, singularValues } = fixture('graded-svd') as {
      readonly rows: number;
      readonly columns: number;
      readonly matrix: number[];
      readonly singularValues: number[];
    };
    const apart = Math.ceil(2 ** 18 / (rows * columns)) + 1;
    for (const first of [0, apart - 1]) {
      const tall = new Float64Array(rows * apart * columns);
      for (let i = 0; i < rows; i += 1) {
        tall.set(matrix.slice(i * columns, (i + 1) * columns), (i * apart + first) * columns);
      }
      const { s } = await expectDecomposed(wasm, tall, rows * apart, columns);
      singularValues.forEach((expected, k) => {
        expect(Math.abs(s[k]! / expected - 1), `value ${k}`).toBeLessThan(1e-13);
      });
    }
  });
});

it.each(engineNames)('%s: what is said of it before it is opened is so', (name) => {
  expect(openEngine(name).jacobianProduct !== undefined).toBe(multipliesGradients[name]);
});

describe('a decomposition ends', () => {
  const matrix = normals(7, 60 * 40);

  it('wasm: fails when the sweeps were not enough, with the size and the bound', () => {
    expect(() => wasmSvd(loadKernels(), matrix, 60, 40, 1)).toThrow(
      'the singular value decomposition of a 60x40 matrix did not end within 1 sweeps',
    );
  });

  it('reference: fails when ml-matrix iterates for longer than the bound', () => {
    expect(() => referenceSvd(normals(8, 400 * 400), 400, 400, 1)).toThrow(
      'the singular value decomposition of a 400x400 matrix did not end within 0.001 s',
    );
  });

  it.each(engineNames)(
    '%s: an aborted one rejects with the reason, before it starts and on its thread',
    async (name) => {
      const reason = new Error('enough');
      await expect(openEngine(name).svd(matrix, 60, 40, AbortSignal.abort(reason))).rejects.toBe(reason);
      const pool = enginePool(name, 1, new AbortController().signal);
      const stop = new AbortController();
      try {
        const running = pool.svd(normals(9, 900 * 900), 900, 900, stop.signal);
        setTimeout(() => {
          stop.abort(reason);
        }, 20);
        await expect(running).rejects.toBe(reason);
      } finally {
        await pool.close();
      }
    },
  );
});
