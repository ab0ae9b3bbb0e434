/** Words with attributes, raised and lowered ones. */
import type { Element } from 'hast';
import type { State } from 'mdast-util-to-hast';
import type { Lowered, Raised, Span } from '../../source/markdown/syntax.js';
import { element } from '../hast.js';
import { placeId } from './place-id.js';
import { writerOf } from './writer.js';

export function raised(state: State, node: Raised): Element {
  return element('sup', {}, state.all(node));
}

export function lowered(state: State, node: Lowered): Element {
  return element('sub', {}, state.all(node));
}

/** What these classes mean has an element of its own. */
const elements: Readonly<Record<string, string>> = {
  mark: 'mark',
  highlight: 'mark',
  underline: 'u',
  ul: 'u',
  kbd: 'kbd',
};

export function span(state: State, node: Span): Element {
  const { id, classes, values } = node.attributes;
  const tag = classes.map((name) => elements[name]).find((name) => name !== undefined) ?? 'span';
  const { lang = '', dir = '' } = values;
  const place = placeId(id, node, writerOf(state));
  const made = element(
    tag,
    {
      ...(place !== undefined && { id: place }),
      ...(classes.length > 0 && { className: [...classes] }),
      ...(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(lang) && { lang }),
      ...(/^(?:rtl|ltr|auto)$/.test(dir) && { dir }),
    },
    state.all(node),
  );
  state.patch(node, made);
  return made;
}
