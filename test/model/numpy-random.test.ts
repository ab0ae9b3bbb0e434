import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../src/model/numpy-random.js';
import { digest } from '../fixtures/numerics/digest.js';
import { randomStreams } from '../fixtures/numerics/random-streams.js';

const start = (seed: number): NumpyRandom => NumpyRandom.fromSeed(seed);

/** Asserts that each number is within 2 ulp of NumPy's. */
function expectWithinTwoUlp(actual: Iterable<number>, expected: readonly number[]): void {
  [...actual].forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(2 * 2 ** -52 * Math.abs(expected[i]!));
  });
}

describe('the vectors of SCIENCE.md, seed 1', () => {
  it('rand, permutation bit for bit; randn within 2 ulp', () => {
    expect([...start(1).uniforms(3)]).toEqual([0.417022004702574, 0.7203244934421581, 1.1437481734488664e-4]);
    expect([...start(1).permutation(10)]).toEqual([2, 9, 6, 4, 0, 3, 1, 7, 8, 5]);
    expectWithinTwoUlp(start(1).normals(3), [1.6243453636632417, -0.6117564136500754, -0.5281717522634557]);
  });
});

describe.each(randomStreams.numpy)('RandomState($seed) against NumPy', (expected) => {
  const { seed } = expected;

  it('rand is equal bit for bit, 5000 numbers', () => {
    expect([...start(seed).uniforms(3)]).toEqual(expected.rand3);
    expect(digest(start(seed).uniforms(5000))).toBe(expected.rand5000);
  });

  it('randn is within 2 ulp, and equal as float32', () => {
    const normals = start(seed).normals(expected.randn500.length);
    expectWithinTwoUlp(normals, expected.randn500);
    expect([...normals].map(Math.fround)).toEqual(expected.randn500.map(Math.fround));
  });

  it('permutation is equal', () => {
    for (const [n, order] of Object.entries(expected.permutation)) {
      expect([...start(seed).permutation(Number(n))]).toEqual(order);
    }
    expect(digest(start(seed).permutation(5000))).toBe(expected.permutation5000);
  });

  it('choice with replacement is equal', () => {
    expect([...start(seed).choice(200, 40)]).toEqual(expected.choice);
    expect(digest(start(seed).choice(1000, 5000))).toBe(expected.choice5000of1000);
    expect([...start(seed).choice(1, 3)]).toEqual(expected.choiceOf1);
  });

  it('draws of every kind after one another are those of one stream', () => {
    const random = start(seed);
    const mixed = [random.randomSample(), random.gauss(), random.interval(6), random.gauss(), random.randomSample()];
    mixed.push(...random.permutation(5), random.gauss(), random.interval(199), random.gauss());
    expectWithinTwoUlp(mixed, expected.mixed);
  });
});

describe('RandomState', () => {
  it('refuses the seeds that NumPy refuses', () => {
    for (const seed of [-1, 2 ** 32, 0.5, NaN]) expect(() => start(seed)).toThrow(RangeError);
  });

  it('continues from a state', () => {
    const random = start(3);
    random.uniforms(1000);
    const continued = NumpyRandom.fromState(random.state());
    expect(continued.uniforms(1000)).toEqual(random.uniforms(1000));
  });

  it('cannot choose from nothing', () => {
    expect(() => start(0).choice(0, 1)).toThrow(RangeError);
  });

  it('shuffles what it is given', () => {
    const items = Float64Array.of(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5);
    start(1).shuffle(items);
    expect([...items]).toEqual([2, 9, 6, 4, 0, 3, 1, 7, 8, 5].map((i) => i + 0.5));
  });
});
