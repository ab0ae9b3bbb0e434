/** Warnings about what a neighbour of Markdown means: it would be printed as it stands, or dropped, and no one would know. */
import { append } from '../../shared/append.js';
import type { Nodes, Root } from 'mdast';
import type { Problem } from '../../shared/problem.js';
import type { FoundDirective } from '../directives.js';
import { walk } from '../markdown/walk.js';
import type { LineIndex } from '../place.js';
import { generators } from './generators.js';
import { latex } from './latex.js';
import { myst } from './myst.js';
import { codeMark, type Neighbour, otherMark } from './neighbour.js';
import { findingsOf, type Finding } from './nodes.js';
import { quarto } from './quarto.js';
import { texParentheses } from './tex-parentheses.js';
import { unindentedMath } from './unindented-math.js';

const families: readonly Neighbour[] = [...quarto, ...myst, ...latex, ...generators, ...unindentedMath];

/** What of a page is a neighbour's, in its text and in the captions of its directives. */
export function neighbourSyntax(
  tree: Root,
  text: string,
  lines: LineIndex,
  directives: readonly FoundDirective[],
  kinds: readonly string[],
): Problem[] {
  const problem = ({ message, hint }: Finding): Omit<Problem, 'place'> => ({
    rule: 'neighbour-syntax',
    message,
    hint,
    severity: 'warning',
  });
  const inText = find(tree, text, kinds).map(
    (found): Problem => ({ ...problem(found), place: lines.at(found.start, found.end) }),
  );
  const inCaptions = directives.flatMap(({ prose, body, placeOf }) =>
    Object.entries(prose).flatMap(([option, read]) => {
      const written = body[option];
      const found = typeof written === 'string' ? find(read, written, kinds) : [];
      return found.map((one): Problem => ({ ...problem(one), place: placeOf([option], 'value') }));
    }),
  );
  return [...inText, ...inCaptions];
}

/** In the order of the text; nothing inside of what has been found already. */
function find(tree: Root, text: string, kinds: readonly string[]): Finding[] {
  const ofNodes: Finding[] = [];
  walk(tree, (node) => {
    append(ofNodes, findingsOf(node, text, kinds));
    return undefined;
  });
  const searched = running(tree, text);
  const parentheses = texParentheses(searched, text);
  // A backslash makes the next character itself.
  const plain = searched.replace(/\\[!-/:-@[-`{-~]/g, otherMark.repeat(2));
  const possible = families.filter(({ sign }) => sign === undefined || plain.includes(sign));
  const ofText = possible.flatMap(({ pattern, say }) =>
    [...plain.matchAll(pattern)].flatMap((match): (Finding & { readonly until: number })[] => {
      const said = say(match, { text, searched: plain });
      if (said === undefined) return [];
      // Blanks before what stands on a line of its own are no part of it.
      const start = match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0);
      const end = said.shown === undefined ? match.index + match[0].trimEnd().length : start + said.shown;
      const { message, hint, until = match.index + match[0].length } = said;
      return [{ start, end, message, hint, until }];
    }),
  );
  const all = [...ofNodes, ...parentheses, ...ofText].sort((a, b) => a.start - b.start);
  const kept: Finding[] = [];
  let reached = 0;
  for (const finding of all) {
    if (finding.start < reached) continue;
    reached = 'until' in finding ? Number(finding.until) : finding.end;
    // What has no hint is said by others, with all that is inside it.
    if (finding.hint !== '') kept.push(finding);
  }
  return kept;
}

/** The page with everything but its running text blanked out, as long as it was. */
function running(tree: Root, text: string): string {
  const parts: string[] = [];
  let at = 0;
  const blank = (from: number | undefined, to: number | undefined, mark: string): void => {
    if (from === undefined || to === undefined || to <= at) return;
    const start = Math.max(from, at);
    parts.push(text.slice(at, start), text.slice(start, to).replace(/[^\n]/g, mark));
    at = to;
  };
  const visited = (node: Nodes): boolean | undefined => {
    const { start, end } = offsets(node);
    switch (node.type) {
      case 'yaml':
      case 'code':
      case 'html':
      case 'math':
      case 'inlineMath':
      case 'definition':
      case 'citation':
      case 'reference':
      case 'footnoteReference':
        blank(start, end, otherMark);
        return false;
      case 'inlineCode':
        blank(start, end, codeMark);
        return false;
      case 'container':
        blank(start, lineEnd(text, start ?? 0), otherMark);
        return undefined;
      case 'image':
        blank(start, end, otherMark);
        return false;
      case 'span':
        for (const child of node.children) walk(child, visited);
        blank(text.lastIndexOf('{', end), end, otherMark);
        return false;
      case 'link': {
        const [first, last] = [node.children[0], node.children.at(-1)];
        const bare = first?.type === 'text' && first === last && /^(?:https?:|www\.|mailto:)/.test(first.value);
        if (first === undefined || last === undefined || bare) blank(start, end, otherMark);
        else {
          blank(start, offsets(first).start, otherMark);
          walkInside(node);
          blank(offsets(last).end, end, otherMark);
        }
        return false;
      }
      default:
        return undefined;
    }
  };
  walk(tree, visited);
  parts.push(text.slice(at));
  return parts.join('');

  function walkInside(link: Nodes): void {
    if (!('children' in link)) return;
    for (const child of link.children) {
      walk(child, (node) => {
        const { start, end } = offsets(node);
        if (node.type === 'inlineCode' || node.type === 'inlineMath' || node.type === 'image') {
          blank(start, end, node.type === 'inlineCode' ? codeMark : otherMark);
          return false;
        }
        return undefined;
      });
    }
  }
}

function offsets({ position }: Nodes): { readonly start: number | undefined; readonly end: number | undefined } {
  return { start: position?.start.offset, end: position?.end.offset };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
