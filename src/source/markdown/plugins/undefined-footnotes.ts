/** `[^note]` without a note is a reference that leads nowhere, which is said to its author; GitHub prints it as text. */
import type { FootnoteReference, Parent, PhrasingContent, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { from } from '../phrasing.js';

const written = /\[\^([^\]\s[]{1,999})\](?![([])/;

export function findUndefinedFootnotes() {
  return (tree: Root, file: VFile): void => {
    const source = String(file);
    if (!source.includes('[^')) return;
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some((child) => child.type === 'text' && written.test(child.value))) {
        return;
      }
      const children = node.children as PhrasingContent[];
      (node as Parent).children = children.flatMap((child) => (child.type === 'text' ? split(child, source) : [child]));
    });
  };
}

/** A text at its references. One that is not as it was written, as where a backslash stands, is left alone. */
function split(text: Text, source: string): PhrasingContent[] {
  const { position } = text;
  const found = written.exec(text.value);
  const start = position?.start.offset;
  if (found === null || position === undefined || start === undefined) return [text];
  if (!source.startsWith(text.value.slice(0, found.index + found[0].length), start)) return [text];
  const [whole, label = ''] = found;
  const point = (index: number): typeof position.start => ({
    line: position.start.line,
    column: position.start.column + index,
    offset: start + index,
  });
  const end = found.index + whole.length;
  const reference: FootnoteReference = {
    type: 'footnoteReference',
    identifier: label.toLowerCase(),
    label,
    position: { start: point(found.index), end: point(end) },
  };
  const head = text.value.slice(0, found.index);
  const before: Text[] =
    head === '' ? [] : [{ type: 'text', value: head, position: { start: position.start, end: point(found.index) } }];
  const rest = from([text], start + end, source) ?? [];
  return [...before, reference, ...rest.flatMap((node) => (node.type === 'text' ? split(node, source) : [node]))];
}
