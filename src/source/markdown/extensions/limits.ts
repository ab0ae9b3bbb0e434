/**
 * What micromark reads in more than proportion to its length is bounded. Its constructs of running text look back over all
 * that was found in the paragraph so far, and each definition is compared with all others. So is what a page is read into:
 * each token takes hundreds of bytes, and a page of items of one letter has more tokens than letters.
 */
import type { Construct, Extension, TokenizeContext } from 'micromark-util-types';
import { type Limits, raiseLimit } from '../../../shared/limits.js';
import { TooMuchMarkdown } from '../too-much.js';

/** A word has up to four: its own begin and end, and those of the blank after it. */
const mostEvents = 40_000;
const mostDefinitions = 20_000;
/** Items of lists, quotes and notes take twice the memory of what stands in lines. */
const ofContainers = 2;

interface Read {
  /** Of all tokenizers of the text. */
  events: number;
  /** What is read now, and how many events it had when it was asked last. */
  context: TokenizeContext;
  known: number;
}

/** Of each text that is being read. */
const read = new WeakMap<TokenizeContext['parser'], Read>();
/** The events that were counted of a tokenizer before another one went on. */
const left = new WeakMap<TokenizeContext, number>();

/** Of all tokenizers of a text, so far. */
function eventsSoFar(asked: TokenizeContext, weight: number): number {
  const context = tokenizerOf(asked);
  const { length } = context.events;
  let so = read.get(context.parser);
  if (so === undefined) {
    so = { events: 0, context, known: 0 };
    read.set(context.parser, so);
  }
  if (so.context !== context) {
    left.set(so.context, so.known);
    so.context = context;
    so.known = left.get(context) ?? 0;
  }
  so.events += weight * (length - so.known);
  so.known = length;
  return so.events;
}

/** A construct that may end a paragraph is asked with a context of its own, made after that of the tokenizer. */
function tokenizerOf(context: TokenizeContext): TokenizeContext {
  if (Object.hasOwn(context, 'events')) return context;
  return tokenizerOf(Object.getPrototypeOf(context) as TokenizeContext);
}

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

const printable = Array.from({ length: 127 - 33 }, (_, index) => index + 33);

/** Comes after all other extensions, so that its constructs are asked first; they read nothing. */
export function textLimits(limits: Limits): Extension {
  const most = limits['page-tokens'];
  const checkPage = (context: TokenizeContext, weight = 1): void => {
    // Each token gives two events.
    if (eventsSoFar(context, weight) <= 2 * most) return;
    const message = `this page has more than ${most} words, marks, list items and other tokens`;
    const hint = `split it into several pages, or ${raiseLimit('page-tokens', limits)}`;
    throw new TooMuchMarkdown('page-too-large', 1, message, hint);
  };
  /** Asked wherever another construct of running text may begin. */
  const text: Construct = {
    name: 'textLimit',
    previous() {
      checkPage(this);
      checkText(this);
      return false;
    },
    tokenize: (_effects, _ok, nok) => nok,
  };
  const line: Construct = {
    name: 'lineLimit',
    tokenize(_effects, _ok, nok) {
      checkPage(this);
      return nok;
    },
  };
  const container: Construct = {
    name: 'containerLimit',
    tokenize(_effects, _ok, nok) {
      checkPage(this, ofContainers);
      checkDefinitions(this);
      return nok;
    },
  };
  const definition: Construct = {
    name: 'definitionLimit',
    tokenize(_effects, _ok, nok) {
      checkPage(this);
      checkDefinitions(this);
      return nok;
    },
  };
  // Also before what is no character of ASCII.
  const anywhere = (construct: Construct): Extension['flow'] => ({
    ...Object.fromEntries(printable.map((code) => [code, construct])),
    null: construct,
  });
  return {
    text: Object.fromEntries(printable.map((code) => [code, text])),
    contentInitial: { 91: definition },
    flow: anywhere(line),
    document: anywhere(container),
  };
}
