/** The HTML that an author may write: elements that say what Markdown cannot (`<kbd>`, `<details>`, tables with spans) with harmless attributes. */
import type { Schema } from 'hast-util-sanitize';

const list = (names: string): string[] => names.split(' ');

/** What may stand in a line of text. */
const phrasing = list(
  'a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr',
);
/** What may not. */
export const flow: readonly string[] = list(
  'blockquote caption col colgroup dd details div dl dt figcaption figure hr li ol p pre section summary table tbody td tfoot th thead tr ul',
);

/** Elements whose content is no text either, or is read by rules of its own, which would not hold where the element is left out. */
const swallowed = list(
  'applet button iframe marquee math noembed noframes noscript object plaintext script select style svg template textarea title xmp',
);

/** Rules for HTML between blocks. */
export const flowSchema: Schema = {
  tagNames: [...phrasing, ...flow],
  strip: swallowed,
  ancestors: {
    ...{ li: ['ul', 'ol'], dt: ['dl'], dd: ['dl'], summary: ['details'], figcaption: ['figure'] },
    ...{ caption: ['table'], colgroup: ['table'], col: ['colgroup'] },
    ...{ thead: ['table'], tbody: ['table'], tfoot: ['table'], tr: ['table'], th: ['tr'], td: ['tr'] },
    ...{ rt: ['ruby'], rp: ['ruby'] },
  },
  attributes: {
    '*': ['title', 'lang', 'dir', 'className', 'id'],
    a: ['href'],
    img: ['src', 'alt', 'width', 'height'],
    details: ['open'],
    ol: ['start', 'reversed'],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan', 'scope'],
    time: ['dateTime'],
    data: ['value'],
    col: ['span'],
    colgroup: ['span'],
  },
  // Addresses are looked at, and ids given out, as those of Markdown are.
  protocols: {},
  clobber: [],
  required: {},
};

/** Rules for HTML in a line of text. */
export const phrasingSchema: Schema = { ...flowSchema, tagNames: phrasing };
