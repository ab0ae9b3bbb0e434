/** Verification accepts what the mathematics leaves free, and nothing else. */
import { describe, expect, it } from 'vitest';
import { type Artifact, float64Array } from '../../src/shared/artifact.js';
import type { Accuracy } from '../../src/engine/engine.js';
import { leastAccuracy } from '../../src/verify/accuracy.js';
import { stepKinds } from '../../src/steps/kinds.js';
import { compareArtifacts } from '../../src/verify/compare.js';

const all = (epsilon: number): Accuracy => ({
  ...{ train: epsilon, predict: epsilon, jacobian: epsilon, gram: epsilon, product: epsilon, svd: epsilon },
});
const single = all(2 ** -23);
const double = all(2 ** -52);

function compared(name: string, recorded: Artifact, again: Artifact, accuracy = single) {
  const kind = stepKinds.find((one) => one.kind === name);
  if (kind === undefined) throw new Error(`there is no kind "${name}"`);
  return compareArtifacts(kind, recorded, again, accuracy);
}

/** An SVD of diag(s) with 3 rows: left vectors are the axes, features s_k times some function. */
function svd(s: readonly number[], turn = 0, signs: readonly number[] = [1, 1, 1]): Artifact {
  const [c, d] = [Math.cos(turn), Math.sin(turn)];
  // Columns 1 and 2 are turned into each other.
  const u = [
    [c, -d, 0],
    [d, c, 0],
    [0, 0, 1],
  ];
  const p = [
    [1, 4, 7],
    [2, 5, 8],
  ];
  const column = (rows: readonly (readonly number[])[], row: number, k: number): number => {
    const turned =
      k === 0
        ? c * (rows[row]?.[0] ?? 0) + d * (rows[row]?.[1] ?? 0)
        : c * (rows[row]?.[1] ?? 0) - d * (rows[row]?.[0] ?? 0);
    return (signs[k] ?? 1) * (k === 2 ? (rows[row]?.[2] ?? 0) : turned);
  };
  return {
    arrays: {
      step: { shape: [1], data: Int32Array.of(0) },
      rank: { shape: [1], data: Int32Array.of(3) },
      tolerance: float64Array([1], Float64Array.of(1e-6)),
      'singular-values': float64Array([1, 3], Float64Array.from(s)),
      'left-vectors': float64Array(
        [1, 3, 3],
        Float64Array.from(u.flatMap((row) => row.map((value, k) => value * (signs[k] ?? 1)))),
      ),
      inputs: float64Array([2, 1], Float64Array.of(0, 1)),
      'principal-features': float64Array(
        [1, 2, 3],
        Float64Array.from([0, 1].flatMap((row) => [0, 1, 2].map((k) => column(p, row, k)))),
      ),
    },
    values: {},
  };
}

describe('an SVD', () => {
  it('may have other signs', () => {
    expect(compared('svd', svd([3, 2, 1]), svd([3, 2, 1], 0, [-1, 1, -1])).share).toBeLessThan(1e-6);
  });
  it('may have any rotation among vectors of nearly equal singular values, and not among others', () => {
    const near = [3, 2.9999, 1];
    expect(compared('svd', svd(near), svd(near, 0.7)).share).toBeLessThan(1e-3);
    expect(compared('svd', svd([3, 2, 1]), svd([3, 2, 1], 0.01)).of).toContain('component');
    expect(compared('svd', svd([3, 2, 1]), svd([3, 2, 1], 0.01)).share).toBeGreaterThan(1);
  });
  it('may not have another singular value', () => {
    expect(compared('svd', svd([3, 2, 1]), svd([3, 2.001, 1])).share).toBeGreaterThan(1);
    expect(compared('svd', svd([3, 2, 1]), svd([3, 2.00001, 1])).share).toBeLessThan(1);
  });
  it('may not have what float32 allows, between two engines that compute in float64', () => {
    expect(compared('svd', svd([3, 2, 1]), svd([3, 2.00001, 1]), double).share).toBeGreaterThan(1);
    expect(compared('svd', svd([3, 2, 1]), svd([3, 2 + 1e-13, 1]), double).share).toBeLessThan(1);
  });
  it('may have a value count or not only where it lies at the tolerance', () => {
    const ranked = (rank: number, tolerance: number): Artifact => {
      const artifact = svd([3, 2, 1]);
      artifact.arrays['rank']!.data[0] = rank;
      artifact.arrays['tolerance']!.data[0] = tolerance;
      return artifact;
    };
    expect(compared('svd', ranked(3, 1e-6), ranked(2, 1e-6)).of).toBe('rank at step 0');
    expect(compared('svd', ranked(3, 1 - 1e-6), ranked(2, 1 + 1e-6)).share).toBeLessThan(1);
    expect(compared('svd', ranked(3, 0.5), ranked(2, 1.5)).share).toBeLessThan(1);
    expect(compared('svd', ranked(3, 0.5), ranked(1, 1.5)).share).toBe(Number.POSITIVE_INFINITY);
  });
  it('through inner products may be off by the root of what those are', () => {
    const gram = (s: readonly number[]): Artifact => ({ ...svd(s), values: { method: 'gram' } });
    expect(compared('svd', gram([3, 2, 1]), gram([3, 2 + 1e-8, 1]), double).share).toBeLessThan(1);
    expect(compared('svd', gram([3, 2, 1]), gram([3, 2 + 1e-6, 1]), double).share).toBeGreaterThan(1);
  });
  it('of a training that diverged has the same shapes and numbers', () => {
    const ended = (values: readonly number[]): Artifact => ({ ...svd(values), divergedAt: 11 });
    expect(compared('svd', ended([3, 2, 1]), ended([3, 2, 1])).share).toBe(0);
    expect(compared('svd', ended([3, 2, 1]), ended([3, 2.1, 1])).share).toBeGreaterThan(1);
    const longer = {
      ...ended([3, 2, 1]),
      arrays: { ...svd([3, 2, 1]).arrays, step: { shape: [2], data: Int32Array.of(0, 2) } },
    };
    expect(compared('svd', ended([3, 2, 1]), longer).share).toBe(Number.POSITIVE_INFINITY);
    expect(compared('svd', ended([3, 2, 1]), svd([3, 2, 1])).of).toBe('whether it diverged');
  });
  it('may not have features that do not turn as its vectors do', () => {
    const other = svd([3, 2, 1]);
    const features = other.arrays['principal-features'];
    const wrong = {
      ...other,
      arrays: {
        ...other.arrays,
        'principal-features': float64Array(
          [1, 2, 3],
          Float64Array.from(features?.data ?? [], (x, i) => (i % 3 === 0 ? -x : x)),
        ),
      },
    };
    expect(compared('svd', svd([3, 2, 1]), wrong).share).toBeGreaterThan(1);
  });
});

