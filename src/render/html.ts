/** Text as HTML. */
import { say, type Word } from '../languages/words.js';

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML, for element content and double-quoted attributes. */
export function escapeHtml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (character) => named[character] ?? character) : text;
}

/** Words with their values, as HTML. */
export function sayHtml<Name extends string>(
  word: Word<Name>,
  values: Readonly<Record<NoInfer<Name>, string | number>>,
): string {
  return escapeHtml(say(word, values));
}

/** The same with values that are HTML. */
export function sayWithHtml<Name extends string>(
  word: Word<Name>,
  html: Readonly<Record<NoInfer<Name>, string>>,
): string {
  return say(escapeHtml(word) as Word<Name>, html);
}

/** An address for a double-quoted attribute: what an address cannot hold is percent-encoded, what is encoded stays. */
export function escapeUrl(url: string): string {
  const encoded = /[^A-Za-z0-9\-._~!#$&'()*+,/:;=?@%]/.test(url)
    ? url.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!#$&'()*+,/:;=?@%]+/gu, (part) => {
        try {
          return encodeURIComponent(part);
        } catch {
          return '%EF%BF%BD'; // Half of a pair of code units.
        }
      })
    : url.replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
  return escapeHtml(encoded);
}

const characters: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(named).map(([character, reference]) => [reference, character]),
);

/** The text of which `escapeHtml` made this. */
export function unescapeHtml(html: string): string {
  return html.includes('&')
    ? html.replace(/&(?:amp|lt|gt|quot);/g, (reference) => characters[reference] ?? reference)
    : html;
}

/** What HTML that this program wrote says, without tags. */
export function htmlToText(html: string): string {
  return unescapeHtml(html.replace(/<br>|<\/(?:li|p|td|th)>/g, ' ').replace(/<[^>]*>/g, ''));
}
