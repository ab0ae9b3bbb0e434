/** Text in brackets that Pandoc gives a meaning by what stands beside them: `[words]{.smallcaps}`, and a note in the line, `^[An aside.]`. */
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Code, Construct, Effects, Extension, State, Token } from 'micromark-util-types';
import { noAttributes } from '../attributes.js';
import type { InlineNote, Span } from '../syntax.js';
import { attributes } from './attributes.js';
import { endsLine, isBlank } from './line.js';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    span: 'span';
    inlineNote: 'inlineNote';
    bracketMark: 'bracketMark';
  }
}

const caret = 94;
const opening = 91;
const closing = 93;
const backslash = 92;
const exclamation = 33;
/** Longer than what a person writes into a line. */
const longestSpan = 1000;
const longestNote = 4000;

/** An image's brackets, and those of a note, are others. */
const beforeSpan = (code: Code): boolean => code !== caret && code !== exclamation;
const beforeNote = (code: Code): boolean => code !== opening;

const span: Construct = {
  name: 'span',
  previous: beforeSpan,
  tokenize(effects, ok, nok) {
    const done: State = (code) => {
      effects.exit('span');
      return ok(code);
    };
    const inside = brackets(effects, longestSpan, effects.attempt(attributes, done, nok), nok);
    return (code) => {
      // Another construct of the same character may have asked for a look.
      if (!beforeSpan(this.previous)) return nok(code);
      effects.enter('span');
      return inside(code);
    };
  },
};

const inlineNote: Construct = {
  name: 'inlineNote',
  previous: beforeNote,
  tokenize(effects, ok, nok) {
    const done: State = (code) => {
      effects.exit('inlineNote');
      return ok(code);
    };
    const inside = brackets(effects, longestNote, done, nok);
    return (code) => {
      if (!beforeNote(this.previous)) return nok(code);
      effects.enter('inlineNote');
      effects.enter('bracketMark');
      effects.consume(code);
      effects.exit('bracketMark');
      return (next) => (next === opening ? inside(next) : nok(next));
    };
  },
};

/** From an opening bracket to the one that closes it; what is between is running text. */
function brackets(effects: Effects, longest: number, ok: State, nok: State): State {
  let depth = 0;
  let length = 0;
  let empty = true;
  let escaped = false;
  let previous: Token | undefined;
  const mark = (code: Code): void => {
    effects.enter('bracketMark');
    effects.consume(code);
    effects.exit('bracketMark');
  };
  const between: State = (code) => {
    if (code === null || length > longest) return nok(code);
    if (code === closing && depth === 0) {
      if (empty) return nok(code);
      mark(code);
      return ok;
    }
    const token = effects.enter('chunkText', { contentType: 'text', ...(previous !== undefined && { previous }) });
    if (previous !== undefined) previous.next = token;
    previous = token;
    return text(code);
  };
  const text: State = (code) => {
    if (code !== null && endsLine(code)) {
      // The end of a line belongs to the piece of text before it.
      effects.consume(code);
      effects.exit('chunkText');
      escaped = false;
      return between;
    }
    if (code === null || length > longest || (code === closing && depth === 0 && !escaped)) {
      effects.exit('chunkText');
      return between(code);
    }
    if (!escaped && code === opening) depth += 1;
    else if (!escaped && code === closing) depth -= 1;
    escaped = code === backslash && !escaped;
    length += 1;
    if (!isBlank(code)) empty = false;
    effects.consume(code);
    return text;
  };
  return (code) => {
    mark(code);
    return between;
  };
}

export const bracketedSyntax: Extension = { text: { [opening]: span, [caret]: inlineNote } };

export const bracketedFromMarkdown: FromMarkdown = {
  canContainEols: ['span', 'inlineNote'],
  enter: {
    span(token) {
      const node: Span = { type: 'span', attributes: noAttributes, children: [] };
      this.enter(node, token);
    },
    inlineNote(token) {
      const node: InlineNote = { type: 'inlineNote', children: [] };
      this.enter(node, token);
    },
  },
  exit: {
    span(token) {
      this.exit(token);
    },
    inlineNote(token) {
      this.exit(token);
    },
  },
};
