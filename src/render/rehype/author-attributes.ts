/** What an author's HTML says that the rest of the page has a say in: ids and addresses. */
import type { Element } from 'hast';
import { normalizeUri } from 'micromark-util-sanitize-uri';
import { imageElement } from '../nodes/image.js';
import type { Writer } from '../nodes/writer.js';

/** Leaves an id to an element if nothing else on the page has it or may get it. */
export function claimId({ tagName, properties, position }: Element, writer: Writer): void {
  const { id } = properties;
  if (id === undefined) return;
  if (typeof id === 'string' && writer.ids.claimOther(id)) return;
  delete properties['id'];
  writer.problem(
    { position },
    {
      rule: 'duplicate-id',
      message: `<${tagName}> cannot have the id "${id}": ${/^[\w:-]+$/.test(id) ? 'something else on this page has it, or may get it' : 'ids are letters, digits, "-", "_" and ":"'}`,
      hint: 'give it another one',
      severity: 'warning',
    },
  );
}

/** A link or an image with the address that it has in the site; a link that leads nowhere loses its address. */
export function resolveAddress(node: Element, writer: Writer): Element {
  const { tagName, properties, position } = node;
  if (tagName === 'a' && typeof properties['href'] === 'string') {
    const href = writer.context.addresses.link({ url: properties['href'], position }, writer);
    properties['href'] = href === undefined ? undefined : normalizeUri(href);
  }
  if (tagName !== 'img') return node;
  const { src, alt, ...others } = properties;
  return imageElement({ url: src ?? '', position }, alt ?? '', others, writer);
}
