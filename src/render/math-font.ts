/**
 * The font of formulas, cut down to what a report's formulas show: a few per cent of it. Its layout tables stay, with the
 * taller and wider forms of what is kept. It is used whenever it comes, because many machines have no font for formulas; a page
 * with formulas shows its text after it (client/theme.ts).
 */
import type { Memo } from '../shared/memo.js';
import { sha256 } from '../shared/hash.js';
import { type Content, contentOf } from '../shared/content.js';
import { mathFontFile } from './fonts.js';

/** The characters of the formulas in HTML that Colophon wrote, in order. */
export function formulaCharacters(html: string): string {
  const found = new Set<string>();
  for (let start = html.indexOf('<math'); start !== -1; start = html.indexOf('<math', start + 1)) {
    const end = html.indexOf('</math>', start);
    const formula = html.slice(start, end === -1 ? undefined : end);
    // A root's sign is drawn without being written.
    if (formula.includes('<msqrt') || formula.includes('<mroot')) found.add('\u221a');
    for (let tag = formula.indexOf('>'); tag !== -1; tag = formula.indexOf('>', tag + 1)) {
      const next = formula.indexOf('<', tag);
      if (next !== tag + 1) addCharacters(formula.slice(tag + 1, next === -1 ? undefined : next), found);
    }
  }
  return [...found].sort().join('');
}

function addCharacters(text: string, found: Set<string>): void {
  for (const character of text.includes('&') ? text.replace(/&(lt|gt|amp);/g, asWritten) : text) found.add(character);
}

interface File {
  readonly path: string;
  readonly content: Content;
}

/** The files of a site with the math font cut to the characters of its formulas; without formulas, without it. */
export async function withMathFont(files: readonly File[], formulas: string, known: Memo<string>): Promise<File[]> {
  const path = `assets/${mathFontFile}`;
  const others = files.filter((file) => file.path !== path);
  const whole = files.find((file) => file.path === path);
  if (formulas === '' || whole === undefined) return others;
  const font = contentOf(whole.content) as Uint8Array;
  const key = sha256(`${sha256(font)} ${formulas}`);
  const before = known.find(key);
  if (before !== undefined) return [...others, { path, content: Buffer.from(before, 'base64') }];
  const { default: subsetFont } = await import('subset-font');
  // WOFF 2 would be a tenth smaller, and take as long to make as a hundred pages.
  const content = await subsetFont(font, drawnAs(formulas), { targetFormat: 'woff' });
  known.keep(key, Buffer.from(content).toString('base64'));
  return [...others, { path, content }];
}

/** With what a browser draws in the place of a character: a single letter in mathematical italics, a hyphen as a minus. */
function drawnAs(characters: string): string {
  return Array.from(characters)
    .flatMap((character) => [character, italic(character)])
    .join('')
    .replace('-', '-\u2212');
}

/** MathML Core's text-transform "math-auto"; the letter itself where it has no italic. */
function italic(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const from = (first: string, to: number): string => String.fromCodePoint(to + code - (first.codePointAt(0) ?? 0));
  if (letter === 'h') return '\u210e';
  if (letter >= 'A' && letter <= 'Z') return from('A', 0x1d434);
  if (letter >= 'a' && letter <= 'z') return from('a', 0x1d44e);
  if (letter >= '\u0391' && letter <= '\u03a9') return from('\u0391', 0x1d6e2);
  if (letter >= '\u03b1' && letter <= '\u03c9') return from('\u03b1', 0x1d6fc);
  return others.get(letter) ?? letter;
}

const others: ReadonlyMap<string, string> = new Map([
  ['\u03f4', '\u{1d6f3}'],
  ['\u2207', '\u{1d6fb}'],
  ['\u2202', '\u{1d715}'],
  ['\u03f5', '\u{1d716}'],
  ['\u03d1', '\u{1d717}'],
  ['\u03f0', '\u{1d718}'],
  ['\u03d5', '\u{1d719}'],
  ['\u03f1', '\u{1d71a}'],
  ['\u03d6', '\u{1d71b}'],
  ['\u0131', '\u{1d6a4}'],
  ['\u0237', '\u{1d6a5}'],
]);

function asWritten(_entity: string, name: string): string {
  return name === 'lt' ? '<' : name === 'gt' ? '>' : '&';
}
