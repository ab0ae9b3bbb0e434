/** Citations of works of the bibliography. */
import type { Citation } from '../../source/report.js';
import { closest, suggestion } from '../../suggest.js';
import { escapeHtml } from '../html.js';
import type { Writer } from './writer.js';

export function writeCitation(node: Citation, writer: Writer): string {
  const { bibliography } = writer.context;
  if (!bibliography.exists) {
    // A name with an at sign in a report that cites nothing is a name.
    if (!node.inSentence && writer.context.typography) {
      writer.problem(node, {
        rule: 'no-bibliography',
        message: 'this report has no bibliography',
        hint: 'put references.bib into its folder, or name another file with "bibliography:" in colophon.yaml',
      });
    }
    return escapeHtml(node.written);
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
  return missing.length > 0 ? escapeHtml(node.written) : bibliography.cite(node.works, node.inSentence);
}

function workFor(key: string, keys: readonly string[], inSentence: boolean): string {
  const hint = suggestion(key, keys);
  const more = closest(key, keys) === undefined ? ', or add its BibTeX entry to the bibliography' : '';
  return `${hint}${more}${inSentence ? '; write \\@ for the sign itself' : ''}`;
}

/** What to write where a figure or table of the report was meant, whose label starts with what it is. */
function labelFor(key: string, { context: { labels } }: Writer): string | undefined {
  const label = labels.get(key);
  if (label !== undefined) {
    const prefix = label.text.startsWith('Table') ? 'tbl' : 'fig';
    return `that is ${label.text}; name it ${prefix}-${key} and write @${prefix}-${key}`;
  }
  const prefix = ['fig', 'tbl', 'eq', 'sec'].find((one) => labels.has(`${one}-${key}`));
  return prefix === undefined ? undefined : `did you mean "@${prefix}-${key}"?`;
}
