/** Images, and images with a label, which are numbered figures. */
import type { Element, Properties } from 'hast';
import type { Image, Paragraph } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { normalizeUri } from 'micromark-util-sanitize-uri';
import { element, text } from '../hast.js';
import { labelElement, labelText } from '../labels.js';
import { inlineOf } from './inline.js';
import { type Addressed, type Writer, writerOf } from './writer.js';

export function image(state: State, node: Image): Element {
  const writer = writerOf(state);
  const values = node.data?.attributes?.values ?? {};
  const caption = node.data?.caption;
  const alt = values['alt'] ?? values['fig-alt'] ?? (caption === undefined ? (node.alt ?? '') : writer.text(caption));
  const made = imageElement(node, alt, { title: node.title ?? undefined, ...size(values) }, writer);
  state.patch(node, made);
  return made;
}

/** An image of Markdown or of HTML. One that pages may not load is a link to it, with its words. */
export function imageElement(node: Addressed, alt: string, properties: Properties, writer: Writer): Element {
  const address = writer.context.addresses.image(node, writer);
  if (typeof address !== 'object') {
    return element('img', { src: normalizeUri(address ?? ''), alt, ...properties });
  }
  const { elsewhere } = address;
  const { title } = properties;
  return element('a', { href: normalizeUri(elsewhere), title }, [text(alt === '' ? elsewhere : alt)]);
}

/** Width and height in pixels, so that the page does not move when the image comes. */
function size(values: Readonly<Record<string, string>>): Properties {
  const pixels = (name: string): string | undefined => /^(\d{1,5})(?:px)?$/.exec(values[name] ?? '')?.[1];
  return { width: pixels('width'), height: pixels('height') };
}

/** The image that is alone in its paragraph and has a label. */
export function labelledImage({ children }: Paragraph): { image: Image; id: string } | undefined {
  const [image, more] = children;
  if (image?.type !== 'image' || more !== undefined) return undefined;
  const id = image.data?.attributes?.id;
  return id?.startsWith('fig-') === true ? { image, id } : undefined;
}

export function imageFigure(state: State, { image: node, id }: { image: Image; id: string }): Element {
  const { labels, language } = writerOf(state).context;
  const label = labels.get(id);
  const wide = node.data?.attributes?.classes.includes('wide') === true ? ['wide'] : undefined;
  const drawing = element('div', { className: ['drawing'] }, [image(state, node)]);
  const caption = [
    labelElement(id, label === undefined ? '' : labelText(label, language)),
    text(' '),
    ...inlineOf(state, node.data?.caption),
  ];
  return element('figure', { id, className: wide }, [drawing, element('figcaption', {}, caption)]);
}
