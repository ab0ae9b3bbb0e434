/** Callouts, theorems and other blocks between `:::` fences. */
import type { Element, ElementContent } from 'hast';
import type { RootContent } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import type { Words } from '../../languages/words.js';
import type { Callout, Container } from '../../source/report.js';
import { closest, suggestion } from '../../shared/suggest.js';
import { isCalloutLabel, isTheoremLabel, labelNoun } from '../../shared/label-kinds.js';
import { holdsTabs } from '../../shared/tab-classes.js';
import { element, leadingParagraph, text, written } from '../hast.js';
import { htmlToText } from '../html.js';
import { labelElement, labelText } from '../labels.js';
import { inlineOf } from './inline.js';
import { columns, isPanel, panel } from './panel.js';
import { tabs } from './tabs.js';
import { type Writer, writerOf } from './writer.js';

const unnumbered = ['proof', 'solution', 'remark'] as const satisfies (keyof Words['blocks'])[];

const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'] as const satisfies Callout['kind'][];

function wordsOf(state: State): Words {
  return writerOf(state).context.language.words;
}

export function callout(state: State, node: Callout): Element {
  const { callouts } = wordsOf(state);
  const title = node.title.length === 0 ? [text(callouts[node.kind])] : inlineOf(state, node.title);
  return calloutElement(node.kind, title, blocksOf(state, node.children));
}

function calloutElement(kind: string, title: ElementContent[], inside: ElementContent[], id?: string): Element {
  const name = element('p', { className: ['callout-title'] }, title);
  return element('aside', { className: ['callout', kind], ...(id !== undefined && { id }) }, [name, ...inside]);
}

/** Blocks on lines of their own. */
function blocksOf(state: State, children: readonly RootContent[]): ElementContent[] {
  return state.wrap(state.all({ type: 'root', children: [...children] }), true);
}

export function container(state: State, node: Container): Element {
  const writer = writerOf(state);
  const { attributes } = node;
  if (!node.closed) {
    writer.problem(
      node,
      {
        rule: 'unclosed-container',
        message: 'this block is never closed',
        hint: 'end it with a line of :::',
      },
      0,
      3,
    );
  }
  const id = attributes.id ?? '';
  if (isTheoremLabel(id)) return theorem(state, node, id);
  if (id === 'refs') {
    writer.bibliographyPlaced = true;
    const works = writer.context.bibliography.list();
    return element('div', { className: ['references'], id: 'refs' }, [text('\n'), written(works, htmlToText(works))]);
  }
  if (isPanel(node)) return panel(state, node);
  if (holdsTabs(node.attributes.classes)) return tabs(state, node);
  const [kind = ''] = attributes.classes;
  const { blocks } = wordsOf(state);
  const unlabelled = unnumbered.find((name) => name === kind);
  if (unlabelled !== undefined) return proof(state, node, kind, blocks[unlabelled]);
  const ofLabel = isCalloutLabel(id) ? labelNoun(id) : undefined;
  const called =
    calloutKinds.find((name) => kind === name || kind === `callout-${name}`) ??
    calloutKinds.find((name) => kind === '' && name === ofLabel);
  if (called !== undefined) return calloutContainer(state, node, called);
  if (kind === 'details') {
    const { title, rest } = titled(state, node);
    const summary = element('summary', {}, title.length === 0 ? [text(blocks.details)] : title);
    return element('details', { className: ['folded'] }, [summary, ...blocksOf(state, rest)]);
  }
  if (kind === 'columns') return columns(state, node);
  if (kind === 'pinned') return pinned(state, node);
  const inside = blocksOf(state, node.children);
  if (kind === 'margin' || kind === 'column-margin' || kind === 'aside')
    return element('aside', { className: ['margin'] }, inside);
  if (kind === 'wide' || /^column-(?:page|screen|body)/.test(kind))
    return element('div', { className: ['wide'] }, inside);
  if (kind.startsWith('content-')) return element('div', {}, inside);
  // A place that links lead to.
  if (kind === '' && id !== '' && writer.ids.claim(id)) return element('div', { id }, inside);
  unknownContainer(node, writer);
  return element('div', {}, inside);
}

const named = [...calloutKinds, ...unnumbered, 'details', 'margin', 'wide', 'columns', 'pinned', 'panel-tabset'];

