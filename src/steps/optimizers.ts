/** How a training makes its loss smaller: the options of every update rule and of its rate, and of what is solved at once. */
import * as z from 'zod';
import type { RuleName } from '../engine/engine.js';
import type { ScheduleName } from '../model/schedule.js';

const fixed = z.number().gt(0).max(1e9);
const some = z.number().min(0).max(1e9);
const steps = z.int().min(1).max(1_000_000_000);

/** Every schedule of the model. */
const schedules = {
  'warm-up': z
    .strictObject({
      schedule: z.literal('warm-up').describe('How the rate changes.'),
      from: some.default(0).describe('The rate of the first step.'),
      to: fixed.describe('The rate from the last step of the warm-up on.'),
      steps: steps.describe('How many steps it takes.'),
    })
    .describe('In a line from one rate to another, which stays: torch.optim.lr_scheduler.LinearLR.'),
  piecewise: z
    .strictObject({
      schedule: z.literal('piecewise').describe('How the rate changes.'),
      rates: z.array(some).min(2).max(100).describe('The rates, one after the other.'),
      at: z
        .array(steps)
        .min(1)
        .max(99)
        .describe('After how many steps each of them follows the one before, ascending.'),
    })
    .describe('One rate after another: torch.optim.lr_scheduler.MultiStepLR.'),
  exponential: z
    .strictObject({
      schedule: z.literal('exponential').describe('How the rate changes.'),
      from: fixed.describe('The rate of the first step.'),
      factor: z.number().gt(0).max(1).describe('What is left of it after `every` steps.'),
      every: steps.default(1).describe('In how many steps it falls by the factor, a little at each.'),
    })
    .describe('The same part is lost at every step: torch.optim.lr_scheduler.ExponentialLR.'),
  cosine: z
    .strictObject({
      schedule: z.literal('cosine').describe('How the rate changes.'),
      from: fixed.describe('The rate of the first step.'),
      to: some.default(0).describe('The rate after `period` steps.'),
      period: steps.describe('Steps from the one to the other; in as many it goes back, and so on.'),
    })
    .describe('Half a wave down and half a wave up: torch.optim.lr_scheduler.CosineAnnealingLR.'),
} satisfies { readonly [Name in ScheduleName]: z.ZodObject<{ schedule: z.ZodLiteral<Name> }> };

type Schedules = (typeof schedules)[keyof typeof schedules];

const rate = z.union([
  fixed,
  z.discriminatedUnion('schedule', Object.values(schedules) as [Schedules, ...Schedules[]]),
]);

const decay = z.number().min(0).max(1e6);
const weightDecay = decay
  .default(0)
  .describe('Times the parameter, added to the gradient: coupled, as in torch.optim, not as in AdamW.');
const beta = z.number().min(0).lt(1);
const betas = z
  .tuple([beta, beta])
  .default([0.9, 0.999])
  .describe('How slowly the running means of the gradient and of its square forget.');
const epsilon = z.number().gt(0).max(1).default(1e-8).describe('Added to the root of the mean square.');
const momentum = z.number().min(0).lt(1).default(0).describe('The share of the last step that is kept.');

/** What an optimizer is that does not say its kind. */
const plain = 'sgd';

