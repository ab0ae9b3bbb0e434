/** Datasets drawn from a target function, as the notebook draws its own, and the holding out of rows for testing. */
import { NumpyRandom } from './numpy-random.js';
import { type TargetFunction, targetFunction } from './target-functions.js';

export interface DatasetOptions {
  readonly function: TargetFunction;
  /** How many training samples. */
  readonly samples: number;
  /** Uniform random numbers, sorted, or equally spaced ones, both ends included. */
  readonly inputs: 'uniform' | 'grid';
  readonly domain: readonly [number, number];
  /** The standard deviation of the normal noise on the training targets. */
  readonly noise: number;
  /** A grid over the domain to test on, with the training inputs among it or not; its targets have no noise. */
  readonly test: { readonly grid: number; readonly withTrainingInputs: boolean } | undefined;
  readonly seed: number;
}

/** Inputs of one number each, ascending, with one target each. */
export interface DatasetPart {
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

export interface Dataset extends DatasetPart {
  readonly test: DatasetPart | undefined;
}

/**
 * Draws a dataset from RandomState(seed): first the inputs (unless they are a grid), then the noise, which is applied in
 * the order of the sorted inputs. The inputs are NumPy's bit for bit, the targets to 1e-15.
 */
export function makeDataset(options: DatasetOptions): Dataset {
  const { domain, samples, test } = options;
  const [low, high] = domain;
  const f = targetFunction(options.function);
  const random = NumpyRandom.fromSeed(options.seed);
  const inputs =
    options.inputs === 'grid'
      ? linspace(low, high, samples)
      : random
          .uniforms(samples)
          .map((unit) => low + (high - low) * unit)
          .sort();
  const targets = random.normals(samples).map((noise, i) => f(inputs[i]!) + noise * options.noise);
  if (test === undefined) return { inputs, targets, test };
  const grid = linspace(low, high, test.grid);
  const testInputs = test.withTrainingInputs ? Float64Array.of(...inputs, ...grid).sort() : grid;
  return { inputs, targets, test: { inputs: testInputs, targets: testInputs.map(f) } };
}

/** numpy.linspace(from, to, count) bit for bit: equally spaced numbers, both ends included. */
export function linspace(from: number, to: number, count: number): Float64Array {
  const intervals = count - 1;
  const range = to - from;
  const step = range / intervals;
  const points = new Float64Array(count).map((_, i) => (step === 0 ? (i / intervals) * range : i * step) + from);
  // A grid of one point is its first end.
  if (count === 1) points[0] = from;
  if (count > 1) points[intervals] = to;
  return points;
}

/** Rows to train on and rows to test on: indices, ascending, every row in one of the two. */
export interface Holdout {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Holds out round(n fraction) rows, drawn without replacement as the first of RandomState(seed).permutation(n). Throws a
 * RangeError unless 0 <= fraction <= 1.
 */
export function holdOut(n: number, fraction: number, seed: number): Holdout {
  if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`a fraction is from 0 to 1, not ${fraction}`);
  const order = NumpyRandom.fromSeed(seed).permutation(n);
  const held = Math.round(n * fraction);
  return { train: order.slice(held).sort(), test: order.slice(0, held).sort() };
}
