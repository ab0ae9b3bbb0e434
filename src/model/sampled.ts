/** Data of several inputs drawn from a formula, a teacher network, a set in the plane or a circle. */
import { linspace } from './dataset.js';
import { formulaOf, inputNames } from './formula.js';
import { ForwardPass } from './forward.js';
import { initialParameters } from './initial-parameters.js';
import type { Network } from './network.js';
import { NumpyRandom } from './numpy-random.js';
import { drawPlanarSet, type PlanarSet, type Points } from './planar-sets.js';
import { cos, sin } from './transcendental/sin.js';

export type SampledFunction =
  | PlanarSet
  /** Of x1, x2 and so on. */
  | { readonly kind: 'expression'; readonly expression: string; readonly features: number }
  /** Points (cos angle, sin angle), targets by a formula of x1, x2 and angle. */
  | { readonly kind: 'circle'; readonly expression: string }
  /** What a network says that starts as a training's of the same seed would. */
  | { readonly kind: 'teacher'; readonly network: Network; readonly seed: number };

export interface SampledOptions {
  readonly function: SampledFunction;
  readonly samples: number;
  /** Random in the domain, standard normal, or of a circle at even angles. */
  readonly inputs: 'uniform' | 'normal' | 'grid';
  /** Of each input. */
  readonly domain: readonly [number, number];
  /** Standard deviation of what is added to the training targets, or to the points of a set. */
  readonly noise: number;
  /** So many samples drawn after those to train on; of points of a set with noise like theirs, of others without. */
  readonly test: { readonly samples: number } | null;
  readonly seed: number;
}

export interface SampledData {
  readonly train: Points;
  readonly test: Points | undefined;
}

/** How many numbers one input has. */
export function featuresOf(choice: SampledFunction): number {
  if (choice.kind === 'expression') return choice.features;
  return choice.kind === 'teacher' ? choice.network.inputs : 2;
}

/** The names that a formula of the inputs may have. */
export function formulaNames(
  choice: { readonly kind: 'expression'; readonly features: number } | { readonly kind: 'circle' },
): readonly string[] {
  return choice.kind === 'circle' ? ['x1', 'x2', 'angle'] : inputNames(choice.features);
}

/**
 * Draws from RandomState(seed): the training inputs, row by row, their noise, then the inputs to test on. A circle's random angles are
 * sorted. Throws where a formula cannot be read, which is found before.
 */
export function drawSampled(options: SampledOptions): SampledData {
  const { function: choice, samples, noise, test } = options;
  const random = NumpyRandom.fromSeed(options.seed);
  if (choice.kind !== 'expression' && choice.kind !== 'circle' && choice.kind !== 'teacher') {
    const train = drawPlanarSet(choice, samples, noise, random);
    return { train, test: test === null ? undefined : drawPlanarSet(choice, test.samples, noise, random) };
  }
  const target = targetsOf(choice);
  const draw = (count: number): Points => {
    const rows = choice.kind === 'circle' ? circle(options, count, random) : cube(options, count, random);
    return { inputs: rows.inputs, targets: target(rows.inputs, rows.angles) };
  };
  const train = draw(samples);
  const noisy = random.normals(samples).map((gauss, i) => (train.targets[i] ?? 0) + noise * gauss);
  return { train: { ...train, targets: noisy }, test: test === null ? undefined : draw(test.samples) };
}

interface Rows {
  readonly inputs: Float64Array;
  readonly angles?: Float64Array;
}

function cube({ function: choice, inputs, domain }: SampledOptions, count: number, random: NumpyRandom): Rows {
  const numbers = count * featuresOf(choice);
  if (inputs === 'normal') return { inputs: random.normals(numbers) };
  const [low, high] = domain;
  return { inputs: random.uniforms(numbers).map((unit) => low + (high - low) * unit) };
}

function circle({ inputs }: SampledOptions, count: number, random: NumpyRandom): Rows {
  const whole = 2 * Math.PI;
  const angles =
    inputs === 'grid'
      ? linspace(0, whole, count + 1).subarray(0, count)
      : random
          .uniforms(count)
          .map((unit) => whole * unit)
          .sort();
  const points = new Float64Array(2 * count).map((_, at) => (at % 2 === 0 ? cos : sin)(angles[at >> 1] ?? 0));
  return { inputs: points, angles };
}

/** The targets of rows of inputs. */
function targetsOf(
  choice: Exclude<SampledFunction, PlanarSet>,
): (inputs: Float64Array, angles: Float64Array | undefined) => Float64Array {
  if (choice.kind === 'teacher') {
    const { network, seed } = choice;
    const { parameters } = initialParameters(network, 'none', seed);
    return (inputs) => {
      const count = inputs.length / network.inputs;
      return new ForwardPass(network, count).run(parameters, inputs, count).slice(0, count);
    };
  }
  const features = featuresOf(choice);
  const formula = formulaOf(choice.expression, formulaNames(choice));
  return (inputs, angles) => {
    const row = new Float64Array(features + 1);
    return new Float64Array(inputs.length / features).map((_, i) => {
      row.set(inputs.subarray(i * features, (i + 1) * features));
      row[features] = angles?.[i] ?? Number.NaN;
      return formula(row);
    });
  };
}
