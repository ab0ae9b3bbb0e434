/** Formulas between \( and \) or \[ and \], which are only escaped brackets in Markdown. */
import type { Finding } from './nodes.js';

/** `searched` is the page with code and formulas blanked out. */
export function texParentheses(searched: string, text: string): Finding[] {
  if (!/\\[([]/.test(searched)) return [];
  return [
    ...searched.matchAll(/\\(?:\(([^\n]{1,200}?)\\\)|(?<=^[ \t]*\\)\[((?:[^\n]|\n(?!\s*\n)){1,400}?)\\\])/gm),
  ].flatMap((match) => {
    const tex = match[1] ?? match[2] ?? '';
    // Words in brackets are words in brackets.
    if (!/[\\^_=]/.test(tex)) return [];
    const [start, end] = [match.index, match.index + match[0].length];
    const written = text.slice(start + 2, end - 2).trim();
    const whole = match[1] === undefined;
    const message = `a formula between ${whole ? '\\[ and \\]' : '\\( and \\)'} is not read here`;
    const hint = whole ? 'write $$ in a line before it and in one after it' : `write $${written}$`;
    return [{ start, end: whole ? start + 2 : end, message, hint }];
  });
}
