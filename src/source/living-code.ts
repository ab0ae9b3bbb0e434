/** Inline code that stands for something computed: `` `= id.name .4f` `` and `` `claim ...` ``. */
import type { InlineCode, Nodes } from 'mdast';
import type { Place } from '../problem.js';
import type { FoundDirective } from './directives.js';
import { walk } from './markdown/walk.js';
import { LineIndex } from './place.js';
import type { LivingCode } from './report.js';

const opening = /^(=|claim)\s+/;

/** All of a page, in the order of its text; those in captions at their directive. */
export function livingCode(
  file: string,
  text: string,
  tree: Nodes,
  directives: readonly FoundDirective[],
): LivingCode[] {
  if (!text.includes('`=') && !text.includes('`claim')) return [];
  const lines = new LineIndex(file, text);
  const byNode = new Map<object, FoundDirective>(directives.map((directive) => [directive.node, directive]));
  const found: LivingCode[] = [];
  let around: Nodes | undefined;
  // Of a paragraph with many pieces of code, once.
  const sentences = new Map<Nodes, string>();
  const sentence = (): string => {
    if (around === undefined) return '';
    const known = sentences.get(around) ?? said(around).replace(/\s+(?=[.,;:!?])/g, '');
    sentences.set(around, known);
    return known;
  };

  const take = (node: InlineCode, place: Place, placeOf: (start: number, end: number) => Place): void => {
    const match = opening.exec(node.value);
    if (match === null) return;
    found.push({
      node,
      what: match[1] === '=' ? 'value' : 'claim',
      text: node.value.slice(match[0].length),
      place,
      placeOf: (start, end) => placeOf(start + match[0].length, end + match[0].length),
      sentence: match[1] === 'claim' ? sentence() : '',
    });
  };

  walk(tree, (node) => {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') around = node;
    if (node.type === 'inlineCode') {
      const start = node.position?.start.offset ?? 0;
      const end = node.position?.end.offset ?? start;
      const written = text.slice(start, end);
      const inside = written.indexOf(node.value);
      take(node, lines.at(start, end), (from, to) =>
        // Code over two lines is not as it was written.
        inside < 0 ? lines.at(start, end) : lines.at(start + inside + from, start + inside + to),
      );
    }
    const directive = node.type === 'code' ? byNode.get(node) : undefined;
    for (const [option, prose] of Object.entries(directive?.prose ?? {})) {
      const place = directive?.placeOf([option], 'value') ?? { file, line: 1, column: 1 };
      around = prose;
      walk(prose, (inner) => {
        if (inner.type === 'inlineCode') take(inner, place, () => place);
        return undefined;
      });
    }
    return undefined;
  });
  return found;
}

/** What a sentence says: a claim is no part of what it supports, and a number is not known yet. */
function said(node: Nodes): string {
  if (node.type === 'inlineCode') {
    const what = opening.exec(node.value)?.[1];
    return what === undefined ? node.value : what === '=' ? '…' : '';
  }
  if (node.type === 'reference') return `@${node.id}`;
  if (node.type === 'citation') return node.written;
  return 'children' in node ? node.children.map(said).join('') : 'value' in node ? node.value : '';
}
