/** Raised text as Pandoc has it: `x^2^`, `the 3^rd^`. It stands right after a word; so two exponents in plain text, `x^2+y^2`, are none. */
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Code, Construct, Extension, State } from 'micromark-util-types';
import type { Raised } from '../syntax.js';
import { characterOf, endsLine } from './line.js';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    raised: 'raised';
    raisedMark: 'raisedMark';
  }
}

const caret = 94;
const longest = 30;
const beforeIt = /^[\p{L}\p{M}\p{N}\p{Sc})\]}*_"'”’»]$/u;
const inIt = /^[^\s^[\]$`|<>]$/u;

function isAfterWord(code: Code): boolean {
  return code !== null && beforeIt.test(characterOf(code));
}

const raised: Construct = {
  name: 'raised',
  previous: isAfterWord,
  tokenize(effects, ok, nok) {
    let length = 0;
    const mark = (then: State): State => {
      return (code) => {
        effects.enter('raisedMark');
        effects.consume(code);
        effects.exit('raisedMark');
        return then;
      };
    };
    const first: State = (code) => {
      if (endsLine(code) || !inIt.test(characterOf(code))) return nok(code);
      effects.enter('chunkText', { contentType: 'text' });
      return inside(code);
    };
    const inside: State = (code) => {
      if (code === caret) {
        effects.exit('chunkText');
        return mark(end)(code);
      }
      length += 1;
      if (endsLine(code) || length > longest || !inIt.test(characterOf(code))) return nok(code);
      effects.consume(code);
      return inside;
    };
    const end: State = (code) => {
      if (/^[\p{L}\p{N}_^]$/u.test(characterOf(code))) return nok(code);
      effects.exit('raised');
      return ok(code);
    };
    return (code) => {
      // Another construct of the same character may have asked for a look.
      if (!isAfterWord(this.previous)) return nok(code);
      effects.enter('raised');
      return mark(first)(code);
    };
  },
};

export const raisedSyntax: Extension = { text: { [caret]: raised } };

export const raisedFromMarkdown: FromMarkdown = {
  enter: {
    raised(token) {
      const node: Raised = { type: 'raised', children: [] };
      this.enter(node, token);
    },
  },
  exit: {
    raised(token) {
      this.exit(token);
    },
  },
};
