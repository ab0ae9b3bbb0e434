import { describe, expect, it } from 'vitest';
import { type DatasetOptions, holdOut, linspace, makeDataset } from '../../src/model/dataset.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';
import { targetFunction } from '../../src/model/target-functions.js';
import { digest } from '../fixtures/numerics/digest.js';
import { notebookDraws } from '../fixtures/numerics/notebook-draws.js';
import { randomStreams } from '../fixtures/numerics/random-streams.js';

const notebook: DatasetOptions = {
  function: { kind: 'piecewise-linear-as-published' },
  samples: 200,
  inputs: 'uniform',
  domain: [0, 1],
  noise: 0.1,
  test: { grid: 1000, withTrainingInputs: true },
  seed: 1,
};

describe("the notebook's data", () => {
  it.each([
    ['piecewise-linear-as-published', notebookDraws.data.published],
    ['piecewise-linear', notebookDraws.data.corrected],
  ] as const)('%s: inputs equal NumPy bit for bit, targets as float32 and to 1e-15', (kind, expected) => {
    const data = makeDataset({ ...notebook, function: { kind } });
    expect([...data.inputs]).toEqual(notebookDraws.data.x);
    expect([...data.test!.inputs]).toEqual(notebookDraws.data.xTest);
    for (const [actual, wanted] of [
      [data.targets, expected.y],
      [data.test!.targets, expected.yTest],
    ] as const) {
      expect(actual).toHaveLength(wanted.length);
      actual.forEach((y, i) => {
        expect(Math.abs(y - wanted[i]!)).toBeLessThanOrEqual(1e-15);
      });
      // Where the interpolation cancels to almost nothing the last bits of float32 are not settled by float64.
      expect([...actual].map(Math.fround)).toEqual(wanted.map(Math.fround));
    }
  });

  it('has the sums of SCIENCE.md', () => {
    const { inputs, targets } = makeDataset(notebook);
    const sum = (numbers: Float64Array): number => numbers.reduce((total, x) => total + x, 0);
    expect(sum(inputs)).toBeCloseTo(97.07169775166952, 11);
    expect(sum(targets)).toBeCloseTo(-23.547247813674, 11);
    expect(targets[0]).toBeCloseTo(6.645488297249116e-3, 15);
  });

  it('differs from the corrected one in the last of 1200 test points only', () => {
    const published = makeDataset(notebook);
    const corrected = makeDataset({ ...notebook, function: { kind: 'piecewise-linear' } });
    expect(corrected.targets).toEqual(published.targets);
    const differing = published.test!.targets.map((y, i) => Math.abs(y - corrected.test!.targets[i]!));
    expect([...differing].flatMap((gap, i) => (gap > 1e-12 ? [i] : []))).toEqual([1199]);
    expect(published.test!.targets[1199]).toBe(0);
    expect(corrected.test!.targets[1199]).toBe(-0.8986477854155375);
  });
});

describe('makeDataset', () => {
  it('scales uniform inputs to the domain, sorted, and draws the noise after them', () => {
    const data = makeDataset({
      ...notebook,
      function: { kind: 'step', at: 0 },
      domain: [-2, 3],
      samples: 50,
      test: undefined,
      seed: 9,
    });
    const random = NumpyRandom.fromSeed(9);
    const inputs = random.uniforms(50).map((unit) => -2 + 5 * unit);
    expect(data.inputs).toEqual(inputs.sort());
    const noise = random.normals(50);
    expect([...data.targets]).toEqual([...inputs].map((x, i) => (x < 0 ? 0 : 1) + noise[i]! * 0.1));
    expect(data.test).toBeUndefined();
  });

  it("a grid draws no inputs, so that the noise is the stream's first numbers", () => {
    const data = makeDataset({
      ...notebook,
      inputs: 'grid',
      samples: 11,
      test: { grid: 5, withTrainingInputs: false },
    });
    expect(data.inputs).toEqual(linspace(0, 1, 11));
    const noise = NumpyRandom.fromSeed(1).normals(11);
    const f = targetFunction(notebook.function);
    expect(data.targets).toEqual(data.inputs.map((x, i) => f(x) + noise[i]! * 0.1));
    expect([...data.test!.inputs]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(data.test!.targets).toEqual(data.test!.inputs.map(f));
  });

  it('without noise the targets are the function', () => {
    const data = makeDataset({ ...notebook, noise: 0 });
    expect(data.targets).toEqual(data.inputs.map(targetFunction(notebook.function)));
  });
});

describe('linspace', () => {
  it.each(randomStreams.linspace)(
    'linspace($from, $to, $count) equals NumPy bit for bit',
    ({ from, to, count, digest: expected }) => {
      expect(digest(linspace(from, to, count))).toBe(expected);
    },
  );

  it('of no points is empty', () => {
    expect(linspace(0, 1, 0)).toHaveLength(0);
  });
});

describe('holdOut', () => {
  it("puts every row in one part, ascending, the test rows being the permutation's first", () => {
    const { train, test } = holdOut(10, 0.3, 1);
    expect([...test]).toEqual([2, 6, 9]);
    expect([...train]).toEqual([0, 1, 3, 4, 5, 7, 8]);
  });

  it('can hold out nothing and everything, and no other fraction', () => {
    expect(holdOut(5, 0, 1).test).toHaveLength(0);
    expect(holdOut(5, 1, 1).train).toHaveLength(0);
    for (const fraction of [-0.1, 1.1, NaN]) expect(() => holdOut(5, fraction, 1)).toThrow(RangeError);
  });
});
