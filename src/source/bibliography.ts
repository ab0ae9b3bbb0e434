/** The bibliography of a report: the .bib file that its settings name, or references.bib when there is one. */
import { decodeText } from '../shared/decode.js';
import type { Place, Problem } from '../shared/problem.js';
import { readBibtex } from './bibtex/read.js';
import type { Bibliography, Page, Report, Settings } from './report.js';
import { settingsFile } from './settings.js';

const usualFile = 'references.bib';

/** `pages` say what is cited: nothing else of the file is read whole. */
export function readBibliography(
  settings: Settings,
  dataFile: Report['dataFile'],
  pages: readonly Pick<Page, 'cited'>[],
  styleAt: Place,
): { bibliography?: Bibliography; problems: readonly Problem[] } {
  const { bibliography: named, 'citation-style': style } = settings;
  const file = dataFile(named ?? usualFile, 'bibliography');
  if ('refused' in file) {
    if (named === undefined && file.isAbsent === true) return { problems: [] };
    const problem: Problem = {
      place: { file: named === undefined ? usualFile : settingsFile, line: 1, column: 1 },
      rule: 'no-bibliography',
      message: `the bibliography ${named ?? usualFile} cannot be read: ${file.refused}`,
      hint: "name a .bib file of the report's folder",
    };
    return { problems: [problem] };
  }
  const decoded = decodeText(file.path, file.bytes);
  if ('problem' in decoded) return { problems: [decoded.problem] };
  const cited = new Set(pages.flatMap((page) => page.cited.keys));
  const { keys, works, formulas, problems } = readBibtex(file.path, decoded.text, cited);
  return { bibliography: { keys, works, formulas, style, styleAt }, problems };
}
