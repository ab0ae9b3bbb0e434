/** The linearisation of a network as a linear model over its gradient features, trained as the network is. */
import type { Engine, Samples, Training } from '../engine/engine.js';
import { descend, type DescentRule } from '../model/linear-training.js';
import { ridgeSolution } from '../model/ridge.js';
import { engineWithin } from './engine-within.js';
import type { GradientJob } from './gradients.js';
import { selectColumns } from './parameter-names.js';
import type { StepWorld } from './step.js';
import { direct, needed, throughGram } from './svd.js';
import { goOn } from './train/go-on.js';

/** A network at the checkpoint where it is linearised, and the inputs at which its linearisation is looked at. */
export interface Linearised {
  readonly job: GradientJob;
  /** All parameters at the checkpoint. */
  readonly parameters: Float64Array;
  readonly train: Samples;
  /** Those of the test set, and then the points. */
  readonly inputs: Float64Array;
  /** The network's outputs at the checkpoint. */
  readonly outputs: { readonly train: Float64Array; readonly inputs: Float64Array };
}

/** The outputs of the linear model at one step, or of one ridge regression. */
export interface LinearOutputs {
  readonly train: Float64Array;
  readonly inputs: Float64Array;
}

/** The outputs at a checkpoint. */
export async function linearised(
  engine: Engine,
  job: GradientJob,
  parameters: Float64Array,
  train: Samples,
  inputs: Float64Array,
): Promise<Linearised> {
  const outputs = {
    train: await job.outputs(engine, parameters, train.inputs),
    inputs: await job.outputs(engine, parameters, inputs),
  };
  return { job, parameters, train, inputs, outputs };
}

/** Everything that has a solution over singular vectors: full batches without weight decay, and ridge regression. */
export interface Solver {
  readonly descend: (rule: DescentRule, steps: readonly number[]) => LinearOutputs[];
  /** The theta that minimises |Phi theta - r|^2 + penalty |theta|^2, added to the checkpoint's parameters. */
  readonly ridge: (penalty: number) => LinearOutputs;
}

/** Decomposes the features at the training inputs: of the matrix itself, or through its inner products (`method`). */
export async function solverOf(
  linear: Linearised,
  method: 'direct' | 'gram',
  world: Pick<StepWorld, 'engine' | 'signal'>,
): Promise<Solver> {
  const { job, parameters, train, inputs, outputs } = linear;
  const n = train.targets.length;
  const engine = engineWithin(world.engine, needed(method, ['float64'], n));
  const decompose = method === 'direct' ? direct : throughGram;
  const found = await decompose(engine, {
    ...{ job, parameters, rows: train.inputs, points: inputs },
    signal: world.signal,
  });
  const { s, u, principal } = found;
  const r = s.length;
  const apart = train.targets.map((target, row) => target - (outputs.train[row] ?? 0));
  const residual = new Float64Array(r);
  u.forEach((entry, index) => {
    const k = index % r;
    residual[k] = (residual[k] ?? 0) + entry * (apart[Math.floor(index / r)] ?? 0);
  });
  /** With the parameters moved so far along each right vector. */
  const outputsOf = (moved: Float64Array): LinearOutputs => ({
    train: outputs.train.map(
      (output, row) =>
        output +
        combined(
          u,
          row,
          moved.map((value, k) => value * (s[k] ?? 0)),
        ),
    ),
    inputs: outputs.inputs.map((output, row) => output + combined(principal, row, moved)),
  });
  return {
    descend: (rule, steps) => descend(s, residual, n, rule, steps).map(({ moved }) => outputsOf(moved)),
    ridge: (penalty) => {
      const tolerance = found.tolerance('float64');
      // In the basis of the right vectors: the columns of V are unit vectors there.
      const v = new Float64Array(r * r);
      for (let k = 0; k < r; k += 1) v[k * r + k] = 1;
      return outputsOf(ridgeSolution({ u, s, v }, apart, { penalty, tolerance }));
    },
  };
}

/** A row of a matrix times a vector. Where the Gram route knows no principal feature there is NaN, and nothing moves. */
function combined(matrix: Float64Array, row: number, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k += 1) {
    const entry = matrix[row * weights.length + k] ?? 0;
    if (!Number.isNaN(entry)) sum += entry * (weights[k] ?? 0);
  }
  return sum;
}

/**
 * Trains the linear model itself, by the engine: a network without hidden layers whose inputs are the gradient features, the
 * last of which, that of the output's bias, is the same everywhere. Its parameters are those of the network, so that optimizers
 * and weight decay do to them what they do there; with a `rate` theirs is multiplied by it. The steps count from the checkpoint.
 */
export async function trainLinear(
  linear: Linearised,
  { rate, ...rule }: Pick<Training, 'optimizer' | 'batches'> & { readonly rate?: number },
  steps: readonly number[],
  world: StepWorld,
): Promise<(LinearOutputs | undefined)[]> {
  const { job, parameters, train, inputs, outputs } = linear;
  const { engine } = world;
  const d = job.chosen.count;
  const own = parameters.map((value, index) => value / (job.multipliers?.[index] ?? 1));
  const start = selectColumns(own, own.length, job.chosen.columns);
  // What the output's bias is multiplied by: it stands in the linear model as that product.
  const constant = job.multipliers?.at(-1) ?? 1;
  const initial = start.map((value, k) => (k === d - 1 ? constant * value : value));
  const factors = start.map((_, k) => (rate ?? 1) * (k === d - 1 ? constant * constant : 1));
  const rows = await job.gradients(engine, parameters, train.inputs);
  const at = await engine.product(rows, start, train.targets.length, d, 1);
  const features = new Float64Array(train.targets.length * (d - 1));
  for (let row = 0; row < train.targets.length; row += 1)
    features.set(rows.subarray(row * d, (row + 1) * d - 1), row * (d - 1));
  const targets = train.targets.map((target, row) => target - (outputs.train[row] ?? 0) + (at[row] ?? 0));
  const { checkpoints } = await goOn(
    {
      ...rule,
      network: { inputs: d - 1, hidden: [], activation: 'identity' },
      initial,
      ...(rate !== undefined && { gradientFactors: factors }),
      parameters: 'all',
      data: { inputs: features, targets },
    },
    steps,
    steps.at(-1) ?? 0,
    world,
  );
  // How far the parameters have gone, a column for each checkpoint.
  const count = checkpoints.length;
  const moved = new Float64Array(d * count);
  checkpoints.forEach(({ parameters: reached }, column) => {
    for (let k = 0; k < d; k += 1)
      moved[k * count + column] = ((reached[k] ?? 0) - (initial[k] ?? 0)) / (k === d - 1 ? constant : 1);
  });
  const trained = await engine.product(rows, moved, train.targets.length, d, count);
  const elsewhere = await job.gradientsTimes(engine, parameters, inputs, moved, count);
  const columnOf = (whole: Float64Array, before: Float64Array, column: number): Float64Array =>
    before.map((output, row) => output + (whole[row * count + column] ?? 0));
  return steps.map((step) => {
    const column = checkpoints.findIndex((one) => one.step === step);
    if (column < 0) return undefined;
    return { train: columnOf(trained, outputs.train, column), inputs: columnOf(elsewhere, outputs.inputs, column) };
  });
}
