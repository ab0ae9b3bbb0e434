/** Backslash escapes and character references (`&amp;`, `&#8211;`) as the characters that they mean. */
import { decodeNamedCharacterReference } from 'decode-named-character-reference';

const reference = String.raw`&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});`;
export const characterReference = new RegExp(reference, 'y');
const either = new RegExp(String.raw`\\[!-/:-@[-` + '`' + String.raw`{-~]|${reference}`, 'g');

/** A reference such as "&amp;" decoded; as it is when nothing has that name. */
export function decodeReference(written: string): string {
  const name = written.slice(1, -1);
  if (!name.startsWith('#')) {
    const decoded = decodeNamedCharacterReference(name);
    return decoded === false ? written : decoded;
  }
  const hexadecimal = name[1] === 'x' || name[1] === 'X';
  const code = Number.parseInt(name.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
  const known = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return known ? String.fromCodePoint(code) : '\ufffd';
}

/** Text with both decoded. */
export function decodeEscapes(text: string): string {
  if (!text.includes('\\') && !text.includes('&')) return text;
  return text.replace(either, (written) => (written.startsWith('\\') ? written.slice(1) : decodeReference(written)));
}
