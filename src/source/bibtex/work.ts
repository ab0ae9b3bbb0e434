/** A work of a bibliography, as it is cited. */
import type { Place } from '../../shared/problem.js';

export interface Name {
  readonly given: string;
  /** "von", "de la": before the family name and written with it. */
  readonly particle: string;
  readonly family: string;
  /** "Jr.". */
  readonly suffix: string;
}

export interface Work {
  readonly key: string;
  /** "article", "inproceedings", in lower case. */
  readonly type: string;
  readonly authors: readonly Name[];
  /** Whether the list ends with "and others". */
  readonly moreAuthors: boolean;
  readonly editors: readonly Name[];
  /** The other fields as text, without TeX: title, journal, booktitle, year, doi, url. */
  readonly fields: Readonly<Record<string, string>>;
  readonly place: Place;
}
