/** Which of the runs that a figure shows ended because they diverged, in words. */
import { groupBy } from '../shared/group-by.js';
import type { Artifact } from '../shared/artifact.js';
import type { FigureOptions } from '../steps/figure.js';
import { divergedAt, list } from './words.js';

/** A result, with what tells it from the others. */
interface Run {
  readonly artifact: Artifact;
  readonly labels: ReadonlyMap<string, string>;
}

/** Of one run, or of those that differ in their seeds alone. */
export interface Ending {
  /** "diverged at step 11", "2 of 8 seeds diverged". */
  readonly said: string;
  /** The same with the name of the run, where there are several: "rate 50 diverged at step 11". */
  readonly label: string;
}

export function endingsOf(runs: readonly Run[], { diverged }: Pick<FigureOptions, 'diverged'>): Ending[] {
  return Array.from(groupBy(runs, unseeded), ([name, family]): Ending[] => {
    const ends = family.flatMap(({ artifact }) => (artifact.divergedAt === undefined ? [] : [artifact.divergedAt]));
    const [first] = ends;
    if (first === undefined) return [];
    const left = diverged === 'leave-out' ? ', and are left out' : '';
    const said = family.length === 1 ? divergedAt(first) : `${allOr(ends.length, family.length)} seeds diverged${left}`;
    return [{ said, label: name === '' ? said : `${name}${family.length === 1 ? ' ' : ': '}${said}` }];
  }).flat();
}

/** As a sentence of a description; undefined when none diverged. */
export function endingSentence(endings: readonly Ending[]): string | undefined {
  return endings.length === 0 ? undefined : list(endings.map(({ label }) => label));
}

function allOr(some: number, all: number): string {
  return some === all ? `all ${all}` : `${some} of ${all}`;
}

function unseeded({ labels }: Run): string {
  return Array.from(labels)
    .flatMap(([axis, label]) => (axis === 'seed' ? [] : [label]))
    .join(', ');
}
