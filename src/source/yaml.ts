/** YAML with positions: a directive's body or a page's front matter as plain data, and where each part of it stands. */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Json } from '../shared/artifact.js';
import type { Place, Problem, Rule } from '../shared/problem.js';
import type { OptionPath } from './report.js';

/** From a line and column of the YAML text (from 1) to a place in the page. */
export type ToPlace = (line: number, column: number, end?: { line: number; column: number }) => Place;

export interface YamlBody {
  readonly value: { readonly [key: string]: Json };
  readonly placeOf: (path: OptionPath, part: 'key' | 'value') => Place;
  readonly problems: readonly Problem[];
  /** Whether `value` is what was written; false where nothing could be read at all. */
  readonly readable: boolean;
}

const longestBody = 64 * 1024;
const deepest = 32;
const reserved = new Set(['__proto__', 'constructor', 'prototype']);
/** The tags of what plain options are made of. */
const tags = new Set(['str', 'int', 'float', 'bool', 'null', 'seq', 'map'].map((name) => `tag:yaml.org,2002:${name}`));
/** One slip can make the parser complain again and again. */
const mostSyntaxProblems = 3;

/** Reads a mapping. An empty text is an empty mapping. Everything that is wrong with it is in `problems`. */
export function readYaml(text: string, toPlace: ToPlace): YamlBody {
  const problems: Problem[] = [];
  const lines = new LineCounter();
  const rangePlace = (start: number, end: number): Place => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(start, end));
    return toPlace(from.line, from.col, { line: to.line, column: to.col });
  };
  const start = toPlace(1, 1);
  const nothing: YamlBody = { value: {}, placeOf: () => start, problems, readable: false };
  const complain = (place: Place, rule: Rule, message: string, hint: string): void => {
    problems.push({ place, rule, message, hint });
  };

  if (text.length > longestBody) {
    complain(start, 'yaml-too-large', `this block is ${text.length} characters long`, `keep it under ${longestBody}`);
    return nothing;
  }
  const deep = tooDeep(text);
  if (deep !== undefined) {
    complain(
      toPlace(deep, 1),
      'yaml-too-deep',
      `this block is nested more than ${deepest} levels deep`,
      'make it flatter',
    );
    return nothing;
  }

  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, strict: true });
  for (const error of document.errors.slice(0, mostSyntaxProblems)) {
    const [from, to] = error.pos;
    const { message, hint } = slip(error.code, error.message, text.slice(from));
    complain(rangePlace(from, to), 'yaml-syntax', message, hint);
  }
  if (problems.length > 0) return nothing;
  const root = document.contents;
  if (root === null) return { ...nothing, readable: true };
  if (!isMap(root)) {
    complain(
      nodePlace(root),
      'yaml-not-options',
      'this block is not a list of options',
      'write one "option: value" a line',
    );
    return nothing;
  }

  function nodePlace(node: Node): Place {
    const range = node.range;
    return range ? rangePlace(range[0], range[1]) : start;
  }

  function toJson(node: unknown): Json {
    if (node === null || node === undefined) return null;
    if (!isNode(node)) return null;
    const place = nodePlace(node);
    if (isAlias(node) || node.anchor !== undefined) {
      complain(place, 'yaml-anchor', 'anchors and aliases are not allowed here', 'write the value out');
      return null;
    }
    if (node.tag !== undefined && !tags.has(node.tag)) {
      complain(place, 'yaml-tag', `the tag ${node.tag} is not known here`, 'leave the tag out');
      return null;
    }
    if (isSeq(node)) return node.items.map(toJson);
    if (isMap(node)) {
      const object: { [key: string]: Json } = {};
      const seen = new Map<string, Place>();
      for (const pair of node.items) {
        const key = isPair(pair) && isScalar(pair.key) ? pair.key : undefined;
        if (key === undefined) {
          complain(place, 'yaml-key', 'a key must be plain text', 'write one "option: value" a line');
          continue;
        }
        const name = key.source ?? String(key.value);
        const keyPlace = nodePlace(key);
        const first = seen.get(name);
        if (reserved.has(name)) {
          complain(keyPlace, 'yaml-key', `"${name}" cannot be the name of an option`, 'choose another name');
        } else if (first !== undefined) {
          problems.push({
            place: keyPlace,
            rule: 'duplicate-option',
            message: `"${name}" is given twice`,
            hint: 'keep one of them',
            related: [{ place: first, message: 'the first one' }],
          });
        } else {
          seen.set(name, keyPlace);
          object[name] = toJson(pair.value);
        }
      }
      return object;
    }
    if (!isScalar(node)) return null;
    return scalar(node.value, node.source ?? '', place);
  }

  function scalar(value: unknown, written: string, place: Place): Json {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) {
        complain(place, 'number-not-finite', `${written} is not a finite number`, 'write a finite number');
        return null;
      }
      if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?(?:\d+|0[xo][\da-f]+)$/i.test(written)) {
        complain(
          place,
          'number-too-large',
          `${written} has more digits than can be kept exactly`,
          'write a smaller number',
        );
        return null;
      }
      return Object.is(value, -0) ? 0 : value;
    }
    // The tags that are known give nothing else.
    throw new TypeError(`${written} is not a plain value`);
  }

  const value = toJson(root) as { readonly [key: string]: Json };

  function placeOf(path: OptionPath, part: 'key' | 'value'): Place {
    let node: Node = root as Node;
    let place = start;
    for (const [depth, step] of path.entries()) {
      if (isMap(node)) {
        const pair = node.items.find(
          (item) => isScalar(item.key) && (item.key.source ?? String(item.key.value)) === String(step),
        );
        if (pair === undefined) return place;
        const last = depth === path.length - 1;
        const key = nodePlace(pair.key as Node);
        if (!isNode(pair.value)) return key;
        place = last && part === 'key' ? key : nodePlace(pair.value);
        node = pair.value;
      } else if (isSeq(node)) {
        const item: unknown = node.items[Number(step)];
        if (!isNode(item)) return place;
        place = nodePlace(item);
        node = item;
      } else return place;
    }
    return place;
  }

  return { value, placeOf, problems, readable: true };
}

