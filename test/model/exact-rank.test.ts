/** The law of the rank: against NumPy's ranks of the study's networks, and against a decomposition for random small ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jacobian } from '../../src/engine/reference/jacobian.js';
import { svd } from '../../src/engine/reference/svd.js';
import { exactRank } from '../../src/model/exact-rank.js';
import { type Network, parameterCount } from '../../src/model/network.js';
import { machineEpsilon } from '../../src/model/machine-epsilon.js';
import { rankAbove, rankTolerance } from '../../src/model/spectrum.js';
import { fixture } from '../fixtures/numerics/fixture.js';
import { inFull } from '../every-nth.js';

const relu = (width: number): Network => ({ inputs: 1, hidden: [width], activation: 'relu' });

const floats = (base64: string): Float64Array => {
  const bytes = Buffer.from(base64, 'base64');
  return Float64Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(4 * index));
};

const { inputs, spectra } = fixture('ranks') as {
  readonly inputs: string;
  readonly spectra: readonly { width: number; step: number; parameters: string; rank: number }[];
};

describe('the ranks that NumPy finds in float64 (ranks.py)', () => {
  it('are of twelve spectra', () => {
    expect(spectra).toHaveLength(12);
  });

  it.each(spectra)('width $width at step $step: $rank', ({ width, parameters, rank }) => {
    expect(exactRank(relu(width), floats(parameters), floats(inputs))).toBe(rank);
  });
});

/** Parameters in the order of the layout, from units that switch at their elbow. */
const parametersOf = (units: readonly Unit[], bias = 1): Float64Array<ArrayBuffer> =>
  Float64Array.from([...units.map(({ w }) => w), ...units.map(({ w, e }) => -w * e), ...units.map(({ v }) => v), bias]);

interface Unit {
  readonly w: number;
  readonly e: number;
  readonly v: number;
}

/** Few inputs and few elbows, halfway between places where inputs may lie, so that short segments are frequent. */
const unit = fc.record({
  w: fc.constantFrom(-2, -1, 1, 2),
  e: fc.integer({ min: -1, max: 8 }).map((place) => place + 0.5),
  v: fc.constantFrom(-2, -1, 1, 2),
});
const places = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 10 });

const rankByDecomposition = (network: Network, parameters: Float64Array, points: Float64Array): number => {
  const columns = parameterCount(network);
  const { s } = svd(jacobian(network, parameters, points), points.length, columns);
  return rankAbove(s, rankTolerance(s, points.length, columns, machineEpsilon.float64));
};

it('is the rank that a decomposition finds, of random networks with any elbows, signs and repeated inputs', () => {
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 6 }), places, (units, at) => {
      const [network, points, parameters] = [relu(units.length), Float64Array.from(at), parametersOf(units)];
      expect(exactRank(network, parameters, points)).toBe(rankByDecomposition(network, parameters, points));
    }),
    { numRuns: inFull ? 2000 : 300 },
  );
});

it('is the rank that a decomposition finds where all units face one way, and x may be out of reach', () => {
  const facing = unit.map(({ e, v }) => ({ w: 1, e, v }));
  const either = fc.constantFrom(1, -1).chain((w) =>
    fc.array(
      facing.map((one) => ({ ...one, w })),
      { minLength: 1, maxLength: 6 },
    ),
  );
  fc.assert(
    fc.property(either, places, (units, at) => {
      const [network, points, parameters] = [relu(units.length), Float64Array.from(at), parametersOf(units)];
      expect(exactRank(network, parameters, points)).toBe(rankByDecomposition(network, parameters, points));
    }),
    { numRuns: inFull ? 1000 : 200 },
  );
});

describe('by hand', () => {
  const points = Float64Array.of(0, 1, 2, 3);

  it.each<[string, readonly Unit[], number]>([
    ['one rising unit in the middle: 2 + 2, less x', [{ w: 1, e: 1.5, v: 1 }], 3],
    [
      'two that face each other in one gap: 2 + 2',
      [
        { w: 1, e: 1.5, v: 1 },
        { w: -1, e: 1.5, v: 1 },
      ],
      4,
    ],
    ['a rising unit that cuts one input off: 1 + 2', [{ w: 1, e: 0.5, v: 1 }], 3],
    ['a falling unit that cuts one input off: 1 + 2, less x', [{ w: -1, e: 0.5, v: 1 }], 2],
    ['one that is always on: 2', [{ w: 1, e: -1, v: 1 }], 2],
    ['one that is never on: 2, less x', [{ w: 1, e: 9, v: 1 }], 1],
  ])('%s', (_, units, rank) => {
    expect(exactRank(relu(units.length), parametersOf(units), points)).toBe(rank);
  });

  it('is 0 of no inputs and 1 of one', () => {
    const parameters = parametersOf([{ w: 1, e: 0.5, v: 1 }]);
    expect(exactRank(relu(1), parameters, new Float64Array())).toBe(0);
    expect(exactRank(relu(1), parameters, Float64Array.of(2))).toBe(1);
  });
});

it('is absent where the law does not hold', () => {
  const points = Float64Array.of(0, 1, 2);
  const good = parametersOf([{ w: 1, e: 0.5, v: 1 }]);
  const of = (network: Network, parameters = new Float64Array(parameterCount(network)).fill(1)): unknown =>
    exactRank(network, parameters, points);
  expect(of({ ...relu(2), activation: 'tanh' })).toBeUndefined();
  expect(of({ ...relu(2), activation: 'leaky-relu' })).toBeUndefined();
  expect(of({ inputs: 2, hidden: [2], activation: 'relu' })).toBeUndefined();
  expect(of({ inputs: 1, hidden: [2, 2], activation: 'relu' })).toBeUndefined();
  expect(of({ inputs: 1, hidden: [], activation: 'relu' })).toBeUndefined();
  expect(of(relu(1), parametersOf([{ w: 1, e: 0.5, v: 0 }]))).toBeUndefined();
  expect(
    of(
      relu(1),
      good.map(() => Number.POSITIVE_INFINITY),
    ),
  ).toBeUndefined();
  expect(of(relu(1), good)).toBe(3);
});
