/**
 * The Markdown that pages are written in: CommonMark 0.31, GitHub's tables, task lists, strikethrough, footnotes and bare
 * links, front matter, TeX math, and what reports need besides: references, citations, labels, callouts, containers and
 * definition lists.
 *
 * The parser is our own because pages are read again at every keystroke: on the same pages it takes a twentieth of remark's
 * time (`test/bench/markdown.mjs`), that time grows with the length of the text whatever stands in it, nesting is bounded,
 * and everything keeps its place for the problems that name it.
 *
 * Tests hold it to CommonMark's examples and to remark-gfm. Of the 652 examples 567 are compared; left out are those about
 * raw HTML, which is written anew (79), two in which a line of dashes at the very start begins front matter (96, 98), and
 * four in which a bare address is text, here a link as on GitHub (606, 608, 611, 612).
 */
import type { Root, Yaml } from 'mdast';
import { readBlocks } from './markdown/blocks.js';
import { toRoot } from './markdown/tree.js';

/** Text to a syntax tree with positions. */
export function parseMarkdown(text: string): Root {
  const matter = frontMatter(text);
  const reader = readBlocks(text, matter?.end ?? 0, matter?.nextLine ?? 1);
  const root = toRoot(reader.root, { definitions: reader.definitions, footnotes: reader.footnotes });
  if (matter !== undefined) root.children.unshift(matter.node);
  return root;
}

/** YAML between lines of three dashes at the very start. */
function frontMatter(text: string): { node: Yaml; end: number; nextLine: number } | undefined {
  const opening = /^---[ \t]*\n/.exec(text)?.[0];
  if (opening === undefined) return undefined;
  const closing = /^---[ \t]*$/m;
  const rest = text.slice(opening.length);
  const match = closing.exec(rest);
  if (match === null) return undefined;
  const value = rest.slice(0, Math.max(0, match.index - 1));
  const line = rest.slice(0, match.index).split('\n').length + 1;
  const end = opening.length + match.index + match[0].length;
  const position = {
    start: { line: 1, column: 1, offset: 0 },
    end: { line, column: match[0].length + 1, offset: end },
  };
  return { node: { type: 'yaml', value, position }, end: Math.min(text.length, end + 1), nextLine: line + 1 };
}
