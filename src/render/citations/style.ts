/** How a page cites: what stands in its sentences, and the list of works that they lead to. */
import type { Cited } from '../../source/report.js';

export interface BibliographyStyle {
  /** Whether the report has a bibliography at all. */
  readonly exists: boolean;
  readonly keys: readonly string[];
  readonly has: (key: string) => boolean;
  /** `(Jacot et al., 2018)`, `[1]`; in the sentence, `Jacot et al. (2018)`. */
  readonly cite: (works: readonly Cited[], inSentence: boolean) => string;
  /** Whether citations are raised numbers, which stand close to the word before them. */
  readonly isRaised?: boolean;
  /** The list where `::: {#refs}` stands. */
  readonly list: () => string;
  /** The list at the end of a page; empty when the report's stands elsewhere, or nothing is cited. */
  readonly pageList: () => string;
}

export const noBibliography: BibliographyStyle = {
  exists: false,
  keys: [],
  has: () => false,
  cite: () => '',
  list: () => '',
  pageList: () => '',
};

/** The element id of a work in a list. */
export function anchorOfWork(key: string): string {
  return `ref-${key.replace(/[^\p{L}\p{N}_.:-]/gu, '-')}`;
}
