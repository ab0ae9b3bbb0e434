/** Which works each page cites, in which style, and where their list stands. */
import type { Problem } from '../../shared/problem.js';
import type { Page, Report } from '../../source/report.js';
import type { Language } from '../../languages/language.js';
import { relativeAddress } from '../address.js';
import { builtInStyle, type CitedList, isBuiltIn } from './built-in.js';
import { cslStyle } from './csl/csl-style.js';
import { findStyle } from './csl/find-style.js';
import { type BibliographyStyle, noBibliography } from './style.js';

export interface ReportCitations {
  readonly of: (page: Page) => BibliographyStyle;
  /** For keys: all that a citation's form depends on but the works. */
  readonly digest: string;
  readonly problems: readonly Problem[];
}

/**
 * The style for each page. A page with `::: {#refs}` holds the list of everything that the report cites; without one,
 * every page ends with a list of its own.
 */
export function reportCitations(report: Report): ReportCitations {
  const { pages, bibliography } = report;
  if (bibliography === undefined) return { of: () => noBibliography, digest: '', problems: [] };
  const { styleOf, digest, problems } = chooseStyle(report, bibliography);
  const holder = pages.find(({ cited }) => cited.holdsList);
  const all = [...new Set(pages.flatMap(({ cited }) => cited.keys))];
  const of = (page: Page): BibliographyStyle =>
    styleOf(
      report.languageOf(page.language),
      holder === undefined
        ? { cited: page.cited.keys, listAt: '', ownList: true }
        : {
            cited: all,
            listAt: page === holder ? '' : relativeAddress(page.address, holder.address),
            ownList: false,
          },
    );
  return { of, digest, problems };
}

type ChosenStyle = Omit<ReportCitations, 'of'> & {
  readonly styleOf: (language: Language, list: CitedList) => BibliographyStyle;
};

function chooseStyle({ files, settings }: Report, bibliography: NonNullable<Report['bibliography']>): ChosenStyle {
  const { style, styleAt } = bibliography;
  const standIn = isBuiltIn(style) ? style : 'author-year';
  const builtIn: ChosenStyle = {
    styleOf: (language, list) => builtInStyle(bibliography, standIn, list, language),
    ...{ digest: style, problems: [] },
  };
  if (isBuiltIn(style)) return builtIn;
  const found = findStyle(style, files);
  if ('refused' in found) {
    const problem: Problem = {
      ...{ place: styleAt, rule: 'citation-style', hint: found.hint },
      message: `the citation style "${style}" cannot be used: ${found.refused}`,
    };
    return { ...builtIn, problems: [problem] };
  }
  return { styleOf: cslStyle(bibliography, found, settings.language), digest: found.digest, problems: [] };
}
