/** One line of text as a typesetter of its language sets it: quotation marks, apostrophes, dashes, dots, and spaces that do not break. */
import type { Language } from '../../languages/language.js';

export interface LineOfText {
  /** The next piece of the line, set. */
  readonly set: (text: string) => string;
  /** Something stands in the line that is no text of the author's. */
  readonly pass: () => void;
}

const opensAfter = /[\s([{\u2013\u2014/«„‚-]/;
/** Written without spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/u;
const brokenLine =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303f\uff00-\uffef])\n(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303f\uff00-\uffef])/gu;
const hebrew = /[\u05d0-\u05ea]/;
const letter = /[\p{L}\p{N}]/u;

const apostrophe = { text: '\u2019' };

/** A quotation mark that has just opened, as the character before what follows. */
const opened = '(';

export function lineOfText({ quotes, tag }: Pick<Language, 'quotes' | 'tag'>): LineOfText {
  const [open, close, innerOpen, innerClose] = quotes;
  const isFrench = /^fr\b/i.test(tag);
  /** The character before, a blank at the start of the line. */
  let before = ' ';
  const standing = { double: 0, single: 0 };

  const setQuote = (
    quote: string,
    previous: string,
    next: string,
  ): { readonly text: string; readonly opens?: true } => {
    const kind = quote === '"' ? 'double' : 'single';
    // Gershayim and geresh: they stand within words, and the latter after them.
    if (hebrew.test(previous)) {
      if (kind === 'double' && hebrew.test(next)) return { text: '\u05f4' };
      if (kind === 'single' && standing.single === 0) return { text: '\u05f3' };
    }
    const isApostrophe = kind === 'single' && letter.test(previous) && letter.test(next) && !unspaced.test(previous);
    if (isApostrophe) return apostrophe;
    const opens = opensAfter.test(previous) || (unspaced.test(previous) && standing[kind] === 0);
    if (opens) {
      standing[kind] += 1;
      return { text: kind === 'double' ? open : innerOpen, opens: true };
    }
    // Of a word's end: the dogs' bowls.
    if (kind === 'single' && standing.single === 0) return apostrophe;
    standing[kind] = Math.max(0, standing[kind] - 1);
    return { text: kind === 'double' ? close : innerClose };
  };

  const setQuotes = (text: string): string => {
    let last = { at: -1, as: before };
    const made = text.replace(/["']/g, (quote, at: number) => {
      // '90s: an apostrophe though it stands where a quote would open.
      if (quote === "'" && /^'\d\ds?\b/.test(text.slice(at, at + 5))) return apostrophe.text;
      const mark = setQuote(quote, last.at === at - 1 ? last.as : (text[at - 1] ?? ' '), text[at + 1] ?? ' ');
      last = { at, as: mark.opens === true ? opened : ')' };
      return mark.text;
    });
    before = last.at === text.length - 1 ? last.as : (text.at(-1) ?? before);
    return made;
  };

  return {
    set: (text) => {
      if (text === '') return text;
      // The source's lines end between words, of which these scripts have no spaces.
      const joined = text.includes('\n') ? text.replace(brokenLine, '') : text;
      const dashes = /[.-]/.test(joined)
        ? joined
            .replace(/---/g, '\u2014')
            .replace(/--/g, '\u2013')
            .replace(/\.\.\./g, '\u2026')
        : joined;
      const made = /["']/.test(dashes) ? setQuotes(dashes) : dashes;
      if (made === dashes) before = dashes.at(-1) ?? before;
      return isFrench ? made.replace(/ (?=[;:!?»])/g, '\u00a0').replace(/« /g, '«\u00a0') : made;
    },
    pass: () => {
      before = 'x';
    },
  };
}