/** The first block, a figure, stays in sight while the others are read beside it. */
function pinned(state: State, { children }: Container): Element {
  const [first, ...others] = children;
  const part = (name: string, own: readonly RootContent[]): Element =>
    element('div', { className: [name] }, blocksOf(state, own));
  return element('div', { className: ['pinned'] }, [
    part('pinned-figure', first === undefined ? [] : [first]),
    part('pinned-text', others),
  ]);
}

/** A slip is an error; a name that is none of ours is a neighbour's, whose block is shown as what it holds. */
function unknownContainer(node: Container, writer: Writer): void {
  const { id = '', classes } = node.attributes;
  const [kind = ''] = classes;
  const message =
    kind !== ''
      ? `"${kind}" is not a kind of block`
      : id === ''
        ? 'these attributes do not say what this block is'
        : `something else on this page has the id "${id}"`;
  const hint =
    kind !== ''
      ? suggestion(kind, named)
      : id === ''
        ? `name a kind of block, as in ::: note: ${named.join(', ')}`
        : 'give it another one';
  const isSlip = closest(kind.replace(/^callout-/, ''), named) !== undefined || kind.startsWith('callout-');
  const severity = isSlip || kind === '' ? {} : ({ severity: 'warning' } as const);
  writer.problem(node, { rule: 'unknown-container', message, hint, ...severity }, 0, 3);
}

interface Titled {
  readonly title: ElementContent[];
  readonly rest: readonly RootContent[];
}

/** The title in the attributes, or the heading that the block starts with. */
function titled(state: State, { attributes, children }: Container): Titled {
  const said = attributes.values['name'] ?? attributes.values['title'] ?? attributes.values['summary'];
  if (said !== undefined) return { title: [text(said)], rest: children };
  const [first, ...rest] = children;
  return first?.type === 'heading' ? { title: state.all(first), rest } : { title: [], rest: children };
}

function theorem(state: State, node: Container, id: string): Element {
  const { title, rest } = titled(state, node);
  const kind = labelNoun(id);
  const { context } = writerOf(state);
  const known = context.labels.get(id);
  const name = known === undefined ? kind : labelText(known, context);
  const label = labelElement(id, name, inBrackets(title));
  return element('div', { className: ['theorem', kind], id }, opened(label, blocksOf(state, rest)));
}

function proof(state: State, node: Container, kind: string, name: string): Element {
  const { title, rest } = titled(state, node);
  const label = element('b', { className: ['label'] }, [text(name), ...inBrackets(title), text('.')]);
  return element('div', { className: ['theorem', kind] }, opened(label, blocksOf(state, rest)));
}

function inBrackets(title: readonly ElementContent[]): ElementContent[] {
  return title.length === 0 ? [] : [text(' ('), ...title, text(')')];
}

/** The label stands at the start of the first paragraph. */
function opened(label: Element, inside: ElementContent[]): ElementContent[] {
  const paragraph = leadingParagraph(inside);
  if (paragraph === undefined) return [text('\n'), element('p', {}, [label]), ...inside];
  paragraph.children.unshift(label, text(' '));
  return inside;
}

function calloutContainer(state: State, node: Container, kind: Callout['kind']): Element {
  const { title, rest } = titled(state, node);
  const { context, ids } = writerOf(state);
  const { id = '', values } = node.attributes;
  const inside = blocksOf(state, rest);
  const { collapse } = values;
  const label = context.labels.get(id);
  const anchor = label === undefined ? { ...(id !== '' && ids.claim(id) && { id }) } : { id };
  const said = label === undefined ? '' : labelText(label, context);
  const name = title.length === 0 && said === '' ? [text(wordsOf(state).callouts[kind])] : title;
  if (collapse === undefined) {
    const number = said === '' ? [] : [labelElement(id, said), text(' ')];
    return calloutElement(kind, [...number, ...name], inside, anchor.id);
  }
  // What folds has no link in it.
  const number = said === '' ? [] : [element('b', { className: ['label'] }, [text(`${said}.`)]), text(' ')];
  const summary = element('summary', { className: ['callout-title'] }, [...number, ...name]);
  const open = collapse === 'false';
  return element('details', { className: ['callout', kind], open, ...anchor }, [summary, ...inside]);
}

/** A quote that starts with `[!WARNNG]`: meant to be a callout. */
export function nearCallout(said: string): { word: string; hint: string } | undefined {
  const word = /^\[!([A-Za-z]+)\]/.exec(said)?.[1];
  return word === undefined
    ? undefined
    : {
        word,
        hint: suggestion(
          word.toUpperCase(),
          calloutKinds.map((kind) => kind.toUpperCase()),
        ),
      };
}
