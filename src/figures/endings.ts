/** Which of the runs that a figure shows ended because they diverged, in words. */
import { groupBy } from '../shared/group-by.js';
import type { Artifact } from '../shared/artifact.js';
import { counted } from '../languages/words.js';
import type { FigureOptions } from '../steps/figure.js';
import { divergedAt, factOf, joined, list, say, type Spoken } from './words.js';

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

export function endingsOf(
  runs: readonly Run[],
  { diverged }: Pick<FigureOptions, 'diverged'>,
  language: Spoken,
): Ending[] {
  const { scripts, drawings } = language.words;
  const { leftOut, endOfRun } = drawings.notes;
  const families = groupBy(runs, (run) => unseeded(run, language));
  return Array.from(families, ([name, family]): Ending[] => {
    const ends = family.flatMap(({ artifact }) => (artifact.divergedAt === undefined ? [] : [artifact.divergedAt]));
    const [first] = ends;
    if (first === undefined) return [];
    if (family.length === 1) {
      const said = divergedAt(scripts.figure, first);
      return [{ said, label: name === '' ? said : say(endOfRun, { name, said }) }];
    }
    const seeds = seedsDiverged(ends.length, family.length, language);
    const said = diverged === 'leave-out' ? say(leftOut, { said: seeds }) : seeds;
    return [{ said, label: factOf(language, name, said) }];
  }).flat();
}

/** As a sentence of a description; undefined when none diverged. */
export function endingSentence(endings: readonly Ending[], language: Spoken): string | undefined {
  if (endings.length === 0) return undefined;
  return list(
    language,
    endings.map(({ label }) => label),
  );
}

function seedsDiverged(some: number, all: number, { tag, words }: Spoken): string {
  const { scripts, drawings } = words;
  return some === all
    ? say<string>(counted(scripts.figure.allDiverged, all, tag), { count: all })
    : say(drawings.notes.someSeedsDiverged, { some, count: all });
}

function unseeded({ labels }: Run, language: Spoken): string {
  return joined(
    language,
    Array.from(labels).map(([axis, label]) => (axis === 'seed' ? undefined : label)),
  );
}
