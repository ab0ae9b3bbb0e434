/** PyTorch's update rules over stacks of parameters; each run has its own rate and the rest of its options. */
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { rateAt } from '../../model/schedule.js';
import { entryOf } from '../../shared/entry-of.js';
import type { Optimizer, RuleName } from '../engine.js';
import type { TensorFlow } from './tensorflow.js';

/** A stack of parameters and what the rule remembers of it, as momentum's buffer or Adam's mean and square. */
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
  adam: { remembers: () => 2, open: (tf, runs) => adamRule(tf, alike('adam', runs), false) },
  adamw: { remembers: () => 2, open: (tf, runs) => adamRule(tf, alike('adamw', runs), true) },
  rmsprop: { remembers: () => 3, open: (tf, runs) => rmspropRule(tf, alike('rmsprop', runs)) },
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

/** The rates of the runs at a step, which counts from 1; one tensor for all steps where none of them changes. */
function ratesOf(tf: TensorFlow, runs: readonly Optimizer[]): { at: (step: number) => Tensor3D; dispose: () => void } {
  if (runs.some(({ rate }) => typeof rate !== 'number'))
    return { at: (step) => each(tf, runs, ({ rate }) => rateAt(rate, step - 1)), dispose: () => undefined };
  const rates = each(tf, runs, ({ rate }) => rateAt(rate, 0));
  return {
    at: () => rates,
    dispose: () => {
      tf.dispose(rates);
    },
  };
}

/** The gradient with the L2 penalty's; the runs that have none multiply by 0. */
function decayed(tf: TensorFlow, decay: Tensor3D, { parameters }: Moving, gradient: Tensor3D): Tensor3D {
  return tf.add(gradient, tf.mul(parameters, decay));
}

function sgdRule(tf: TensorFlow, runs: readonly Optimizer<'sgd'>[]): UpdateRule {
  const rates = ratesOf(tf, runs);
  const nesterov = each(tf, runs, (run) => (run.nesterov === true ? 1 : 0));
  const ahead = runs.some((run) => run.nesterov === true);
  const momentum = each(tf, runs, (run) => run.momentum);
  const decay = each(tf, runs, (run) => run.weightDecay);
  const penalised = runs.some((run) => run.weightDecay !== 0);
  return {
    remembers: definitions.sgd.remembers(runs),
    update(step, before, gradient) {
      const along = penalised ? decayed(tf, decay, before, gradient) : gradient;
      const [buffer] = before.memory;
      const moved: Tensor3D = buffer === undefined ? along : tf.add(tf.mul(buffer, momentum), along);
      const direction: Tensor3D = ahead
        ? tf.add(moved, tf.mul(nesterov, tf.add(along, tf.sub(tf.mul(moved, momentum), moved))))
        : moved;
      const parameters: Tensor3D = tf.sub(before.parameters, tf.mul(direction, rates.at(step)));
      return { parameters, memory: buffer === undefined ? [] : [moved] };
    },
    dispose: () => {
      rates.dispose();
      tf.dispose([nesterov, momentum, decay]);
    },
  };
}

function adamRule(tf: TensorFlow, runs: readonly Optimizer<'adam' | 'adamw'>[], decoupled: boolean): UpdateRule {
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
      const stepSize = each(tf, runs, ({ rate, betas }) => rateAt(rate, step - 1) / (1 - betas[0] ** step));
      const correction = each(tf, runs, ({ betas }) => Math.sqrt(1 - betas[1] ** step));
      const along = penalised && !decoupled ? decayed(tf, decay, before, gradient) : gradient;
      const first: Tensor3D = tf.add(tf.mul(mean, beta1), tf.mul(along, rest1));
      const second: Tensor3D = tf.add(tf.mul(square, beta2), tf.mul(tf.square(along), rest2));
      const size: Tensor3D = tf.add(tf.div(tf.sqrt(second), correction), epsilon);
      const shrunk: Tensor3D = decoupled
        ? tf.mul(
            before.parameters,
            each(tf, runs, ({ rate, weightDecay }) => 1 - rateAt(rate, step - 1) * weightDecay),
          )
        : before.parameters;
      const parameters: Tensor3D = tf.sub(shrunk, tf.mul(tf.div(first, size), stepSize));
      return { parameters, memory: [first, second] };
    },
    dispose: () => {
      tf.dispose([beta1, beta2, rest1, rest2, epsilon, decay]);
    },
  };
}

function rmspropRule(tf: TensorFlow, runs: readonly Optimizer<'rmsprop'>[]): UpdateRule {
  const rates = ratesOf(tf, runs);
  const alpha = each(tf, runs, (run) => run.alpha);
  const rest = each(tf, runs, (run) => 1 - run.alpha);
  const epsilon = each(tf, runs, (run) => run.epsilon);
  const momentum = each(tf, runs, (run) => run.momentum);
  const centered = each(tf, runs, (run) => (run.centered ? 1 : 0));
  const decay = each(tf, runs, (run) => run.weightDecay);
  return {
    remembers: 3,
    update(step, before, gradient) {
      const [square, mean, buffer] = before.memory;
      if (square === undefined || mean === undefined || buffer === undefined)
        throw new Error('RMSprop remembers a mean square, a mean and a buffer');
      const along = decayed(tf, decay, before, gradient);
      const second: Tensor3D = tf.add(tf.mul(square, alpha), tf.mul(tf.square(along), rest));
      const first: Tensor3D = tf.add(mean, tf.mul(tf.sub(along, mean), rest));
      const spread: Tensor3D = tf.sub(second, tf.mul(tf.square(first), centered));
      const scaled: Tensor3D = tf.div(along, tf.add(tf.sqrt(spread), epsilon));
      const moved: Tensor3D = tf.add(tf.mul(buffer, momentum), scaled);
      const parameters: Tensor3D = tf.sub(before.parameters, tf.mul(moved, rates.at(step)));
      return { parameters, memory: [second, first, moved] };
    },
    dispose: () => {
      rates.dispose();
      tf.dispose([alpha, rest, epsilon, momentum, centered, decay]);
    },
  };
}
