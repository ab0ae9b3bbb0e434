/** The sentences that inline claims support, and those that inline numbers stand in. */
import type { Nodes } from 'mdast';
import { readInlineRequest } from './read-inline-request.js';

/** Stands for a request among words, before `c` or `v`: no text holds it, since Markdown takes it for U+FFFD. */
const mark = '\0';
/**
 * Between sentences: after a stop, before a capital letter, a number that is not known yet, or a reference. What a stop may
 * end besides is rarer than "p. 3" and "i.e. this". (Intl.Segmenter takes time that grows with the square of a text.)
 */
const between = /(?<=[.!?]["”’)\]]{0,3})\s+(?=["“‘([]*(?:\p{Lu}|[…@]))|(?<=[。！？]”?)/gu;

/**
 * The sentence of each request in a block of text, in their order: of a claim the one that it stands in, or that ends just
 * before it; of a number the one that it stands in, where … stands for it.
 */
export function requestSentences(block: Nodes): string[] {
  // Where each request stands among the words: at its …, or at the last character before a claim.
  const places: number[] = [];
  let words = '';
  for (const part of said(block).split(/((?:(?<=^|\S)\s*)?\0c|\0v)/)) {
    if (part.endsWith(`${mark}c`)) places.push(words.length - 1);
    else if (part === `${mark}v`) {
      places.push(words.length);
      words += '…';
    } else words += part;
  }
  const starts = [0, ...[...words.matchAll(between)].map(({ index, 0: blank }) => index + blank.length)];
  let sentence = 0;
  return places.map((place) => {
    while ((starts[sentence + 1] ?? Infinity) <= place) sentence += 1;
    return words
      .slice(starts[sentence], starts[sentence + 1])
      .replace(/\s+(?=[.,;:!?])/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  });
}

/** What a block says, with a mark for each request. */
function said(node: Nodes): string {
  if (node.type === 'inlineCode') {
    const request = readInlineRequest(node.value);
    return request === undefined ? node.value : `${mark}${request.what === 'value' ? 'v' : 'c'}`;
  }
  if (node.type === 'reference' || node.type === 'citation') return node.written;
  return 'children' in node ? node.children.map(said).join('') : 'value' in node ? node.value : '';
}
