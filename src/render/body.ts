/** One Markdown tree to HTML, in one walk: only what the writers of its nodes make can be in it. */
import type { FootnoteDefinition, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { writeBlock } from './nodes/blocks.js';
import { writeFootnotes } from './nodes/footnotes.js';
import { writeInline } from './nodes/inline.js';
import { OpenTags } from './nodes/raw-html.js';
import { pageIds } from './page-ids.js';
import { texToText, titleToText } from './math-text.js';
import { searchSections, type Section } from './sections.js';
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

/** HTML of a page's tree. The tree is not modified. */
export function renderBody(source: Root, context: BodyContext): Body {
  const { writer, notes } = writerFor(source, context);
  const body = writer.blocks(source.children);
  const html = body + writeFootnotes(notes, writer) + bibliography(writer);
  return { html, headings: writer.headings, sections: searchSections(source, writer) };
}

/** A line of Markdown without the paragraph around it, and what it says. */
export interface Caption {
  readonly html: string;
  readonly text: string;
}

export function renderInline(source: Root, context: BodyContext): Caption {
  const { writer } = writerFor(source, context);
  const html = writer.blocks(source.children).replace(/^<p>([\s\S]*)<\/p>\s*$/, '$1');
  return { html, text: writer.text(source.children) };
}

function bibliography(writer: Writer): string {
  const list = writer.bibliographyPlaced ? '' : writer.context.bibliography.pageList();
  return list === '' ? '' : `<section class="references"><h2 id="references">References</h2>\n${list}</section>\n`;
}

interface Note {
  readonly definition: FootnoteDefinition;
  readonly uses: () => number;
}

function writerFor(source: Root, context: BodyContext): { writer: Writer; notes: readonly Note[] } {
  const { problems, origin } = context;
  const definitions = footnoteDefinitions(source);
  const notes: Note[] = [];
  const uses = new Map<string, { number: number; count: number }>();
  const writer: Writer = {
    context,
    headings: [],
    anchors: new Map(),
    before: ' ',
    bibliographyPlaced: false,
    inline: (nodes) => inline(nodes, writer),
    blocks: (nodes) => blocks(nodes, writer),
    text: (nodes) => plainText(nodes, context).trim(),
    written: (nodes) => plainText(nodes, context, String).trim(),
    ids: pageIds(source, context),
    footnote: (identifier) => {
      const definition = definitions.get(identifier);
      if (definition === undefined) return undefined;
      let used = uses.get(identifier);
      if (used === undefined) {
        const made = { number: notes.length + 1, count: 0 };
        used = made;
        uses.set(identifier, made);
        notes.push({ definition, uses: () => made.count });
      }
      used.count += 1;
      return { number: used.number, use: used.count };
    },
    problem: (node, problem, start, end) => {
      problems.push({ ...problem, place: origin.place(node, start, end) });
    },
  };
  return { writer, notes };
}

/** By label; the first of two. */
function footnoteDefinitions(source: Root): Map<string, FootnoteDefinition> {
  const found = new Map<string, FootnoteDefinition>();
  const visit = (node: Nodes): void => {
    if (node.type === 'footnoteDefinition' && !found.has(node.identifier)) found.set(node.identifier, node);
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'table' && 'children' in node)
      node.children.forEach(visit);
  };
  visit(source);
  return found;
}

function inline(nodes: readonly PhrasingContent[], writer: Writer): string {
  let written = '';
  let tags: OpenTags | undefined;
  for (const node of nodes) {
    if (node.type === 'html') {
      tags ??= new OpenTags(writer, true);
      written += tags.write(node);
    } else if (tags?.swallowing !== true) written += writeInline(node, writer);
  }
  return tags === undefined ? written : written + tags.end();
}

function blocks(nodes: readonly RootContent[], writer: Writer): string {
  let written = '';
  let tags: OpenTags | undefined;
  for (const node of nodes) {
    let html = '';
    if (node.type === 'html') {
      tags ??= new OpenTags(writer, false);
      html = tags.write(node);
    } else if (tags?.swallowing !== true) html = writeBlock(node, writer);
    if (html !== '') written += `${html}\n`;
  }
  return tags === undefined ? written : written + tags.end();
}

/** What nodes say, without markup: for alternative texts, ids and the table of contents. */
function plainText(nodes: readonly Nodes[], context: BodyContext, formula = texToText): string {
  return nodes
    .map((node): string => {
      const replaced = context.replace(node);
      if (replaced !== undefined) return replaced.text ?? '';
      if (node.type === 'break') return ' ';
      if (node.type === 'image') return plainText(node.data?.caption ?? [], context, formula);
      if (node.type === 'reference') return titleToText(context.labels.get(node.id)?.text ?? node.id);
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

/** What holds text and is no block of its own. */
const phrasing = new Set(['emphasis', 'strong', 'delete', 'link']);
