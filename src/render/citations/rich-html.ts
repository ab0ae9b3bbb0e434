/** Rich text of a bibliography as HTML. */
import { dictionary } from '../../shared/dictionary.js';
import { type Formulas, type Look, lookNames, marksOf } from '../../shared/rich-text.js';
import { escapeHtml } from '../html.js';
import { texToMathMl } from '../math.js';

const tags: Readonly<Record<Look, readonly [start: string, end: string]>> = {
  italic: ['<i>', '</i>'],
  bold: ['<b>', '</b>'],
  subscript: ['<sub>', '</sub>'],
  superscript: ['<sup>', '</sup>'],
  smallCapitals: ['<span class="small-caps">', '</span>'],
  fixedCase: ['', ''],
};

const starts = dictionary<Look>(Object.fromEntries(lookNames.map((look) => [marksOf(look)[0], look])));
const ends = dictionary<Look>(Object.fromEntries(lookNames.map((look) => [marksOf(look)[1], look])));

/** Characters between formulas and looks are left: whoever writes citations uses them. */
const marks = /[\ue000-\uf7ff\uf8e0-\uf8ff]/;

/** Text with its looks and formulas. What begins and does not end, as in a text that was cut, is ended. */
export function richHtml(text: string, formulas: Formulas): string {
  const escaped = escapeHtml(text);
  if (!marks.test(escaped)) return escaped;
  const open: Look[] = [];
  const html = escaped.replace(new RegExp(marks, 'g'), (mark) => {
    const started = starts[mark];
    if (started !== undefined) {
      open.push(started);
      return tags[started][0];
    }
    const ended = ends[mark];
    if (ended === undefined) return formula(formulas.texOf(mark));
    if (!open.includes(ended)) return '';
    let closed = '';
    for (;;) {
      const last = open.pop();
      if (last === undefined) return closed;
      closed += tags[last][1];
      if (last === ended) return closed;
    }
  });
  return (
    html +
    open
      .toReversed()
      .map((look) => tags[look][1])
      .join('')
  );
}

/** A formula of a bibliography that TeX cannot read stays as it is written. */
function formula(tex: string | undefined): string {
  if (tex === undefined) return '';
  const made = texToMathMl(tex, false);
  return typeof made === 'string' ? made : escapeHtml(tex);
}

const inText = String.raw`[^\s<>"“”]*[^\s<>"“”.,;:!?)\]]`;
const addresses = new RegExp(`<[^>]*>|https?:\\/\\/${inText}|(?<=\\bdoi:\\s?)10\\.\\d{4,9}\\/${inText}`, 'gi');

/** Addresses and DOIs in the text of HTML, as links. */
export function withLinks(html: string): string {
  return html.replace(addresses, (part) => {
    if (part.startsWith('<')) return part;
    return `<a href="${part.startsWith('10.') ? `https://doi.org/${part}` : part}">${part}</a>`;
  });
}
