/** One file of a report, read: its syntax tree, front matter and directives. */
import { append } from '../shared/append.js';
import type { Nodes, Root } from 'mdast';
import { sha256 } from '../shared/hash.js';
import { labelNamed, writtenReferences } from '../shared/label-kinds.js';
import type { Place, Problem } from '../shared/problem.js';
import { citedIn } from './cited.js';
import { findDirectives, type FoundDirective, type LostId } from './directives.js';
import { readFrontMatter, type FrontMatter } from './front-matter.js';
import { hiddenCharacters } from './hidden-characters.js';
import type { SourceLines } from './source-lines.js';
import { inlineRequests } from './inline-requests.js';
import { type MarkdownReader, standardReader } from './markdown.js';
import { walk } from './markdown/walk.js';
import { TooMuchMarkdown } from './markdown/too-much.js';
import { neighbourSyntax } from './neighbours/index.js';
import { type Mark, outlineOf } from './outline.js';
import { LineIndex } from './place.js';
import type { CitedWorks, DirectiveKind, InlineRequest } from './report.js';
import { readYaml } from './yaml.js';
import { titleHeading, titleText } from '../shared/title-text.js';
import { PluginFailure, saidByPlugin } from '../shared/plugin.js';
import { VFile } from 'vfile';

export interface ParsedPage {
  readonly file: string;
  readonly text: string;
  /** Where its lines were written, where it includes other files. */
  readonly sources?: readonly SourceLines[];
  /** SHA-256 of the text. */
  readonly digest: string;
  readonly title: string;
  /** The id that its author gave to the heading that is its title. */
  readonly titleId?: string;
  readonly frontMatter: FrontMatter;
  /** Its syntax tree, read when it is asked for. */
  readonly tree: () => Root;
  /** How many nodes that has. */
  readonly nodes: number;
  readonly outline: readonly Mark[];
  readonly directives: readonly FoundDirective[];
  readonly lost: readonly LostId[];
  readonly inline: readonly InlineRequest[];
  readonly cited: CitedWorks;
}

const longestPage = 12 * 1024 * 1024;

/** Reads a page's text. The title comes from the front matter, else from the first heading; without one it is a problem. */
export function parsePage(
  file: string,
  text: string,
  kinds: readonly DirectiveKind[],
  reader: MarkdownReader = standardReader,
): { page: ParsedPage | undefined; problems: Problem[] } {
  const lines = new LineIndex(file, text);
  const refused = tooMuch(file, text);
  if (refused !== undefined) return { page: undefined, problems: [refused] };
  const read = readTree(file, text, reader);
  if ('problem' in read) return { page: undefined, problems: [read.problem] };
  const { tree, problems } = read;

  let frontMatter: FrontMatter = { authors: [] };
  let titleInFrontMatter: Place | undefined;
  const matter = tree.children[0];
  if (matter?.type === 'yaml') {
    const body = readYaml(matter.value, (line, column, to) => {
      const offset = (at: number, col: number): number => lines.startOfLine(at + 1) + col - 1;
      return lines.at(offset(line, column), to === undefined ? undefined : offset(to.line, to.column));
    });
    const read = readFrontMatter(body);
    frontMatter = read.frontMatter;
    titleInFrontMatter = body.placeOf(['title'], 'value');
    append(problems, read.problems);
  } else if (/^---\s*\n/.test(text)) {
    problems.push({
      place: { file, line: 1, column: 1 },
      rule: 'unclosed-front-matter',
      message: 'the front matter is never closed',
      hint: 'end it with a line of ---',
    });
  }

  const found = findDirectives(tree, text, lines, kinds, reader);
  append(problems, found.problems, hiddenCharacters(tree, text, lines));
  const noted = neighbourSyntax(
    tree,
    text,
    lines,
    found.directives,
    kinds.map(({ kind }) => kind),
  );
  const heading = tree.children.find((node) => node.type === 'heading');
  const title = frontMatter.title ?? (heading === undefined ? '' : titleText(heading));
  const titleId = titleHeading(tree, title)?.data?.attributes?.id;
  if (title === '' && problems.length === 0) {
    problems.push({
      place: { file, line: 1, column: 1 },
      rule: 'page-without-title',
      message: 'this page has no title',
      hint: 'start it with a heading such as "# Title", or with front matter: a line of ---, a line "title: ...", a line of ---',
    });
  }
  append(problems, noted);
  const titlePlace = (): Place =>
    frontMatter.title === undefined
      ? placeOfNode(lines, heading)
      : (titleInFrontMatter ?? { file, line: 1, column: 1 });
  append(problems, referencesIn(title, titlePlace));
  const inline = inlineRequests(file, text, tree, found.directives);
  const { directives, lost } = found;
  const outline = outlineOf(file, tree, directives);
  const own = { outline, directives, lost, inline, cited: citedIn(text, tree, directives) };
  const page = {
    file,
    text,
    digest: sha256(text),
    title,
    ...(titleId !== undefined && { titleId }),
    frontMatter,
    tree: () => tree,
    nodes: nodesOf(tree),
    ...own,
  };
  return { page, problems };
}

function nodesOf(tree: Root): number {
  let nodes = 0;
  walk(tree, () => {
    nodes += 1;
    return undefined;
  });
  return nodes;
}

function placeOfNode(lines: LineIndex, node: Nodes | undefined): Place {
  return lines.at(node?.position?.start.offset ?? 0, node?.position?.end.offset);
}

/** A title stands in contents and links of other pages too, as the text that it is. */
function referencesIn(title: string, placeOf: () => Place): Problem[] {
  const written = [...title.matchAll(writtenReferences)].filter(([, name = '']) => labelNamed(name) !== undefined);
  return written.map(([reference]) => ({
    place: placeOf(),
    rule: 'misplaced-reference',
    message: `"${reference}" is no reference in the title of a page`,
    hint: 'write the title without it, and the reference in the text',
  }));
}

interface ReadTree {
  readonly tree: Root;
  /** What plugins say of the page. */
  readonly problems: Problem[];
}

function readTree(file: string, text: string, reader: MarkdownReader): ReadTree | { readonly problem: Problem } {
  const source = new VFile({ path: file, value: text });
  try {
    const tree = reader.read(text, source);
    if (!(tree instanceof TooMuchMarkdown))
      return { tree, problems: source.messages.map((one) => saidByPlugin(file, one)) };
    const { rule, line, message, hint } = tree;
    return { problem: { place: { file, line, column: 1 }, rule, message, hint } };
  } catch (error) {
    if (!(error instanceof PluginFailure)) throw error;
    const { line, column } = error.position?.start ?? { line: 1, column: 1 };
    const problem = {
      rule: 'plugin-failed',
      message: error.message,
      hint: 'mend the plugin, or leave it out',
    } as const;
    return { problem: { place: { file, line, column }, ...problem } };
  }
}

function tooMuch(file: string, text: string): Problem | undefined {
  if (text.length > longestPage) {
    return {
      place: { file, line: 1, column: 1 },
      rule: 'page-too-large',
      message: `this page is ${text.length} characters long, more than ${longestPage}`,
      hint: 'split it into several pages',
    };
  }
  return undefined;
}
