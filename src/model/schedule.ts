/**
 * Learning rates as functions of the step, in absolute steps: nothing depends on how many there will be, so that a longer
 * training goes on where a shorter one ended. Those of torch.optim.lr_scheduler, stepped after each update.
 */
import { entryOf } from '../shared/entry-of.js';
import { exp } from './transcendental/exp.js';
import { log } from './transcendental/log.js';
import { cos } from './transcendental/sin.js';

export interface Schedules {
  /** LinearLR: in a line from one rate to another over so many steps, and that one ever after. */
  readonly 'warm-up': { readonly from: number; readonly to: number; readonly steps: number };
  /** MultiStepLR: after at[i] steps rates[i + 1], before the first rates[0]. `at` ascends. */
  readonly piecewise: { readonly rates: readonly number[]; readonly at: readonly number[] };
  /** ExponentialLR: times `factor` in every `every` steps, a little at each. */
  readonly exponential: { readonly from: number; readonly factor: number; readonly every: number };
  /** CosineAnnealingLR: half a wave from one rate to another in `period` steps, and back in as many, again and again. */
  readonly cosine: { readonly from: number; readonly to: number; readonly period: number };
}

export type ScheduleName = keyof Schedules;

/** A schedule and its numbers. */
export type Schedule<Name extends ScheduleName = ScheduleName> = {
  readonly [Each in Name]: { readonly schedule: Each } & Schedules[Each];
}[Name];

/** The same at every step, or by a schedule. */
export type Rate = number | Schedule;

type Definitions = { readonly [Name in ScheduleName]: (schedule: Schedule<Name>, taken: number) => number };

const definitions: Definitions = {
  'warm-up': ({ from, to, steps }, taken) => (taken >= steps ? to : from + ((to - from) * taken) / steps),
  piecewise: ({ rates, at }, taken) => rates[at.filter((step) => step <= taken).length] ?? 0,
  exponential: ({ from, factor, every }, taken) => from * exp((log(factor) * taken) / every),
  cosine: ({ from, to, period }, taken) => {
    // The wave repeats, so that its argument stays small.
    const phase = (taken % (2 * period)) / period;
    return to + ((from - to) * (1 + cos(Math.PI * phase))) / 2;
  },
};

function scheduled<Name extends ScheduleName>(schedule: Schedule<Name>, taken: number): number {
  return entryOf(definitions, schedule.schedule, 'schedule')(schedule, taken);
}

/** The rate of the step that comes after `taken` steps. Throws a RangeError for a schedule that there is not. */
export function rateAt(rate: Rate, taken: number): number {
  return typeof rate === 'number' ? rate : scheduled(rate, taken);
}

/** The rates of the `count` steps that come after `taken` steps. */
export function ratesFrom(rate: Rate, taken: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, step) => rateAt(rate, taken + step));
}