/** Every update rule of the engines, and the exact minimum of (ridge) regression on the output layer. Named as PyTorch does. */
const optimizers = {
  sgd: z
    .strictObject({
      kind: z.literal(plain).meta({ default: plain }),
      rate: rate.describe('The step along the gradient: a number, or a schedule.'),
      momentum,
      // Without a default, so that the keys of trainings that do not name it stay what they were.
      nesterov: z
        .boolean()
        .optional()
        .meta({ default: false })
        .describe('Whether the gradient is followed with the momentum of the next step: needs a momentum.'),
      'weight-decay': weightDecay,
    })
    .describe('torch.optim.SGD.'),
  adam: z
    .strictObject({
      kind: z.literal('adam'),
      rate: rate.default(0.001).describe('The size of a step: a number, or a schedule.'),
      betas,
      epsilon,
      'weight-decay': weightDecay,
    })
    .describe('torch.optim.Adam.'),
  adamw: z
    .strictObject({
      kind: z.literal('adamw'),
      rate: rate.default(0.001).describe('The size of a step: a number, or a schedule.'),
      betas,
      epsilon,
      'weight-decay': decay
        .default(0.01)
        .describe('Times the rate, what each step takes away of a parameter beside Adam’s step.'),
    })
    .describe('torch.optim.AdamW.'),
  rmsprop: z
    .strictObject({
      kind: z.literal('rmsprop'),
      rate: rate.default(0.01).describe('The size of a step: a number, or a schedule.'),
      alpha: beta.default(0.99).describe("How slowly the running mean of the gradient's square forgets."),
      epsilon,
      momentum,
      centered: z
        .boolean()
        .default(false)
        .describe('Whether the gradient is divided by its deviation, not by the root of its mean square.'),
      'weight-decay': weightDecay,
    })
    .describe('torch.optim.RMSprop.'),
  ridge: z
    .strictObject({
      kind: z.literal('ridge'),
      penalty: z
        .number()
        .min(0)
        .max(1e12)
        .describe(
          'The plain factor of the sum of squares of the output layer beside the sum of squared errors; 0 is least squares of minimum norm.',
        ),
    })
    .describe('Ridge regression: solves the output layer at once.'),
  'least-squares': z
    .strictObject({ kind: z.literal('least-squares') })
    .describe('Least squares of minimum norm: solves the output layer at once, as ridge does without a penalty.'),
} satisfies { readonly [Name in RuleName | 'ridge' | 'least-squares']: z.ZodObject<{ kind: z.ZodLiteral<Name> }> };

type Optimizers = (typeof optimizers)[keyof typeof optimizers];

/** As it is written: without a kind it is sgd. */
export const optimizerOptions = z.preprocess(
  (raw) =>
    typeof raw === 'object' && raw !== null && !Array.isArray(raw) && !('kind' in raw) ? { kind: plain, ...raw } : raw,
  z.discriminatedUnion('kind', Object.values(optimizers) as [Optimizers, ...Optimizers[]]),
);

type Written = z.output<typeof optimizerOptions>;

/** An optimizer as keys know it: what is the same is written in one way. */
export type OptimizerOptions =
  | Exclude<Written, { kind: 'least-squares' | 'sgd' }>
  | (Omit<Extract<Written, { kind: 'sgd' }>, 'nesterov'> & { readonly nesterov?: true });

/** Least squares are ridge without a penalty, and what is not on is left out. */
export function plainOptimizer(written: Written): OptimizerOptions {
  if (written.kind === 'least-squares') return { kind: 'ridge', penalty: 0 };
  if (written.kind !== 'sgd') return written;
  const { nesterov, ...rest } = written;
  return nesterov === true ? { ...rest, nesterov } : rest;
}

/** What is wrong with an optimizer, and at which of its options. */
export interface OptimizerFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What its schema cannot say: options that do not go together. */
export function optimizerFaults(written: Written): readonly OptimizerFault[] {
  const faults: OptimizerFault[] = [];
  if (written.kind === 'sgd' && written.nesterov === true && written.momentum === 0)
    faults.push({ path: ['nesterov'], message: 'needs a momentum: write momentum: 0.9 beside it' });
  if (written.kind === 'ridge' || written.kind === 'least-squares' || typeof written.rate === 'number') return faults;
  const { rate: schedule } = written;
  if (schedule.schedule !== 'piecewise') return faults;
  const { rates, at } = schedule;
  if (rates.length !== at.length + 1) {
    const message = `must be one more than the steps of "at": ${at.length} steps part ${at.length + 1} rates, not ${rates.length}`;
    faults.push({ path: ['rate', 'rates'], message });
  }
  at.forEach((step, index) => {
    const before = at[index - 1] ?? 0;
    if (step <= before)
      faults.push({ path: ['rate', 'at', index], message: `must ascend: ${step} comes after ${before}` });
  });
  return faults;
}
