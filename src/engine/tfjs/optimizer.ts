/** PyTorch's update rules over stacks of parameters; each run has its own rate and the rest of its options. */
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { entryOf } from '../../shared/entry-of.js';
import type { Optimizer, RuleName } from '../engine.js';
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

interface Definition {
  /** How many tensors runs that step together remember of a stack. */
  remembers(runs: readonly Optimizer[]): number;
  open(tf: TensorFlow, runs: readonly Optimizer[]): UpdateRule;
}

const definitions: Readonly<Record<RuleName, Definition>> = {
  sgd: {
    remembers: (runs) => (alike('sgd', runs).every((run) => run.momentum === 0) ? 0 : 1),
    open: (tf, runs) => sgdRule(tf, alike('sgd', runs)),
  },
  adam: { remembers: () => 2, open: (tf, runs) => adamRule(tf, alike('adam', runs)) },
};

const definitionOf = ({ kind }: Optimizer): Definition => entryOf(definitions, kind, 'update rule');

/** How many tensors a run remembers of a stack when it steps alone. */
export function remembers(optimizer: Optimizer): number {
  return definitionOf(optimizer).remembers([optimizer]);
}

/** The rule of runs whose optimizers are of one kind. Throws a RangeError when they are not. */
export function updateRule(tf: TensorFlow, optimizers: readonly [Optimizer, ...Optimizer[]]): UpdateRule {
  return definitionOf(optimizers[0]).open(tf, optimizers);
}

function alike<Name extends RuleName>(
  name: Name,
  optimizers: readonly Optimizer[],
): readonly Extract<Optimizer, { kind: Name }>[] {
  const runs = optimizers.filter((one): one is Extract<Optimizer, { kind: Name }> => one.kind === name);
  if (runs.length < optimizers.length) throw new RangeError('optimizers of two kinds cannot step together');
  return runs;
}

/** One number for each run, to multiply a stack with. */
function each<Run>(tf: TensorFlow, runs: readonly Run[], pick: (run: Run) => number): Tensor3D {
  return tf.tensor3d(runs.map(pick), [runs.length, 1, 1]);
}

/** The gradient with the L2 penalty's; the runs that have none multiply by 0. */
function decayed(tf: TensorFlow, decay: Tensor3D, { parameters }: Moving, gradient: Tensor3D): Tensor3D {
  return tf.add(gradient, tf.mul(parameters, decay));
}

function sgdRule(tf: TensorFlow, runs: readonly Optimizer<'sgd'>[]): UpdateRule {
  const rate = each(tf, runs, (run) => run.rate);
  const momentum = each(tf, runs, (run) => run.momentum);
  const decay = each(tf, runs, (run) => run.weightDecay);
  const penalised = runs.some((run) => run.weightDecay !== 0);
  return {
    remembers: definitions.sgd.remembers(runs),
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

function adamRule(tf: TensorFlow, runs: readonly Optimizer<'adam'>[]): UpdateRule {
  const beta1 = each(tf, runs, ({ betas }) => betas[0]);
  const beta2 = each(tf, runs, ({ betas }) => betas[1]);
  const rest1 = each(tf, runs, ({ betas }) => 1 - betas[0]);
  const rest2 = each(tf, runs, ({ betas }) => 1 - betas[1]);
  const epsilon = each(tf, runs, (run) => run.epsilon);
  const decay = each(tf, runs, (run) => run.weightDecay);
  const penalised = runs.some((run) => run.weightDecay !== 0);
  return {
    remembers: definitions.adam.remembers(runs),
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