/** The first line at which block or flow nesting is deeper than the limit, if any; a bound, not a parse. */
function tooDeep(text: string): number | undefined {
  let line = 1;
  let flow = 0;
  for (const [index, content] of text.split('\n').entries()) {
    line = index + 1;
    const indent = content.length - content.trimStart().length;
    const markers = /^\s*((?:[-?:]\s+)+)/.exec(content)?.[1]?.match(/[-?:]/g)?.length ?? 0;
    flow += (content.match(/[[{]/g)?.length ?? 0) - (content.match(/[\]}]/g)?.length ?? 0);
    if (flow > deepest || markers > deepest || indent > 8 * deepest) return line;
  }
  return undefined;
}

/** A slip as people make it, in words; the parser's own where it is a rarer one. `rest` is the text from there on. */
function slip(code: string, message: string, rest: string): { message: string; hint: string } {
  const line = rest.split('\n', 1)[0] ?? '';
  switch (code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab indents nothing in YAML', hint: 'use spaces, or start the line with the option' };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR': {
      if (message.startsWith('Missing closing')) return { message: 'a quote is never closed', hint: 'close it' };
      const glued = /^([A-Za-z][\w.-]*)\s*[:=]\s*(\S.*)$/.exec(line);
      const hint = glued === null ? 'write "option: value"' : `write "${glued[1] ?? ''}: ${glued[2] ?? ''}"`;
      return { message: 'this is no option with a colon, a space and a value', hint };
    }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'a second colon in a line, or a line that is indented, starts options inside a value',
        hint: 'put a text with a colon in quotes, and start every option at the same column',
      };
    case 'BAD_SCALAR_START':
      return { message: `a text cannot start with ${line.charAt(0)} here`, hint: 'put the whole text in quotes' };
    case 'BAD_INDENT': {
      if (message.startsWith('All mapping items must start'))
        return {
          message: 'this line starts at another column than the options above it',
          hint: 'start them all at the same',
        };
      const close = /end with a ([}\]])/.exec(message)?.[1];
      if (close === undefined) break;
      return {
        message: `a ${close === '}' ? '{' : '['} before this is never closed`,
        hint: `end it with ${close}, or indent this line`,
      };
    }
    case 'UNEXPECTED_TOKEN':
      if (message.startsWith('Unexpected scalar at node end'))
        return { message: 'more text follows where a value has ended', hint: 'put the whole text in quotes' };
      break;
  }
  return { message: firstLine(message), hint: 'mend the YAML here' };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}
