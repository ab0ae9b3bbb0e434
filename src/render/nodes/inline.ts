/** What stands in a line of text. */
import type { ElementContent, Text as TextElement } from 'hast';
import type { Html, InlineCode, Link, Nodes, Parents, PhrasingContent, Text } from 'mdast';
import { defaultHandlers, type State } from 'mdast-util-to-hast';
import { normalizeUri } from 'micromark-util-sanitize-uri';
import { element, text as textOf, written } from '../hast.js';
import { noteLatex } from './latex.js';
import { type Writer, writerOf } from './writer.js';

/** Phrasing that is no node's children: captions and titles. */
export function inlineOf(state: State, children: readonly PhrasingContent[] = []): ElementContent[] {
  return state.all({ type: 'paragraph', children: [...children] });
}

export function text(state: State, node: Text, parent: Parents | undefined): TextElement {
  const writer = writerOf(state);
  noteLatex(node, writer);
  const made = textOf(isPartedFromNext(node, parent, writer) ? node.value : node.value.trimEnd());
  state.patch(node, made);
  return made;
}

/** Unless a raised number follows, or a mark that brings its own blank, which no line parts from its word. */
function isPartedFromNext(node: Text, parent: Parents | undefined, { context }: Writer): boolean {
  if (parent === undefined) return true;
  const siblings: readonly Nodes[] = parent.children;
  const next = siblings[siblings.indexOf(node) + 1];
  if (next?.type === 'inlineCode') return context.replace(next)?.hasBlank !== true;
  return context.bibliography.isRaised !== true || next?.type !== 'citation' || next.inSentence;
}

export function inlineCode(state: State, node: InlineCode): ElementContent {
  const replaced = writerOf(state).context.replace(node);
  return replaced === undefined ? defaultHandlers.inlineCode(state, node) : written(replaced.html, replaced.said);
}

export function link(state: State, node: Link): ElementContent[] {
  return linkTo(state, node, state.all(node));
}

/** A link around something; that alone where its address is not published. */
export function linkTo(state: State, node: Link, inside: ElementContent[]): ElementContent[] {
  const writer = writerOf(state);
  const href = writer.context.addresses.link(node, writer);
  if (href === undefined) return inside;
  const made = element('a', { href: normalizeUri(href), title: node.title ?? undefined }, inside);
  state.patch(node, made);
  return [made];
}

declare module 'mdast-util-to-hast' {
  interface RawData {
    /** Whether it stands in a line of text. */
    inLine?: boolean;
  }
}

const lines = new Set([
  ...['paragraph', 'heading', 'tableCell', 'emphasis', 'strong', 'delete', 'link', 'defListTerm'],
  ...['span', 'raised', 'lowered'],
]);

/** HTML of the author's, as it was written; `authorHtml` reads it. */
export function html(state: State, node: Html, parent: Parents | undefined): ElementContent {
  writerOf(state).hasHtml = true;
  const raw: ElementContent = { type: 'raw', value: node.value, data: { inLine: lines.has(parent?.type ?? '') } };
  state.patch(node, raw);
  return raw;
}
