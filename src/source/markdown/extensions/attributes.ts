/** `{#id .class key="value"}` right after an image or a link: read before anything inside it is taken for Markdown. */
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Construct, Extension, State } from 'micromark-util-types';
import { attributesAtStart } from '../attributes.js';
import { characterOf, endsLine } from './line.js';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    attributes: 'attributes';
    attributesData: 'attributesData';
  }
}

const opening = 123;
const closing = 125;
const roundEnd = 41;
const squareEnd = 93;
/** Longer than any that a person writes. */
const longest = 4000;

export const attributes: Construct = {
  name: 'attributes',
  previous: (code) => code === roundEnd || code === squareEnd,
  tokenize(effects, ok, nok) {
    let written = '';
    let quote = '';
    let escaped = false;
    const between: State = (code) => {
      if (code === null || written.length > longest) return nok(code);
      if (!endsLine(code)) {
        effects.enter('attributesData');
        return inside(code);
      }
      written += '\n';
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return between;
    };
    const inside: State = (code) => {
      if (endsLine(code) || written.length > longest) {
        effects.exit('attributesData');
        return between(code);
      }
      const character = characterOf(code);
      if (quote === '' && code === opening && written !== '') return nok(code);
      if (escaped) escaped = false;
      else if (quote !== '' && character === '\\') escaped = true;
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
      else if (character === quote) quote = '';
      written += character;
      effects.consume(code);
      if (code !== closing || quote !== '') return inside;
      effects.exit('attributesData');
      return end;
    };
    const end: State = (code) => {
      if (attributesAtStart(written) === undefined) return nok(code);
      effects.exit('attributes');
      return ok(code);
    };
    return (code) => {
      effects.enter('attributes');
      return between(code);
    };
  },
};

export const attributesSyntax: Extension = { text: { [opening]: attributes } };

export const attributesFromMarkdown: FromMarkdown = {
  enter: {
    attributes(token) {
      this.enter({ type: 'attributes', value: '' }, token);
    },
  },
  exit: {
    attributesData(token) {
      const node = this.stack.at(-1);
      if (node?.type === 'attributes') node.value += `${node.value === '' ? '' : '\n'}${this.sliceSerialize(token)}`;
    },
    attributes(token) {
      this.exit(token);
    },
  },
};
