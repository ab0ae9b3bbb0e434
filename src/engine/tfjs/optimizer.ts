/** PyTorch's update rules over stacks of parameters; each run has its own rate and the rest of its options. */
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { Optimizer } from '../engine.js';
import type { TensorFlow } from './tensorflow.js';

/** A stack of parameters and what the rule remembers of it: nothing, momentum's buffer, or Adam's mean and square. */
export interface Moving {
  readonly parameters: Tensor3D;
  readonly memory: readonly Tensor3D[];
}

export interface UpdateRule {
  /** How many tensors it remembers of a stack. */
  readonly remembers: number;
  /** After one step along a gradient; `step` counts from 1. To be called inside `tidy`. */
  update(step: number, before: Moving, gradient: Tensor3D): Moving;
  /** Gives back the memory of its options. */
  dispose(): void;
}

type Sgd = Extract<Optimizer, { kind: 'sgd' }>;
type Adam = Extract<Optimizer, { kind: 'adam' }>;

/** The rule of runs whose optimizers are of one kind. Throws a RangeError when they are not. */
export function updateRule(tf: TensorFlow, optimizers: readonly Optimizer[]): UpdateRule {
  const sgd = optimizers.filter((one): one is Sgd => one.kind === 'sgd');
  if (sgd.length === optimizers.length) return sgdRule(tf, sgd);
  const adam = optimizers.filter((one): one is Adam => one.kind === 'adam');
  if (adam.length === optimizers.length) return adamRule(tf, adam);
  throw new RangeError('optimizers of two kinds cannot step together');
}

/** One number for each run, to multiply a stack with. */
function each<Run>(tf: TensorFlow, runs: readonly Run[], pick: (run: Run) => number): Tensor3D {
  return tf.tensor3d(runs.map(pick), [runs.length, 1, 1]);
}

/** The gradient with the L2 penalty's; the runs that have none multiply by 0. */
function decayed(tf: TensorFlow, decay: Tensor3D, { parameters }: Moving, gradient: Tensor3D): Tensor3D {
  return tf.add(gradient, tf.mul(parameters, decay));
}

function sgdRule(tf: TensorFlow, runs: readonly Sgd[]): UpdateRule {
  const rate = each(tf, runs, (run) => run.rate);
  const momentum = each(tf, runs, (run) => run.momentum);
  const decay = each(tf, runs, (run) => run.weightDecay);
  const penalised = runs.some((run) => run.weightDecay !== 0);
  return {
    remembers: runs.every((run) => run.momentum === 0) ? 0 : 1,
    update(_step, before, gradient) {
      const along = penalised ? decayed(tf, decay, before, gradient) : gradient;
      const [buffer] = before.memory;
      const moved: Tensor3D = buffer === undefined ? along : tf.add(tf.mul(buffer, momentum), along);
      const parameters: Tensor3D = tf.sub(before.parameters, tf.mul(moved, rate));
      return { parameters, memory: buffer === undefined ? [] : [moved] };
    },
    dispose: () => {
      tf.dispose([rate, momentum, decay]);
    },
  };
}

function adamRule(tf: TensorFlow, runs: readonly Adam[]): UpdateRule {
  const beta1 = each(tf, runs, ({ betas }) => betas[0]);
  const beta2 = each(tf, runs, ({ betas }) => betas[1]);
  const rest1 = each(tf, runs, ({ betas }) => 1 - betas[0]);
  const rest2 = each(tf, runs, ({ betas }) => 1 - betas[1]);
  const epsilon = each(tf, runs, (run) => run.epsilon);
  const decay = each(tf, runs, (run) => run.weightDecay);
  const penalised = runs.some((run) => run.weightDecay !== 0);
  return {
    remembers: 2,
    update(step, before, gradient) {
      const [mean, square] = before.memory;
      if (mean === undefined || square === undefined) throw new Error('Adam remembers two moments');
      const stepSize = each(tf, runs, ({ rate, betas }) => rate / (1 - betas[0] ** step));
      const correction = each(tf, runs, ({ betas }) => Math.sqrt(1 - betas[1] ** step));
      const along = penalised ? decayed(tf, decay, before, gradient) : gradient;
      const first: Tensor3D = tf.add(tf.mul(mean, beta1), tf.mul(along, rest1));
      const second: Tensor3D = tf.add(tf.mul(square, beta2), tf.mul(tf.square(along), rest2));
      const size: Tensor3D = tf.add(tf.div(tf.sqrt(second), correction), epsilon);
      const parameters: Tensor3D = tf.sub(before.parameters, tf.mul(tf.div(first, size), stepSize));
      return { parameters, memory: [first, second] };
    },
    dispose: () => {
      tf.dispose([beta1, beta2, rest1, rest2, epsilon, decay]);
    },
  };
}
