/** `@fig-one`: a link to a numbered thing, wherever in the report it stands. */
import type { ElementContent } from 'hast';
import type { Nodes } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import type { Position } from 'unist';
import type { CrossReference } from '../../source/report.js';
import { closest, suggestion } from '../../shared/suggest.js';
import { relativeAddress } from '../address.js';
import { element, text } from '../hast.js';
import { labelNamed, labelNoun, writtenReferences } from '../../shared/label-kinds.js';
import { type Label, labelText } from '../labels.js';
import { referenceWords } from '../reference-words.js';
import { type Writer, writerOf } from './writer.js';

export function reference(state: State, node: CrossReference): ElementContent[] {
  const writer = writerOf(state);
  noteUnknown(node, writer);
  const { address, links, origin } = writer.context;
  const words = referenceWords(node, writer.context);
  if (words === undefined) return [text(node.written)];
  return words.map(({ text: said, label }): ElementContent => {
    if (label === undefined) return text(said);
    links.push({ place: origin.place(node), to: label.address, fragment: label.anchor });
    const page = label.address === address ? '' : relativeAddress(address, label.address);
    return element('a', { className: ['reference'], href: `${page}#${label.anchor}` }, [text(said)]);
  });
}

/** Says what of a reference means nothing. */
export function noteUnknown({ things }: CrossReference, writer: Writer): void {
  const { labels } = writer.context;
  for (const { id, position } of things) if (!labels.has(id)) writer.problem({ position }, unknown(id, labels));
}

/** The same of all references in what is shown as text alone. */
export function noteUnknownIn(nodes: readonly Nodes[], writer: Writer): void {
  for (const node of nodes) {
    if (node.type === 'reference') noteUnknown(node, writer);
    else if ('children' in node) noteUnknownIn(node.children, writer);
  }
}

/** A text that is no Markdown, such as `alt="as in @fig-one"`, with what its references say. */
export function withNumbers(said: string, node: { readonly position?: Position | undefined }, writer: Writer): string {
  const { labels } = writer.context;
  const bare = said.replaceAll(/\[-?(@[\p{L}\p{M}\p{N}_:-]+)\]/gu, '$1');
  return bare.replaceAll(writtenReferences, (written, name: string) => {
    const id = labelNamed(name);
    if (id === undefined) return written;
    const label = labels.get(id);
    if (label !== undefined) return labelText(label, writer.context);
    writer.problem(node, unknown(id, labels));
    return written;
  });
}

function unknown(id: string, labels: ReadonlyMap<string, Label>) {
  return {
    rule: 'unknown-reference' as const,
    message: `there is no ${labelNoun(id)} "${id}"`,
    hint: hintFor(id, [...labels.keys()]),
  };
}

/** The label that was probably meant, or how something of the kind gets one. */
function hintFor(id: string, labels: readonly string[]): string {
  const prefix = id.slice(0, id.indexOf('-') + 1);
  const alike = labels.filter((known) => known.startsWith(prefix));
  const bare = id.slice(prefix.length);
  if (alike.length > 0 && closest(id, alike) !== undefined) return suggestion(id, alike);
  // A directive whose name does not say what it is.
  if (labels.includes(bare)) return `name the directive "${bare}" ${id}`;
  const make = howToLabel(id);
  return alike.length === 0 ? make : `${suggestion(id, alike)}, or ${make}`;
}

function howToLabel(id: string): string {
  switch (id.slice(0, id.indexOf('-'))) {
    case 'fig':
      return `name a figure so: \`\`\`figure #${id}`;
    case 'tbl':
      return `name a table so: \`\`\`table #${id}, or write ": Its caption {#${id}}" below one`;
    case 'eq':
      return `write {#${id}} after the closing $$ of an equation`;
    case 'sec':
      return `write {#${id}} at the end of its heading`;
    default:
      return `start a block with ::: {#${id}}`;
  }
}
