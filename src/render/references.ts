/** Cross-references in running text: `@fig-spectrum` and `@tbl-errors`, as Pandoc and Quarto write them. */
import { suggestion } from '../suggest.js';
import type { Problem } from '../problem.js';
import type { Label } from './labels.js';

export type TextPiece = { readonly text: string } | { readonly label: Label };

const pattern =
  /\[@((?:fig|tbl)-[A-Za-z0-9-]*[A-Za-z0-9])\]|(?<![\p{L}\p{N}_@./-])@((?:fig|tbl)-[A-Za-z0-9-]*[A-Za-z0-9])/gu;

/**
 * Splits text at its references. `source` is the text as written, which tells an escaped `\@fig-one` from a reference
 * and where each one stands; it is empty when unknown.
 */
export function splitReferences(
  text: string,
  source: string,
  labels: ReadonlyMap<string, Label>,
): { pieces: TextPiece[]; problems: (Omit<Problem, 'place'> & { start: number; end: number })[] } {
  const pieces: TextPiece[] = [];
  const problems: (Omit<Problem, 'place'> & { start: number; end: number })[] = [];
  let done = 0;
  let sourceFrom = 0;
  for (const match of text.matchAll(pattern)) {
    const id = match[1] ?? match[2] ?? '';
    const start = source.indexOf(`@${id}`, sourceFrom);
    if (start >= 0) sourceFrom = start + 1;
    if (start > 0 && source[start - 1] === '\\') continue;
    const label = labels.get(id);
    if (label === undefined) {
      const kind = id.startsWith('fig-') ? 'figure' : 'table';
      const known = [...labels.keys()].filter((candidate) => candidate.startsWith(id.slice(0, 4)));
      problems.push({
        rule: 'unknown-reference',
        message: `there is no ${kind} "${id}"`,
        hint: suggestion(id, known),
        start: Math.max(0, start),
        end: Math.max(0, start) + id.length + 1,
      });
      continue;
    }
    pieces.push({ text: text.slice(done, match.index) }, { label });
    done = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(done) });
  return { pieces: pieces.filter((piece) => 'label' in piece || piece.text !== ''), problems };
}
