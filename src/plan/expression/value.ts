/** What an expression can be: a number, or absent because a training that it needs diverged. */
import type { Divergence } from '../value-request.js';

/** A run that diverged, one of so many that are taken together: those of one result that differ in their seeds. */
export interface End extends Divergence {
  readonly of: number;
}

/** There is no number: these runs diverged. */
export interface Absent {
  readonly ends: readonly End[];
  /** Whether the author leaves it out, with `converged(...)`: what sums up several values goes without it. */
  readonly leftOut: boolean;
}

/** True is 1 and false 0; what is neither, because a number is missing, is NaN or absent. */
export type Value = number | Absent;

export function isAbsent(value: Value): value is Absent {
  return typeof value !== 'number';
}

/** What is absent when any of these is needed: what nobody leaves out counts before what is left out. */
export function absentOf(values: readonly Absent[]): Absent {
  const needed = values.filter(({ leftOut }) => !leftOut);
  return { ends: endsOf(needed.length > 0 ? needed : values), leftOut: needed.length === 0 };
}

/** The runs that diverged, each once. */
export function endsOf(values: readonly Absent[]): readonly End[] {
  const ends = values.flatMap((value) => value.ends);
  return [...new Map(ends.map((end) => [end.training.name, end])).values()];
}
