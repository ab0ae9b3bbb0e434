/** Characters in code that show it in another order than it is read in. */
import type { Root } from 'mdast';
import type { Problem } from '../shared/problem.js';
import { walk } from './markdown/walk.js';
import type { LineIndex } from './place.js';

/** Embeddings, overrides and isolates of the bidirectional algorithm. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/u;

/**
 * A problem for each piece of code, directives among it, that holds a character by which a reader sees something else
 * than what runs. In running text these characters belong to some languages, and end with the paragraph.
 */
export function hiddenCharacters(tree: Root, text: string, lines: LineIndex): Problem[] {
  const problems: Problem[] = [];
  walk(tree, (node) => {
    if (node.type !== 'code' && node.type !== 'inlineCode') return undefined;
    const [start, end] = [node.position?.start.offset, node.position?.end.offset];
    if (start === undefined || end === undefined) return undefined;
    const found = reordering.exec(text.slice(start, end));
    if (found === null) return undefined;
    const code = found[0].charCodeAt(0).toString(16).toUpperCase();
    problems.push({
      place: lines.at(start + found.index, start + found.index + 1),
      rule: 'hidden-character',
      message: `this code holds U+${code}, an invisible character that shows text in another order`,
      hint: 'take it out',
    });
    return undefined;
  });
  return problems;
}
