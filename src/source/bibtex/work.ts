/** A work of a bibliography, as it is cited: an item as CSL has it, whose texts are rich text. */
import type { Place } from '../../shared/problem.js';
import type { CslDate } from './dates.js';

export interface Name {
  readonly given: string;
  /** "von", "de la": before the family name and written with it. */
  readonly particle: string;
  readonly family: string;
  /** "Jr.". */
  readonly suffix: string;
  /** The name of a group or an institution, which has no parts: all of it is in `family`. */
  readonly whole?: true;
  /** Whether the particle is left out where the family name stands alone: `useprefix=false`. */
  readonly dropsParticle?: true;
}

/** Roles in CSL's words. */
export type NameRole = 'author' | 'editor' | 'translator' | 'container-author' | 'director' | 'collection-editor';

export type DateRole = 'issued' | 'accessed' | 'event-date' | 'original-date';

export interface Work {
  readonly key: string;
  /** The entry's type in lower case: "article", "inproceedings". */
  readonly entry: string;
  /** CSL's type: "article-journal", "paper-conference". */
  readonly type: string;
  readonly names: Readonly<Partial<Record<NameRole, readonly Name[]>>>;
  /** Roles whose list ends with "and others". */
  readonly others: readonly NameRole[];
  readonly dates: Readonly<Partial<Record<DateRole, CslDate>>>;
  /** CSL's other variables, by their names: "title", "container-title", "DOI". */
  readonly texts: Readonly<Record<string, string>>;
  readonly place: Place;
}
