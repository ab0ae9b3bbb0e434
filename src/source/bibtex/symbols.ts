/** What commands of TeX stand for as characters, by the tables of unicode2latex. */
import { combining, latex2unicode } from 'unicode2latex';
import { dictionary } from '../../shared/dictionary.js';

/** Those that the tables lack, or have for formulas alone. */
const more = dictionary<string>({
  TeX: 'TeX',
  LaTeX: 'LaTeX',
  LaTeXe: 'LaTeX2ε',
  BibTeX: 'BibTeX',
  XeTeX: 'XeTeX',
  textquotesingle: "'",
  textasteriskcentered: '*',
  guillemetleft: '«',
  guillemetright: '»',
  og: '« ',
  fg: ' »',
  glqq: '„',
  grqq: '“',
  glq: '‚',
  grq: '‘',
  lq: '‘',
  rq: '’',
  slash: '/',
  lbrace: '{',
  rbrace: '}',
  textbar: '|',
  textunderscore: '_',
  textnumero: '№',
  hyphen: '-',
  textcommabelow: '',
  textellipsis: '…',
  ldots: '…',
  dots: '…',
  cdots: '⋯',
  bibrangedash: '–',
  bibrangessep: ', ',
  bibinitdelim: ' ',
  bibnamedelima: ' ',
  bibnamedelimb: ' ',
  adddot: '.',
  addspace: ' ',
  addcolon: ':',
  addcomma: ',',
  isodash: '–',
  allowbreak: '',
  newline: ' ',
  par: ' ',
  quad: ' ',
  qquad: ' ',
  enspace: ' ',
  thinspace: '\u202f',
  relax: '',
  protect: '',
  noindent: '',
  linebreak: ' ',
  newblock: ' ',
  xspace: '',
  hfill: ' ',
  autocap: '',
});

/** The tables' own slips: marks that are spacing characters, and a soft hyphen that no one sees. */
const accents = dictionary<string>({
  ...Object.fromEntries(
    Object.entries(combining.tounicode).filter(([, mark]) => /^\p{M}+$/u.test(mark) && !/[´]/.test(mark)),
  ),
  b: '\u0331',
  G: '\u030f',
  U: '\u030e',
  t: '\u0361',
});

/** The mark that an accent puts over or under a letter: "'", "c". */
export function accentOf(name: string): string | undefined {
  return accents[name];
}

const table: Readonly<Record<string, string | { readonly text?: string; readonly math?: string }>> = latex2unicode;

/** The characters of a command, by its name without the backslash: "ss", "alpha", "ding{112}". */
export function symbolOf(name: string): string | undefined {
  const own = more[name];
  if (own !== undefined) return own;
  const key = `\\${name}`;
  const found = Object.hasOwn(table, key) ? table[key] : undefined;
  const text = typeof found === 'string' ? found : (found?.text ?? found?.math);
  // A mark alone is an accent's, which is no symbol.
  return text === undefined || /^\p{M}/u.test(text) ? undefined : text.replace('\u200b', '');
}