describe('a training', () => {
  const training = (losses: readonly number[], weight = 1, divergedAt?: number): Artifact => ({
    arrays: {
      step: { shape: [2], data: Int32Array.of(0, 100) },
      'train-error': float64Array([2], Float64Array.from(losses)),
      'test-error': float64Array([2], Float64Array.of(Number.NaN, Number.NaN)),
      '0.weight': float64Array([2, 1, 1], Float64Array.of(weight, weight + losses[1]! * 100)),
    },
    values: {},
    ...(divergedAt !== undefined && { divergedAt }),
  });
  it('has its losses within a factor of two, whatever its parameters became', () => {
    expect(compared('train', training([1, 0.01]), training([1, 0.015])).share).toBeLessThan(1);
    expect(compared('train', training([1, 0.01]), training([1, 0.03])).share).toBeGreaterThan(1);
    expect(compared('train', training([1, 0.01]), training([1, Number.NaN])).share).toBe(Number.POSITIVE_INFINITY);
  });
  it('starts from the same parameters', () => {
    expect(compared('train', training([1, 0.01]), training([1, 0.01], 1.001)).share).toBeGreaterThan(1);
  });
  it('diverges in both or in neither', () => {
    expect(compared('train', training([1, 0.01], 1, 7), training([1, 0.01], 1, 9)).share).toBe(0);
    expect(compared('train', training([1, 0.01]), training([1, 0.01], 1, 9)).share).toBe(Number.POSITIVE_INFINITY);
  });
});

it('other kinds are held to a relative 1e-4, of the same shapes', () => {
  const one = (value: number, length = 2): Artifact => ({
    arrays: { x: float64Array([length], new Float64Array(length).fill(value)) },
    values: {},
  });
  expect(compared('features', one(1), one(1.00005)).share).toBeLessThan(1);
  expect(compared('features', one(1), one(1.0002)).share).toBeGreaterThan(1);
  expect(compared('features', one(1), one(1, 3)).share).toBe(Number.POSITIVE_INFINITY);
});

describe('what is no finite number', () => {
  const features = (...numbers: readonly number[]): Artifact => ({
    arrays: { features: float64Array([numbers.length], Float64Array.from(numbers)) },
    values: {},
  });
  const deviates = (from: readonly number[], to: readonly number[]): number =>
    compared('features', features(...from), features(...to)).share;
  it('is equal to itself', () => {
    const odd = [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(deviates(odd, odd)).toBe(0);
    expect(deviates(odd, [1.00001, ...odd.slice(1)])).toBeLessThan(1);
  });
  it.each([
    [1, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, 1],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    [Number.NaN, 1],
    [1, Number.NaN],
  ])('%d is another result than %d', (from, to) => {
    expect(deviates([from, 2], [to, 2])).toBeGreaterThan(1);
  });
  it('a loss that became infinite is another result', () => {
    const training = (loss: number): Artifact => ({
      arrays: { step: { shape: [1], data: Int32Array.of(0) }, 'train-error': float64Array([1], Float64Array.of(loss)) },
      values: {},
    });
    expect(compared('train', training(1), training(Number.POSITIVE_INFINITY)).share).toBeGreaterThan(1);
    expect(compared('train', training(Number.POSITIVE_INFINITY), training(Number.POSITIVE_INFINITY)).share).toBe(0);
  });
});

it('a result is as accurate as the less accurate of the two engines; an old record, which does not say, as float32', () => {
  expect(leastAccuracy({ ...double }, { ...double, train: 2 ** -23 })).toEqual({ ...double, train: 2 ** -23 });
  expect(leastAccuracy(undefined, double)).toEqual(single);
});
