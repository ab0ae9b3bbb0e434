/** Images, and images with a label, which are numbered figures. */
import type { Image, Paragraph } from 'mdast';
import { escapeHtml, escapeUrl } from '../html.js';
import { labelHtml } from '../labels.js';
import type { Writer } from './writer.js';

export function writeImage(node: Image, writer: Writer): string {
  const written = node.data?.attributes?.values['alt'] ?? node.data?.attributes?.values['fig-alt'];
  const caption = node.data?.caption;
  const alt = written ?? (caption === undefined ? (node.alt ?? '') : writer.text(caption));
  const title = node.title === null || node.title === undefined ? '' : ` title="${escapeHtml(node.title)}"`;
  const address = writer.context.addresses.image(node, writer);
  // Its words stand for what is not shown.
  if (typeof address === 'object')
    return `<a href="${escapeUrl(address.elsewhere)}"${title}>${escapeHtml(alt === '' ? address.elsewhere : alt)}</a>`;
  return `<img src="${escapeUrl(address ?? '')}" alt="${escapeHtml(alt)}"${title}${size(node)}>`;
}

/** Width and height in pixels, so that the page does not move when the image comes. */
function size({ data }: Image): string {
  const values = data?.attributes?.values ?? {};
  return ['width', 'height']
    .flatMap((name) => {
      const pixels = /^(\d{1,5})(?:px)?$/.exec(values[name] ?? '')?.[1];
      return pixels === undefined ? [] : [` ${name}="${pixels}"`];
    })
    .join('');
}

/** The image that is alone in its paragraph and has a label. */
export function labelledImage({ children }: Paragraph): { image: Image; id: string } | undefined {
  const [image, more] = children;
  if (image?.type !== 'image' || more !== undefined) return undefined;
  const id = image.data?.attributes?.id;
  return id?.startsWith('fig-') === true ? { image, id } : undefined;
}

export function writeFigure({ image, id }: { image: Image; id: string }, writer: Writer): string {
  const label = writer.context.labels.get(id)?.text ?? '';
  const wide = image.data?.attributes?.classes.includes('wide') === true ? ' class="wide"' : '';
  writer.before = ' ';
  const drawn = writeImage(image, writer);
  writer.before = ' ';
  const caption = writer.inline(image.data?.caption ?? []);
  return `<figure id="${escapeHtml(id)}"${wide}><div class="drawing">${drawn}</div><figcaption>${labelHtml(id, label)} ${caption}</figcaption></figure>`;
}
