/** Code blocks, with a title when one is given, and numbered where they have a label. What a directive makes stands in its place. */
import type { Element, ElementContent } from 'hast';
import type { Code } from 'mdast';
import { defaultHandlers, type State } from 'mdast-util-to-hast';
import { element, text, written } from '../hast.js';
import { type Label, labelElement, labelText } from '../labels.js';
import { withNumbers } from './reference.js';
import { type Writer, writerOf } from './writer.js';

export function code(state: State, node: Code): ElementContent {
  const writer = writerOf(state);
  const replaced = writer.context.replace(node);
  if (replaced !== undefined) return written(replaced.html, ` ${replaced.said} `);
  const block = defaultHandlers.code(state, node);
  const { id = '', values = {} } = node.data?.attributes ?? {};
  const title = values['filename'] ?? values['title'] ?? titleOf(node.meta ?? '');
  const label = writer.context.labels.get(id);
  if (label !== undefined) return listing(node, { label, title, block }, writer);
  if (id !== '' && writer.ids.claim(id)) block.properties['id'] = id;
  const said = title ?? values['lst-cap'];
  if (said === undefined) return block;
  return element('figure', { className: ['listing'] }, [element('figcaption', {}, [text(said)]), block]);
}

interface Listing {
  readonly label: Label;
  /** The name of its file. */
  readonly title: string | undefined;
  readonly block: Element;
}

/** A block of code with a number. */
function listing(node: Code, { label, title, block }: Listing, writer: Writer): Element {
  const caption = node.data?.attributes?.values['lst-cap'];
  const figcaption = element('figcaption', {}, [
    labelElement(label.id, labelText(label, writer.context)),
    ...(caption === undefined ? [] : [text(` ${withNumbers(caption, node, writer)}`)]),
    ...(title === undefined ? [] : [text(' '), element('code', {}, [text(title)])]),
  ]);
  return element('figure', { className: ['listing', 'numbered'], id: label.id }, [figcaption, block]);
}

/** `title="train.py"` or `filename="train.py"` after the language. */
function titleOf(meta: string): string | undefined {
  const match = /(?:^|[\s{])(?:title|filename)=(?:"([^"]*)"|'([^']*)'|([^\s"'}]+))/.exec(meta);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
