/** References and citations: `@fig-one` and `@key` in running text, `[see @key, p. 3; @other]` in brackets. */
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type { Construct, Extension, State, Token } from 'micromark-util-types';
import type { Point } from 'unist';
import { labelNamed, mayPrecedeReference } from '../../../shared/label-kinds.js';
import { groupOf, type WrittenThing, type WrittenWork } from '../citations.js';
import type { Citation, Cited, CrossReference, Referenced } from '../syntax.js';
import { characterOf, endsLine } from './line.js';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    citation: 'citation';
    citationGroup: 'citationGroup';
    citationGroupData: 'citationGroupData';
  }
}

const at = 64;
const opening = 91;
const closing = 93;
const word = /^[\p{L}\p{N}_]$/u;
/** What may stand inside a key, before another letter or digit. */
const joiner = /^[:.#$%&+?<>~/-]$/;
/** Longer than any group that a person writes. */
const longestGroup = 2000;

/** A character that joins two parts of a key, and the part's first letter. */
const joined: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const after: State = (code) => (code !== null && word.test(characterOf(code)) ? ok(code) : nok(code));
    return (code) => {
      effects.enter('citation');
      effects.consume(code);
      effects.exit('citation');
      return after;
    };
  },
};

const citation: Construct = {
  name: 'citation',
  previous: (code) => code === null || mayPrecedeReference(characterOf(code)),
  tokenize(effects, ok, nok) {
    const inside: State = (code) => {
      if (word.test(characterOf(code))) {
        effects.consume(code);
        return inside;
      }
      if (joiner.test(characterOf(code))) return effects.check(joined, join, end)(code);
      return end(code);
    };
    const join: State = (code) => {
      effects.consume(code);
      return inside;
    };
    const end: State = (code) => {
      effects.exit('citation');
      return ok(code);
    };
    const first: State = (code) => (word.test(characterOf(code)) ? inside(code) : nok(code));
    return (code) => {
      effects.enter('citation');
      effects.consume(code);
      return first;
    };
  },
};

const citationGroup: Construct = {
  name: 'citationGroup',
  tokenize(effects, ok, nok) {
    let written = '';
    const between: State = (code) => {
      if (code === null || written.length > longestGroup) return nok(code);
      if (endsLine(code)) {
        written += '\n';
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return between;
      }
      effects.enter('citationGroupData');
      return inside(code);
    };
    const inside: State = (code) => {
      if (endsLine(code) || written.length > longestGroup) {
        effects.exit('citationGroupData');
        return between(code);
      }
      const character = characterOf(code);
      // Code, formulas and links begin a bracket of another kind, unless a work has been named.
      if (written !== '' && (character === '[' || (/[`$]/.test(character) && !written.includes('@')))) return nok(code);
      written += character;
      effects.consume(code);
      if (code !== closing) return inside;
      effects.exit('citationGroupData');
      return written.includes('@') ? after : nok;
    };
    const after: State = (code) => {
      // A link, or a reference to a definition.
      if (code === 40 || code === opening) return nok(code);
      if (this.parser.defined.includes(normalizeIdentifier(written.slice(1, -1)))) return nok(code);
      if (groupOf(written) === undefined) return nok(code);
      effects.exit('citationGroup');
      return ok(code);
    };
    return (code) => {
      effects.enter('citationGroup');
      return between(code);
    };
  },
};

export const citationSyntax: Extension = { text: { [at]: citation, [opening]: citationGroup } };

/** A line of a group as written, and where it starts. */
interface Line {
  readonly text: string;
  readonly start: Point;
}

/** The lines of the group that is being compiled. */
const linesOf = new WeakMap<object, Line[]>();

export const citationFromMarkdown: FromMarkdown = {
  exit: {
    citation(token) {
      const written = this.sliceSerialize(token);
      const key = written.slice(1);
      const id = labelNamed(key);
      this.enter(id === undefined ? named(key, token) : reference(id, written, token), token);
      this.exit(token);
    },
    citationGroupData(token) {
      const lines = linesOf.get(this.stack.at(-1) ?? {});
      lines?.push({ text: this.sliceSerialize(token), start: pointOf(token.start) });
    },
    citationGroup(token) {
      const node = this.stack.at(-1);
      const lines = linesOf.get(node ?? {}) ?? [];
      const written = lines.map(({ text }) => text).join('\n');
      const found = groupOf(written);
      if (node !== undefined && found !== undefined) {
        const group =
          'things' in found ? referencesOf(written, found.things, lines) : citationOf(written, found.works, lines);
        Object.assign(node, group);
      }
      this.exit(token);
    },
  },
  enter: {
    citationGroup(token) {
      const node: Citation = { type: 'citation', inSentence: false, works: [], written: '' };
      linesOf.set(node, []);
      this.enter(node, token);
    },
  },
};

function reference(id: string, written: string, { start, end }: Token): CrossReference {
  const position = { start: pointOf(start), end: pointOf(end) };
  return { type: 'reference', things: [{ id, prefix: '', suffix: '', numberOnly: false, position }], written };
}

/** A work that is named in a sentence. */
function named(key: string, { start, end }: Token): Citation {
  const position = { start: pointOf(start), end: pointOf(end) };
  const work: Cited = { key, prefix: '', suffix: '', yearOnly: false, position };
  return { type: 'citation', inSentence: true, works: [work], written: `@${key}` };
}

function referencesOf(written: string, things: readonly WrittenThing[], lines: readonly Line[]): CrossReference {
  const named = things.map(({ start, end, ...thing }): Referenced => {
    return { ...thing, position: { start: pointIn(lines, start), end: pointIn(lines, end) } };
  });
  return { type: 'reference', things: named, written };
}

function citationOf(written: string, works: readonly WrittenWork[], lines: readonly Line[]): Citation {
  const cited = works.map(({ start, end, ...work }): Cited => {
    return { ...work, position: { start: pointIn(lines, start), end: pointIn(lines, end) } };
  });
  return { type: 'citation', inSentence: false, works: cited, written };
}

/** The place of an index into the lines, joined by line ends. */
function pointIn(lines: readonly Line[], index: number): Point {
  let left = index;
  for (const { text, start } of lines) {
    if (left <= text.length)
      return { line: start.line, column: start.column + left, offset: (start.offset ?? 0) + left };
    left -= text.length + 1;
  }
  return lines[0]?.start ?? { line: 1, column: 1, offset: 0 };
}

function pointOf({ line, column, offset }: Point): Point {
  return { line, column, ...(offset !== undefined && { offset }) };
}
