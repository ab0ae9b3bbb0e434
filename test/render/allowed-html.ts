/** What may be in an article of what an author wrote, and the attributes that it may have: written here a second time, by hand. */
export const allowedAttributes: readonly string[] = ['title', 'lang', 'dir', 'class', 'id'];

export const allowedElements: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    'abbr b bdi bdo br cite code dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup u var wbr blockquote caption dd div dl dt figcaption figure hr p pre section summary table tbody tfoot thead tr ul li h1 h2 h3 h4 h5 h6'
      .split(' ')
      .map((tag) => [tag, []]),
  ),
  a: ['href'],
  img: ['src', 'alt', 'width', 'height'],
  input: ['type', 'disabled', 'checked'],
  details: ['open'],
  ol: ['start', 'reversed'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  time: ['datetime'],
  data: ['value'],
  del: [],
  col: ['span'],
  colgroup: ['span'],
};
