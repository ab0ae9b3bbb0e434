/** Citations of works of the bibliography. */
import { dictionary } from '../../shared/dictionary.js';
import { labelKindOf } from '../../shared/label-kinds.js';
import type { Problem } from '../../shared/problem.js';
import type { ElementContent } from 'hast';
import type { State } from 'mdast-util-to-hast';
import type { Citation } from '../../source/report.js';
import { closest, suggestion } from '../../shared/suggest.js';
import type { BibliographyStyle } from '../citations/style.js';
import { text, written } from '../hast.js';
import { htmlToText } from '../html.js';
import { labelText } from '../labels.js';
import { type Writer, writerOf } from './writer.js';

export function citation(state: State, node: Citation): ElementContent {
  const writer = writerOf(state);
  const { bibliography } = writer.context;
  const labelled = referencesInstead(node, writer);
  if (labelled !== undefined) {
    writer.problem(node, labelled);
    return text(node.written);
  }
  if (!bibliography.exists) {
    // A name with an at sign in a report that cites nothing is a name.
    if (!node.inSentence && writer.context.typography) {
      writer.problem(node, {
        rule: 'no-bibliography',
        message: 'this report has no bibliography',
        hint: 'put references.bib into its folder, or name another file with "bibliography:" in colophon.yaml',
      });
    }
    return text(node.written);
  }
  const missing = node.works.filter(({ key }) => !bibliography.has(key));
  for (const { key, position } of missing) {
    writer.problem(
      { position },
      {
        rule: 'unknown-citation',
        message: `the bibliography has no work "${key}"`,
        hint: labelFor(key, writer) ?? workFor(key, bibliography.keys, node.inSentence),
      },
    );
  }
  if (missing.length > 0) return text(node.written);
  const cited = bibliography.cite(node.works, node.inSentence);
  return written(cited, htmlToText(cited));
}

/** What is wrong where a numbered thing of the report is cited as if it were a work. */
function referencesInstead(
  { works, inSentence, written }: Citation,
  { context: { bibliography, typography } }: Writer,
): Omit<Problem, 'place'> | undefined {
  if (!typography) return undefined;
  const meant = works.map(({ key }) => (isWork(key, bibliography) ? undefined : referenceTo(key)));
  if (meant.every((label) => label === undefined)) return undefined;
  const parts = works.map(({ key, prefix, suffix }, index) => {
    const label = meant[index];
    const reference = label === undefined ? `[@${key}]` : `@${label}`;
    return [prefix, `${reference}${/^[,.;:]/.test(suffix) ? '' : ' '}${suffix}`]
      .filter((part) => part !== '')
      .join(' ')
      .trim();
  });
  return {
    rule: inSentence ? 'unknown-citation' : 'unknown-reference',
    message: `"${written}" is not how figures, tables and other numbered things are referred to`,
    hint: `write ${parts.join(parts.length === 2 ? ' and ' : ', ')}`,
    // In a report that cites nothing a name with an at sign may be a name.
    ...(inSentence && !bibliography.exists && { severity: 'warning' }),
  };
}

function isWork(key: string, bibliography: BibliographyStyle): boolean {
  return bibliography.exists && bibliography.has(key);
}

/** `fig-one` itself, and what `fig:one` of other programs is here; undefined for the key of a work. */
function referenceTo(key: string): string | undefined {
  if (labelKindOf(key) !== undefined) return key;
  const [, prefix = '', rest = ''] =
    /^(fig|figure|tbl|tab|table|eq|eqn|sec|section|thm|lem|lst):([\w:.-]+)$/i.exec(key) ?? [];
  if (rest === '') return undefined;
  const own = prefixes[prefix.toLowerCase()] ?? prefix.toLowerCase();
  return `${own}-${rest.replace(/[:._]/g, '-')}`;
}

/** Of other programs' prefixes of labels, ours. */
const prefixes = dictionary<string>({
  figure: 'fig',
  tab: 'tbl',
  table: 'tbl',
  eqn: 'eq',
  section: 'sec',
});

function workFor(key: string, keys: readonly string[], inSentence: boolean): string {
  const hint = suggestion(key, keys);
  const more = closest(key, keys) === undefined ? ', or add its BibTeX entry to the bibliography' : '';
  return `${hint}${more}${inSentence ? '; write \\@ for the sign itself' : ''}`;
}

/** What to write where a figure or table of the report was meant, whose label starts with what it is. */
function labelFor(key: string, { context: { labels, language } }: Writer): string | undefined {
  const label = labels.get(key);
  if (label !== undefined) {
    const { kind } = label;
    return `that is ${labelText(label, { labels, language })}; name it ${kind}-${key} and write @${kind}-${key}`;
  }
  const prefix = ['fig', 'tbl', 'eq', 'sec'].find((one) => labels.has(`${one}-${key}`));
  return prefix === undefined ? undefined : `did you mean "@${prefix}-${key}"?`;
}
