/** Callouts, theorems and other blocks between `:::` fences. */
import { dictionary } from '../../shared/dictionary.js';
import type { Heading as HeadingNode, RootContent } from 'mdast';
import type { Callout, Container } from '../../source/report.js';
import { suggestion } from '../../shared/suggest.js';
import { escapeHtml } from '../html.js';
import { labelNoun } from '../../shared/label-kinds.js';
import { labelHtml } from '../labels.js';
import type { Writer } from './writer.js';

const calloutNames = { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' };
const theoremPrefix = /^(?:thm|lem|cor|prp|cnj|def|exm|exr|rem)-/;
const unnumbered = dictionary<string>({ proof: 'Proof', solution: 'Solution', remark: 'Remark' });

export function writeCallout({ kind, title, children }: Callout, writer: Writer): string {
  writer.before = ' ';
  const name = title.length === 0 ? calloutNames[kind] : writer.inline(title);
  return callout(kind, name, writer.blocks(children));
}

function callout(kind: string, name: string, inside: string): string {
  return `<aside class="callout ${kind}"><p class="callout-title">${name}</p>\n${inside}</aside>`;
}

export function writeContainer(node: Container, writer: Writer): string {
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
  if (theoremPrefix.test(id)) return theorem(node, id, writer);
  if (id === 'refs') {
    writer.bibliographyPlaced = true;
    return `<div class="references" id="refs">\n${writer.context.bibliography.list()}</div>`;
  }
  const [kind = ''] = attributes.classes;
  const named = Object.hasOwn(unnumbered, kind) ? unnumbered[kind] : undefined;
  if (named !== undefined) return proof(node, kind, named, writer);
  const called = /^(?:callout-)?(note|tip|important|warning|caution)$/.exec(kind)?.[1];
  if (called !== undefined) return calloutContainer(node, called, writer);
  if (kind === 'details') {
    const { title, rest } = titled(node, writer);
    return `<details class="folded"><summary>${title === '' ? 'Details' : title}</summary>\n${writer.blocks(rest)}</details>`;
  }
  if (kind === 'margin' || kind === 'column-margin') {
    return `<aside class="margin">\n${writer.blocks(node.children)}</aside>`;
  }
  if (kind === 'wide') return `<div class="wide">\n${writer.blocks(node.children)}</div>`;
  const known = [...Object.keys(calloutNames), ...Object.keys(unnumbered), 'details', 'margin', 'wide'];
  writer.problem(
    node,
    {
      rule: 'unknown-container',
      message:
        kind !== ''
          ? `"${kind}" is not a kind of block`
          : id === ''
            ? 'these attributes do not say what this block is'
            : `"${id}" does not say what this block is`,
      hint:
        kind !== ''
          ? suggestion(kind, known)
          : id === ''
            ? `name a kind of block, as in ::: note: ${known.join(', ')}`
            : 'start its id with thm-, lem-, def-, exm- or another kind of theorem',
    },
    0,
    3,
  );
  return `<div>\n${writer.blocks(node.children)}</div>`;
}

/** The title in the attributes (already HTML), or the heading that the block starts with. */
function titled({ attributes, children }: Container, writer: Writer): { title: string; rest: readonly RootContent[] } {
  const written = attributes.values['name'] ?? attributes.values['title'] ?? attributes.values['summary'];
  if (written !== undefined) return { title: escapeHtml(written), rest: children };
  const [first, ...rest] = children;
  if (first?.type !== 'heading') return { title: '', rest: children };
  writer.before = ' ';
  return { title: writer.inline((first satisfies HeadingNode).children), rest };
}

function theorem(node: Container, id: string, writer: Writer): string {
  const { title, rest } = titled(node, writer);
  const label = writer.context.labels.get(id);
  const name = label?.text ?? labelNoun(id);
  const kind = labelNoun(id);
  return `<div class="theorem ${kind}" id="${escapeHtml(id)}">\n${opened(labelHtml(id, name, inBrackets(title)), rest, writer)}</div>`;
}

function proof(node: Container, kind: string, name: string, writer: Writer): string {
  const { title, rest } = titled(node, writer);
  return `<div class="theorem ${kind}">\n${opened(`<b class="label">${escapeHtml(name)}${inBrackets(title)}.</b>`, rest, writer)}</div>`;
}

function inBrackets(title: string): string {
  return title === '' ? '' : ` (${title})`;
}

/** The label stands at the start of the first paragraph. */
function opened(label: string, children: readonly RootContent[], writer: Writer): string {
  const inside = writer.blocks(children);
  return inside.startsWith('<p>') ? `<p>${label} ${inside.slice(3)}` : `<p>${label}</p>\n${inside}`;
}

function calloutContainer(node: Container, kind: string, writer: Writer): string {
  const { title, rest } = titled(node, writer);
  const name = title === '' ? calloutNames[kind as keyof typeof calloutNames] : title;
  const inside = writer.blocks(rest);
  const collapse = node.attributes.values['collapse'];
  if (collapse === undefined) return callout(kind, name, inside);
  const open = collapse === 'false' ? ' open' : '';
  return `<details class="callout ${kind}"${open}><summary class="callout-title">${name}</summary>\n${inside}</details>`;
}

const words = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'];

/** A quote that starts with `[!WARNNG]`: meant to be a callout. */
export function nearCallout(text: string): { word: string; hint: string } | undefined {
  const word = /^\[!([A-Za-z]+)\]/.exec(text)?.[1];
  return word === undefined ? undefined : { word, hint: suggestion(word.toUpperCase(), words) };
}
