/**
 * What micromark reads in more than proportion to its length is bounded. Its constructs of running text look back over all
 * that was found in the paragraph so far, and each definition is compared with all others.
 */
import type { Construct, Extension, TokenizeContext } from 'micromark-util-types';
import { TooMuchMarkdown } from '../too-much.js';

/** A word has up to four: its own begin and end, and those of the blank after it. */
const mostEvents = 40_000;
const mostDefinitions = 20_000;

function checkText(context: TokenizeContext): void {
  if (context.events.length <= mostEvents) return;
  const line = context.events[0]?.[1].start.line ?? context.now().line;
  const message = `this paragraph has more than ${mostEvents / 4} words, links and other marks`;
  throw new TooMuchMarkdown('paragraph-too-long', line, message, 'divide it with blank lines');
}

function checkDefinitions(context: TokenizeContext): void {
  const { parser } = context;
  const count = parser.defined.length + (parser.gfmFootnotes?.length ?? 0);
  if (count <= mostDefinitions) return;
  const message = `this page has more than ${mostDefinitions} definitions of links and footnotes`;
  throw new TooMuchMarkdown('too-many-definitions', context.now().line, message, 'split it into several pages');
}

/** Reads nothing, and is asked wherever another construct of running text may begin. */
const text: Construct = {
  name: 'textLimit',
  previous() {
    checkText(this);
    return false;
  },
  tokenize: (_effects, _ok, nok) => nok,
};

const definition: Construct = {
  name: 'definitionLimit',
  tokenize(_effects, _ok, nok) {
    checkDefinitions(this);
    return nok;
  },
};

const printable = Array.from({ length: 127 - 33 }, (_, index) => index + 33);

/** Comes after all other extensions, so that it is asked first. */
export const limits: Extension = {
  text: Object.fromEntries(printable.map((code) => [code, text])),
  contentInitial: { 91: definition },
  document: { 91: definition },
};
