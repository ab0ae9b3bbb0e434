/** One Markdown tree to HTML, by remark-rehype, the plugins of this program, and rehype-stringify. */
import type { Root as Tree } from 'hast';
import type { Nodes, Root } from 'mdast';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { append } from '../shared/append.js';
import { noPlugins, PluginFailure, type Plugins, saidByPlugin } from '../shared/plugin.js';
import { htmlSettings } from './hast.js';
import { handlers } from './nodes/handlers.js';
import { pageIds } from './page-ids.js';
import { texToText } from './math-text.js';
import { referenceWords } from './reference-words.js';
import type { CrossReference } from '../source/report.js';
import type { Section } from './sections.js';
import { authorHtml } from './rehype/author-html.js';
import { formulas } from './rehype/formulas.js';
import { highlightCode } from './rehype/highlight-code.js';
import { noteSections } from './rehype/note-sections.js';
import { singleLinks } from './rehype/single-links.js';
import { typography } from './rehype/typography.js';
import { writtenAsRaw } from './rehype/written-as-raw.js';
import { afterPlugin, beforePlugins, cleanPage } from './rehype/plugin-html.js';
import type { BodyContext, Heading, Writer } from './nodes/writer.js';

export type { BodyContext, Heading } from './nodes/writer.js';

/** A rendered tree. */
export interface Body {
  readonly html: string;
  /** Of the second and third level. */
  readonly headings: readonly Heading[];
  /** What a reader can search for. */
  readonly sections: readonly Section[];
}

/** Writes trees as HTML. */
export type BodyProcessor = ReturnType<typeof bodyProcessor>;

/** Plugins of a report stand after the author's HTML is read, and before formulas are set and code is coloured. */
export function bodyProcessor({ rehype }: Pick<Plugins, 'rehype'> = noPlugins, keepsHtml = false) {
  const reading = unified().use(remarkRehype, { allowDangerousHtml: true, handlers }).use(authorHtml);
  if (rehype.length > 0) {
    reading.use(beforePlugins);
    for (const { name, attach, options } of rehype)
      reading.use(attach, ...options).use(() => afterPlugin(name, keepsHtml));
    // A plugin that is used twice under one name runs once.
    reading.use(() => authorHtml());
    if (!keepsHtml) reading.use(cleanPage);
  }
  return reading
    .use(singleLinks)
    .use(formulas)
    .use(highlightCode)
    .use(typography)
    .use(noteSections)
    .use(writtenAsRaw)
    .use(rehypeStringify, htmlSettings)
    .freeze();
}

/** Without plugins of a report. */
export const standardBody = bodyProcessor();

/** HTML of a page's tree. The tree is not modified. */
export function renderBody(source: Root, context: BodyContext, processor = standardBody): Body {
  const writer = writerFor(source, context, false);
  const html = processor.stringify(treeOf(source, writer, processor));
  return { html, headings: writer.headings, sections: writer.sections };
}

/** A line of Markdown without the paragraph around it, and what it says. */
export interface Caption {
  readonly html: string;
  readonly said: string;
}

export function renderInline(source: Root, context: BodyContext, processor = standardBody): Caption {
  const writer = writerFor(source, context, true);
  const tree = treeOf(source, writer, processor);
  const [only, more] = tree.children.filter((child) => child.type !== 'text');
  const isLine = only?.type === 'element' && only.tagName === 'p' && more === undefined;
  const html = processor.stringify(isLine ? { type: 'root', children: only.children } : tree);
  return { html, said: writer.sections.map(({ text }) => text).join(' ') };
}

function treeOf(source: Root, writer: Writer, processor: BodyProcessor): Tree {
  const { file: path, problems } = writer.context;
  const file = new VFile({ path });
  file.data.writer = writer;
  try {
    const tree = processor.runSync(source, file);
    append(
      problems,
      file.messages.map((message) => saidByPlugin(path, message)),
    );
    return tree;
  } catch (error) {
    // What a plugin leaves can also fail later, in one of ours.
    if (processor === standardBody || !(error instanceof Error)) throw error;
    const { message, position } =
      error instanceof PluginFailure ? error : new PluginFailure('of this report', error.message);
    writer.problem({ position }, { rule: 'plugin-failed', message, hint: 'mend the plugin, or leave it out' });
    return { type: 'root', children: [] };
  }
}

function writerFor(source: Root, context: BodyContext, isCaption: boolean): Writer {
  const { problems, origin } = context;
  return {
    ...{ context, headings: [], sections: [], footnotes: new Map() },
    ...{ isCaption, bibliographyPlaced: false, hasHtml: false },
    text: (nodes) => plainText(nodes, context).trim(),
    written: (nodes) => plainText(nodes, context, String).trim(),
    ids: pageIds(source, context),
    problem: (node, problem, start, end) => {
      problems.push({ ...problem, place: origin.place(node, start, end) });
    },
  };
}

/** What nodes say, without markup: for alternative texts, ids and the table of contents. */
function plainText(nodes: readonly Nodes[], context: BodyContext, formula = texToText): string {
  return nodes
    .map((node): string => {
      const replaced = context.replace(node);
      if (replaced !== undefined) return replaced.text;
      if (node.type === 'break') return ' ';
      if (node.type === 'image') return plainText(node.data?.caption ?? [], context, formula);
      if (node.type === 'reference') return saidBy(node, context);
      if (node.type === 'citation') return node.written;
      if (node.type === 'inlineMath') return formula(node.value);
      if (node.type === 'html' || node.type === 'footnoteReference') return '';
      if (node.type === 'yaml' || node.type === 'math' || node.type === 'footnoteDefinition') return '';
      if (!('children' in node)) return 'value' in node ? node.value : '';
      const inside = plainText(node.children, context, formula);
      return phrasing.has(node.type) ? inside : `${inside} `;
    })
    .join('');
}

function saidBy(node: CrossReference, context: BodyContext): string {
  const words = referenceWords(node, context)?.map(({ text }) => text);
  return words?.join('') ?? node.written;
}

/** What holds text and is no block of its own. */
const phrasing = new Set(['emphasis', 'strong', 'delete', 'link']);
