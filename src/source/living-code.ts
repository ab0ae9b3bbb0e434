/** Inline code that stands for something computed: `` `= id.name .4f` `` and `` `claim ...` ``. */
import type { InlineCode, Nodes } from 'mdast';
import type { Place } from '../problem.js';
import type { FoundDirective } from './directives.js';
import { claimSentences } from './claim-sentences.js';
import { walk } from './markdown/walk.js';
import { LineIndex } from './place.js';
import { readLivingCode } from './read-living-code.js';
import type { LivingCode } from './report.js';

const textBlocks = new Set<Nodes['type']>(['paragraph', 'heading', 'tableCell', 'definitionTerm']);

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
  // Those of a block of text that have not been met yet.
  const sentences = new Map<Nodes, string[]>();
  const nextSentence = (): string => {
    if (around === undefined) return '';
    const left = sentences.get(around) ?? claimSentences(around);
    sentences.set(around, left);
    return left.shift() ?? '';
  };

  const take = (node: InlineCode, place: Place, placeOf: (start: number, end: number) => Place): void => {
    const living = readLivingCode(node.value);
    if (living === undefined) return;
    const { what, start: opening } = living;
    found.push({
      node,
      what,
      text: node.value.slice(opening),
      place,
      placeOf: (start, end) => placeOf(start + opening, end + opening),
      sentence: what === 'claim' ? nextSentence() : '',
    });
  };

  walk(tree, (node) => {
    if (textBlocks.has(node.type)) around = node;
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
