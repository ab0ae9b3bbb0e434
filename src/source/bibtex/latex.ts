/** The TeX of a BibTeX field as plain text: accents, letters of other alphabets, dashes, braces. */
import { dictionary } from '../../shared/dictionary.js';

const accents = dictionary<string>({
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
});

const letters = dictionary<string>({
  ss: 'ß',
  SS: 'ẞ',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  aa: 'å',
  AA: 'Å',
  i: 'ı',
  j: 'ȷ',
  dh: 'ð',
  DH: 'Ð',
  th: 'þ',
  TH: 'Þ',
  dj: 'đ',
  DJ: 'Đ',
  ng: 'ŋ',
  NG: 'Ŋ',
  textendash: '–',
  textemdash: '—',
  textquoteright: '’',
  textquoteleft: '‘',
  textasciitilde: '~',
  textasciicircum: '^',
  textbraceleft: '{',
  textbraceright: '}',
  textbackslash: '\\',
  ldots: '…',
  dots: '…',
  S: '§',
  P: '¶',
  copyright: '©',
  textregistered: '®',
  texttrademark: '™',
  pounds: '£',
  euro: '€',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  omega: 'ω',
  theta: 'θ',
  infty: '∞',
  times: '×',
  sim: '∼',
  ell: 'ℓ',
  TeX: 'TeX',
  LaTeX: 'LaTeX',
});

/** Commands that only say how their argument looks. */
const looks = new Set(
  'emph textit textbf textsc texttt textrm textsf textup mathrm mathbf mathit mathcal mathbb text url href it bf em sc rm uppercase lowercase mbox'.split(
    ' ',
  ),
);

/** A field's TeX as text. What is not known stays without its backslash. */
export function latexToText(tex: string): string {
  const { text } = group(tex, 0, false, 0);
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

const deepest = 60;

/** Reads to the end of the group, or of the text. */
function group(tex: string, from: number, inside: boolean, depth: number): { text: string; end: number } {
  let text = '';
  let at = from;
  while (at < tex.length) {
    const character = tex[at] ?? '';
    if (character === '}') {
      at += 1;
      if (inside) return { text, end: at };
    } else if (character === '{') {
      if (depth > deepest) {
        at += 1;
        continue;
      }
      const inner = group(tex, at + 1, true, depth + 1);
      text += inner.text;
      at = inner.end;
    } else if (character === '\\') {
      const read = command(tex, at, depth);
      text += read.text;
      at = read.end;
    } else if (character === '~') {
      text += '\u00a0';
      at += 1;
    } else if (character === '$') at += 1;
    else if (tex.startsWith('---', at)) {
      text += '—';
      at += 3;
    } else if (tex.startsWith('--', at)) {
      text += '–';
      at += 2;
    } else if (tex.startsWith('``', at)) {
      text += '“';
      at += 2;
    } else if (tex.startsWith("''", at)) {
      text += '”';
      at += 2;
    } else {
      text += character;
      at += 1;
    }
  }
  return { text, end: at };
}

function command(tex: string, from: number, depth: number): { text: string; end: number } {
  const name = /^\\([A-Za-z]+|[^])/.exec(tex.slice(from, from + 40))?.[1] ?? '';
  let at = from + 1 + name.length;
  const isWord = /^[A-Za-z]/.test(name);
  const mark = accents[name];
  if (mark !== undefined && (!isWord || /^[\s{\\]/.test(tex.slice(at, at + 1)))) {
    while (tex[at] === ' ') at += 1;
    const base = argument(tex, at, depth);
    const letter = base.text === 'ı' ? 'i' : base.text === 'ȷ' ? 'j' : base.text;
    const [first = '', ...rest] = letter;
    return { text: (first + mark).normalize('NFC') + rest.join(''), end: base.end };
  }
  if (isWord) while (tex[at] === ' ') at += 1;
  if (Object.hasOwn(letters, name)) return { text: letters[name] ?? '', end: at };
  if (looks.has(name)) return { text: '', end: at };
  if (name === '\\') return { text: ' ', end: at };
  if (!isWord) return { text: /[-/,;!>@:]/.test(name) ? '' : name === ' ' ? ' ' : name, end: at };
  return { text: name, end: at };
}

/** One letter, group or command. */
function argument(tex: string, at: number, depth: number): { text: string; end: number } {
  if (tex[at] === '{' && depth <= deepest) return group(tex, at + 1, true, depth + 1);
  if (tex[at] === '\\' && depth <= deepest) return command(tex, at, depth + 1);
  const letter = String.fromCodePoint(tex.codePointAt(at) ?? 32);
  return { text: letter, end: Math.min(tex.length, at + letter.length) };
}
