/** A formula as plain text, for where there is no room for one: contents, titles, the search. */
import { unescapeHtml } from './html.js';
import { texToMathMl } from './math.js';

const known = new Map<string, string>();
const mostKnown = 20_000;

/** "∂η/∂θ" of "\partial\boldsymbol\eta / \partial\boldsymbol\theta"; the TeX itself of what cannot be read. */
export function texToText(tex: string): string {
  const before = known.get(tex);
  if (before !== undefined) return before;
  const math = texToMathMl(tex, false);
  // Letters of the mathematical alphabets as plain ones, which the fonts of the text have.
  const text = typeof math === 'string' ? spaced(mathMlToText(math).normalize('NFKC')) : tex;
  if (known.size >= mostKnown) known.clear();
  known.set(tex, text);
  return text;
}

/** A title with its formulas between dollars, as Pandoc reads them, as plain text. */
export function titleToText(title: string): string {
  if (!title.includes('$')) return title;
  return title.replace(/\$(?! )([^$]*[^$ ])\$(?!\d)/g, (_whole, tex: string) => texToText(tex));
}

/** Before the name of a function, until it is known what stands there. */
const nameMark = '\u{e000}';
const leading = new RegExp(`^[\\s${nameMark}]+`);

/** With spaces where a reader needs them: "v_i max(0, x)", "2 log x". U+2061 stands between a function and what it is of. */
function spaced(text: string): string {
  return text
    .replace(/(?<=[\p{L}\p{N})\]}′])\u{e000}/gu, ' ')
    .replaceAll(nameMark, '')
    .replace(/\u2061(?=\s*[([{|]|\s*$)/g, '')
    .replaceAll('\u2061', ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

interface Open {
  readonly name: string;
  readonly parts: string[];
}

function mathMlToText(math: string): string {
  const open: Open[] = [{ name: '', parts: [] }];
  for (const [token, closing, name, selfClosed] of math.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>|[^<]+/g)) {
    if (name === undefined) open.at(-1)?.parts.push(unescapeHtml(token));
    else if (closing === '' && selfClosed === '') open.push({ name, parts: [] });
    else if (closing === '') open.at(-1)?.parts.push(name === 'mspace' ? ' ' : '');
    else {
      const ended = open.pop();
      if (ended !== undefined) open.at(-1)?.parts.push(element(ended));
    }
  }
  return open[0]?.parts.join('') ?? '';
}

const relation = /^[=<>≤≥≠≈∼∝∈→⟶⇒≔≡⊂⊆]$/;

function element({ name, parts }: Open): string {
  const [first = '', second = '', third = ''] = parts;
  switch (name) {
    case 'mo':
      return relation.test(parts.join('')) ? ` ${parts.join('')} ` : parts.join('');
    case 'mi':
      return parts.join('').length > 1 ? `${nameMark}${parts.join('')}` : parts.join('');
    case 'mfrac':
      return `${grouped(first)}/${grouped(second)}`;
    case 'msup':
      return /^[′″‴]+$/.test(second) ? `${first}${second}` : `${first}^${grouped(second)}`;
    case 'msub':
    case 'munder':
      return `${first}_${grouped(second)}${/^[∑∏∫⋃⋂]$/.test(first) ? ' ' : ''}`;
    case 'msubsup':
    case 'munderover':
      return `${first}_${grouped(second)}^${grouped(third)}${/^[∑∏∫⋃⋂]$/.test(first) ? ' ' : ''}`;
    case 'msqrt':
      return `√${grouped(parts.join(''))}`;
    case 'mroot':
      return `${grouped(first)}^(1/${second})`;
    case 'mtr':
      return `${parts.join(' ')}; `;
    default:
      return parts.join('');
  }
}

function grouped(text: string): string {
  const whole = text.replace(leading, '').trim();
  return /^..+$/su.test(whole) ? `(${whole})` : whole;
}
