/** The sentences that inline claims support. */
import type { Nodes } from 'mdast';
import { readInlineRequest } from './read-inline-request.js';

/** Stands for a claim among words: no text holds it, since Markdown takes it for U+FFFD. */
const mark = '\0';
/**
 * Between sentences: after a stop, before a capital letter, a number that is not known yet, or a reference. What a stop may
 * end besides is rarer than "p. 3" and "i.e. this". (Intl.Segmenter takes time that grows with the square of a text.)
 */
const between = /(?<=[.!?]["”’)\]]{0,3})\s+(?=["“‘([]*(?:\p{Lu}|[…@]))|(?<=[。！？]”?)/gu;

/** The sentence of each claim in a block of text, in their order: the one that it stands in, or that ends just before it. */
export function claimSentences(block: Nodes): string[] {
  const text = said(block);
  const words = text.replaceAll(mark, '');
  const starts = [0, ...[...words.matchAll(between)].map(({ index, 0: blank }) => index + blank.length)];
  let at = 0;
  return [...text.matchAll(/(?<=^|\S)\s*\0/g)].map(({ index }, earlier) => {
    // The last character of the words before the claim.
    const last = index - earlier - 1;
    while ((starts[at + 1] ?? Infinity) <= last) at += 1;
    return words
      .slice(starts[at], starts[at + 1])
      .replace(/\s+(?=[.,;:!?])/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  });
}

/** What a sentence says: a claim is no part of what it supports, and a number is not known yet. */
function said(node: Nodes): string {
  if (node.type === 'inlineCode') {
    const request = readInlineRequest(node.value);
    return request === undefined ? node.value : request.what === 'value' ? '…' : mark;
  }
  if (node.type === 'reference' || node.type === 'citation') return node.written;
  return 'children' in node ? node.children.map(said).join('') : 'value' in node ? node.value : '';
}
