/** Inline code that stands for something computed: `` `= id.name .4f` `` and `` `claim ...` ``. */
import type { InlineCode, Nodes } from 'mdast';
import type { Place } from '../shared/problem.js';
import type { FoundDirective } from './directives.js';
import { requestSentences } from './request-sentences.js';
import { walk } from './markdown/walk.js';
import { nodeId, proseScope } from '../shared/node-id.js';
import { LineIndex } from './place.js';
import { readInlineRequest } from './read-inline-request.js';
import type { InlineRequest } from './report.js';

const textBlocks = new Set<Nodes['type']>(['paragraph', 'figure', 'heading', 'tableCell', 'defListTerm']);

/** All of a page, in the order of its text; those in captions at their directive. */
export function inlineRequests(
  file: string,
  text: string,
  tree: Nodes,
  directives: readonly FoundDirective[],
): InlineRequest[] {
  if (!text.includes('`=') && !text.includes('`claim')) return [];
  const lines = new LineIndex(file, text);
  const byPlace = new Map(directives.map((directive) => [directive.at, directive]));
  const found: InlineRequest[] = [];
  let around: Nodes | undefined;
  // Those of a block of text that have not been met yet.
  const sentences = new Map<Nodes, string[]>();
  const nextSentence = (): string => {
    if (around === undefined) return '';
    const left = sentences.get(around) ?? requestSentences(around);
    sentences.set(around, left);
    return left.shift() ?? '';
  };

  const take = (
    node: InlineCode,
    scope: string,
    place: Place,
    placeOf: (start: number, end: number) => Place,
  ): void => {
    const request = readInlineRequest(node.value);
    if (request === undefined) return;
    const { what, start: opening } = request;
    found.push({
      at: nodeId(scope, node),
      what,
      text: node.value.slice(opening),
      place,
      placeOf: (start, end) => placeOf(start + opening, end + opening),
      sentence: nextSentence(),
    });
  };

  walk(tree, (node) => {
    if (textBlocks.has(node.type)) around = node;
    if (node.type === 'inlineCode') {
      const start = node.position?.start.offset ?? 0;
      const end = node.position?.end.offset ?? start;
      const written = text.slice(start, end);
      const inside = written.indexOf(node.value);
      take(node, file, lines.at(start, end), (from, to) =>
        // Code over two lines is not as it was written.
        inside < 0 ? lines.at(start, end) : lines.at(start + inside + from, start + inside + to),
      );
    }
    const directive = node.type === 'code' ? byPlace.get(nodeId(file, node)) : undefined;
    if (directive === undefined) return undefined;
    for (const [option, prose] of Object.entries(directive.prose)) {
      const [place, scope] = [directive.placeOf([option], 'value'), proseScope(directive, option)];
      around = prose;
      walk(prose, (inner) => {
        if (inner.type === 'inlineCode') take(inner, scope, place, () => place);
        return undefined;
      });
    }
    return undefined;
  });
  return found;
}
