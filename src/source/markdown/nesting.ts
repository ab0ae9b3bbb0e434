/** Deep nesting exhausts the stack of whatever walks a tree, so it is refused before the text is read. */
import type { Nodes, Root } from 'mdast';
import { linesOutsideFences } from './fences.js';
import { TooMuchMarkdown } from './too-much.js';

const deepest = 100;
/** Of a tree, with what is around the words of a line. */
const deepestTree = 500;
const containerMarker = /[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)]|:)(?=[ \t]|$)|\[\^[^\]\s[]{1,999}\]:)/y;

/** Throws where a line is nested too deep. */
export function checkNesting(text: string): void {
  for (const [number, line] of linesOutsideFences(text)) {
    const depth = nesting(line);
    if (depth > deepest) {
      const message = `this line is nested ${depth} levels deep, more than ${deepest}`;
      throw new TooMuchMarkdown('nested-too-deep', number, message, 'make it flatter');
    }
  }
}

/** How many quotes, lists and notes a line opens or goes on with: by its markers, or by its indentation before one. */
function nesting(line: string): number {
  let depth = 0;
  let last = 0;
  containerMarker.lastIndex = 0;
  while (containerMarker.test(line)) {
    depth += 1;
    last = containerMarker.lastIndex;
  }
  // A line of nothing but dashes or stars is a rule, however long it is.
  if (depth > deepest && /^[ \t]*([*-])(?:[ \t]*\1)*[ \t]*$/.test(line)) return 0;
  // A list in a list starts two columns further to the right, or more.
  const blanks = depth === 0 ? 0 : line.slice(0, last).replace(/[^ \t]/g, '').length;
  return blanks > 2 * deepest ? Math.max(depth, Math.ceil(blanks / 2)) : depth;
}

/** Throws where a tree is too deep for what walks it, such as emphasis in emphasis. */
export function checkDepth(tree: Root): void {
  let nodes: Nodes[] = [tree];
  for (let depth = 0; nodes.length > 0; depth += 1) {
    const [first] = nodes;
    if (depth > deepestTree && first !== undefined) {
      const message = `what stands here is nested more than ${deepestTree} levels deep`;
      throw new TooMuchMarkdown('nested-too-deep', first.position?.start.line ?? 1, message, 'make it flatter');
    }
    nodes = nodes.flatMap((node) => ('children' in node ? node.children : []));
  }
}
