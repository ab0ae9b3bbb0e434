/** Images, and images with a label, which are numbered figures. */
import type { Element, Properties } from 'hast';
import type { Image } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { normalizeUri } from 'micromark-util-sanitize-uri';
import type { Figure } from '../../source/report.js';
import { isLabel } from '../../shared/label-kinds.js';
import { element, text } from '../hast.js';
import { type Label, labelElement, labelText, type Naming } from '../labels.js';
import { percentClass } from '../percent-width.js';
import { inlineOf, linkTo } from './inline.js';
import { placeId } from './place-id.js';
import { noteUnknownIn, withNumbers } from './reference.js';
import { type Addressed, type Writer, writerOf } from './writer.js';

export function image(state: State, node: Image): Element {
  // What labels no figure is a problem of its label; a reference to it leads here all the same.
  const id = node.data?.attributes?.id;
  return plainImage(state, node, id === undefined || isLabel(id) ? id : placeId(id, node, writerOf(state)));
}

function plainImage(state: State, node: Image, id?: string): Element {
  const writer = writerOf(state);
  const values = node.data?.attributes?.values ?? {};
  const caption = node.data?.caption;
  const said = values['fig-alt'] ?? values['alt'];
  if (said === undefined) noteUnknownIn(caption ?? [], writer);
  const alt =
    said === undefined
      ? caption === undefined
        ? (node.alt ?? '')
        : writer.text(caption)
      : withNumbers(said, node, writer);
  const properties = { title: node.title ?? undefined, ...size(values), ...(id !== undefined && { id }) };
  const made = imageElement(node, alt, properties, writer);
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
  const { title, id } = properties;
  return element('a', { href: normalizeUri(elsewhere), title, id }, [text(alt === '' ? elsewhere : alt)]);
}

/** Of units that are no pixels, how many pixels they have in CSS. */
const units: Readonly<Record<string, number>> = { px: 1, in: 96, cm: 96 / 2.54, mm: 9.6 / 2.54, pt: 4 / 3, pc: 16 };

/** Width and height in pixels, so that the page does not move when the image comes; a width in percent is a class. */
function size(values: Readonly<Record<string, string>>): Properties {
  const pixels = (name: string): string | undefined => {
    const [, number, unit = 'px'] = /^(\d{1,5}(?:\.\d{1,5})?)([a-z]{2})?$/.exec(values[name] ?? '') ?? [];
    const length = Number(number) * (units[unit] ?? Number.NaN);
    return Number.isFinite(length) ? String(Math.round(length)) : undefined;
  };
  const percent = /^(\d{1,3}(?:\.\d{1,5})?)%$/.exec(values['width'] ?? '')?.[1];
  // Its height follows.
  if (percent !== undefined) return { className: [percentClass(Number(percent))] };
  return { width: pixels('width'), height: pixels('height') };
}

/** A figure with its caption, and with its number where it has a label. */
export function figure(state: State, node: Figure): Element {
  const [picture] = node.children;
  const image = picture?.type === 'link' ? picture.children[0] : picture;
  if (picture === undefined || image?.type !== 'image') return element('p', {}, state.all(node));
  const id = image.data?.attributes?.id;
  const { context } = writerOf(state);
  const label = id === undefined ? undefined : context.labels.get(id);
  const isNumbered = id !== undefined && label !== undefined;
  const drawn = plainImage(state, image);
  const inside = picture.type === 'link' ? linkTo(state, picture, [drawn]) : [drawn];
  const { classes = [], values = {} } = image.data?.attributes ?? {};
  const side = /^(?:left|right)$/.exec(values['fig-align'] ?? '')?.[0];
  const className = [...(classes.includes('wide') ? ['wide'] : []), ...(side === undefined ? [] : [`at-${side}`])];
  const said = values['fig-cap'];
  const caption = [
    ...(isNumbered ? [figureLabel(id, label, context), text(' ')] : []),
    ...(said === undefined ? inlineOf(state, image.data?.caption) : [text(withNumbers(said, image, writerOf(state)))]),
  ];
  return element(
    'figure',
    {
      id: isNumbered ? id : placeId(id, image, writerOf(state)),
      className: className.length === 0 ? undefined : className,
    },
    [
      element('div', { className: ['drawing'] }, inside),
      ...(caption.length === 0 ? [] : [element('figcaption', {}, caption)]),
    ],
  );
}

/** "Figure 1.", and of a part of it its letter alone, "(a)": what is around it has the number. */
function figureLabel(id: string, label: Label, naming: Naming): Element {
  const letter = /\([a-z]+\)$/.exec(label.number)?.[0];
  if (letter === undefined) return labelElement(id, labelText(label, naming));
  return element('b', { className: ['label'] }, [element('a', { href: `#${id}` }, [text(letter)])]);
}
