/** One Markdown tree to HTML: directives, numbers, references and math replaced, everything else sanitised. */
import type { Element, Root as HtmlRoot } from 'hast';
import { toString } from 'hast-util-to-string';
import type { Node, PhrasingContent, Root } from 'mdast';
import rehypeHighlight from 'rehype-highlight';
import rehypeSlug from 'rehype-slug';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import type { Problem } from '../problem.js';
import { suggestion } from '../suggest.js';
import { relativeAddress, resolveInReport, schemeOf, splitAddress } from './address.js';
import { escapeHtml, rawNode, toHtml } from './html.js';
import type { WrittenLink } from './check-links.js';
import type { Label } from './labels.js';
import { texToMathMl } from './math.js';
import type { Origin } from './origin.js';
import { Placeholders, placeholderProperty } from './placeholder.js';
import { splitReferences } from './references.js';
import { droppedAddresses, sanitise } from './sanitise.js';
import { searchSections, type Section } from './sections.js';

export interface BodyContext {
  /** The page's file, from which relative links start, and its address in the site. */
  readonly file: string;
  readonly address: string;
  readonly origin: Origin;
  readonly labels: ReadonlyMap<string, Label>;
  /** Addresses of the report's pages by their files. */
  readonly pages: ReadonlyMap<string, string>;
  /** HTML for nodes that stand for something else: directives and numbers in the text. */
  readonly replace: (
    node: Node,
  ) => { readonly tag: 'div' | 'span'; readonly html: string; readonly text?: string } | undefined;
  /** Takes a file of the report into the site; a sentence on why not when it cannot. */
  readonly media: (file: string) => string | undefined;
  readonly problems: Problem[];
  /** Takes every link to a page of the site and to other sites. */
  readonly links: WrittenLink[];
}

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** A rendered tree. */
export interface Body {
  readonly html: string;
  /** Of the second and third level. */
  readonly headings: readonly Heading[];
  readonly sections: readonly Section[];
}

const toTree = unified().use(remarkRehype, { clobberPrefix: '', footnoteLabelTagName: 'h2' }).freeze();
const decorate = unified().use(rehypeSlug).use(rehypeHighlight, { detect: false }).freeze();

/** HTML of a page's tree. The tree is not modified. */
export function renderBody(source: Root, context: BodyContext): Body {
  const placeholders = new Placeholders();
  const tree = prepare(source, context, placeholders);
  const html = toTree.runSync(tree);
  for (const { node, scheme } of droppedAddresses(html)) {
    context.problems.push({
      place: context.origin.place(node),
      rule: 'unsafe-link',
      message: `an address that starts with "${scheme}:" is not published`,
      hint: 'link to a page, or to an http address',
    });
  }
  const clean = decorate.runSync(sanitise(html)) as HtmlRoot;
  resolveLinks(clean, context);
  alignCells(clean);
  const sections = searchSections(clean);
  const headings = collectHeadings(clean);
  placeholders.fill(clean);
  return { html: toHtml(clean), headings, sections };
}

/** A line of Markdown, such as a caption, without the paragraph around it. */
export function renderInline(source: Root, context: BodyContext): string {
  return renderBody(source, context).html.replace(/^<p>([\s\S]*)<\/p>\s*$/, '$1');
}

function prepare(source: Root, context: BodyContext, placeholders: Placeholders): Root {
  // A clone, except that `replace` knows nodes by their identity.
  const originals = new Map<Node, Node>();
  const clone = <Kind extends Node>(node: Kind): Kind => {
    const copy = { ...node };
    if ('children' in node && Array.isArray(node.children))
      Object.assign(copy, { children: (node.children as Node[]).map(clone) });
    originals.set(copy, node);
    return copy;
  };
  const tree = clone(source);
  const stand = (node: Node, tag: 'div' | 'span', html: string, text = ''): void => {
    const { tagName, properties, children } = placeholders.hold(tag, [rawNode(html)], text);
    Object.assign(node, { data: { hName: tagName, hProperties: properties, hChildren: children } });
  };
  visit(tree, (node, index, parent) => {
    const replaced = context.replace(originals.get(node) ?? node);
    if (replaced !== undefined) {
      stand(node, replaced.tag, replaced.html, replaced.text);
      // Code makes a <pre> around itself; a node of no known type is only its data.
      Object.assign(node, { type: 'standIn' });
      return SKIP;
    }
    if (node.type === 'math' || node.type === 'inlineMath') {
      const math = texToMathMl(node.value, node.type === 'math');
      if (typeof math === 'string')
        stand(
          node,
          node.type === 'math' ? 'div' : 'span',
          node.type === 'math' ? `<div class="equation">${math}</div>` : math,
        );
      else {
        const place = context.origin.place(node);
        context.problems.push({
          place,
          rule: 'tex',
          message: `this formula cannot be read: ${math.message}`,
          hint: 'mend the TeX',
        });
      }
      return SKIP;
    }
    if (node.type === 'html') {
      if (/^<!--/.test(node.value)) return SKIP;
      const place = context.origin.place(node);
      context.problems.push({
        place,
        rule: 'raw-html',
        message: 'raw HTML is not published',
        hint: 'write Markdown',
        severity: 'warning',
      });
      return SKIP;
    }
    if (node.type === 'text' && parent !== undefined && index !== undefined && parent.type !== 'link') {
      const { pieces, problems } = splitReferences(node.value, context.origin.source(node), context.labels);
      for (const { start, end, ...problem } of problems)
        context.problems.push({ ...problem, place: context.origin.place(node, start, end) });
      if (pieces.every((piece) => 'text' in piece)) return undefined;
      const nodes = pieces.map(
        (piece): PhrasingContent =>
          'text' in piece
            ? { type: 'text', value: piece.text }
            : {
                type: 'link',
                url: `${piece.label.address === context.address ? '' : relativeAddress(context.address, piece.label.address)}#${piece.label.anchor}`,
                children: [{ type: 'text', value: piece.label.text }],
              },
      );
      (parent.children as Node[]).splice(index, 1, ...nodes);
      return index + nodes.length;
    }
    return undefined;
  });
  return tree;
}

function resolveLinks(tree: HtmlRoot, { file, address, pages, media, origin, problems, links }: BodyContext): void {
  visit(tree, 'element', (node: Element) => {
    const name = node.tagName === 'a' ? 'href' : node.tagName === 'img' ? 'src' : undefined;
    const written = name === undefined ? undefined : node.properties[name];
    if (name === undefined || typeof written !== 'string') return;
    const elsewhere = schemeOf(written) !== undefined;
    const { path, fragment } = splitAddress(written);
    if (elsewhere || written.startsWith('#')) {
      // Generated links, such as those of footnotes, stand nowhere in the source.
      if (node.position !== undefined)
        links.push({
          place: origin.place(node),
          to: elsewhere ? written : address,
          fragment: elsewhere ? '' : fragment,
        });
      return;
    }
    // A reference that was resolved above names a page of the site, not a file of the report.
    if (
      name === 'href' &&
      path.endsWith('.html') &&
      [...pages.values()].some((page) => relativeAddress(address, page) === path)
    )
      return;
    const target = resolveInReport(file, path);
    const wrong = (message: string, hint: string): void => {
      problems.push({ place: origin.place(node), rule: 'broken-link', message, hint });
    };
    if (target === undefined) wrong(`"${written}" leads out of the report`, 'link to a page or a file of the report');
    else if (name === 'href' && target.endsWith('.md')) {
      const page = pages.get(target);
      if (page === undefined) wrong(`there is no page ${target}`, suggestion(target, [...pages.keys()]));
      else {
        links.push({ place: origin.place(node), to: page, fragment });
        node.properties['href'] = relativeAddress(address, page) + (fragment === '' ? '' : `#${fragment}`);
      }
    } else {
      const refused = media(target);
      if (refused === undefined) node.properties[name] = relativeAddress(address, target);
      else wrong(`${target} cannot be published: ${refused}`, 'name a file of the report');
    }
  });
}

/** `align` is of old: classes say the same. */
function alignCells(tree: HtmlRoot): void {
  visit(tree, 'element', ({ tagName, properties }: Element) => {
    if ((tagName !== 'td' && tagName !== 'th') || typeof properties['align'] !== 'string') return;
    properties['className'] = [properties['align']];
    delete properties['align'];
  });
}

function collectHeadings(tree: HtmlRoot): Heading[] {
  const headings: Heading[] = [];
  visit(tree, 'element', (node: Element) => {
    const level = /^h([2-4])$/.exec(node.tagName)?.[1];
    const id = node.properties['id'];
    if (level === undefined || typeof id !== 'string' || node.properties[placeholderProperty] !== undefined) return;
    const text = toString(node);
    if (Number(level) < 4 && !id.startsWith('footnote')) headings.push({ level: Number(level), id, text });
    node.children.push(
      rawNode(
        ` <a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to the section ${escapeHtml(text)}">#</a>`,
      ),
    );
  });
  return headings;
}
