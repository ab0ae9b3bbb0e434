/** YAML with positions: a directive's body or a page's front matter as plain data, and where each part of it stands. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Json } from '../shared/artifact.js';
import type { Place, Problem, Rule } from '../shared/problem.js';
import type { OptionPath } from './report.js';
import { slip } from './yaml-slip.js';

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

/** Where the nodes of one text stand, and what is wrong with them. */
interface Reading {
  readonly problems: Problem[];
  /** The place of a node; the text's start when it has none. */
  readonly placeAt: (node: Node) => Place;
}

/** Reads a mapping. An empty text is an empty mapping. Everything that is wrong with it is in `problems`. */
export function readYaml(text: string, toPlace: ToPlace): YamlBody {
  const start = toPlace(1, 1);
  const unread = (problems: readonly Problem[], readable = false): YamlBody => ({
    ...{ value: {}, placeOf: () => start, problems, readable },
  });
  const limit = beyondLimits(text, toPlace);
  if (limit !== undefined) return unread([limit]);
  const lines = new LineCounter();
  const rangePlace = (from: number, to: number): Place => {
    const [first, last] = [lines.linePos(from), lines.linePos(Math.max(from, to))];
    return toPlace(first.line, first.col, { line: last.line, column: last.col });
  };
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, strict: true });
  if (document.errors.length > 0)
    return unread(
      document.errors.slice(0, mostSyntaxProblems).map(({ code, message, pos: [from, to] }) => ({
        ...{ place: rangePlace(from, to), rule: 'yaml-syntax', ...slip(code, message, text.slice(from)) },
      })),
    );
  const root = document.contents;
  if (root === null) return unread([], true);
  const placeAt = ({ range }: Node): Place => (range ? rangePlace(range[0], range[1]) : start);
  if (!isMap(root))
    return unread([
      {
        ...{ place: placeAt(root), rule: 'yaml-not-options', message: 'this block is not a list of options' },
        hint: 'write one "option: value" a line',
      },
    ]);
  const reading: Reading = { problems: [], placeAt };
  return {
    value: objectOf(root, reading),
    placeOf: (path, part) => placeWithin(root, path, part, { start, placeAt }),
    problems: reading.problems,
    readable: true,
  };
}

/** What is too much to be parsed. */
function beyondLimits(text: string, toPlace: ToPlace): Problem | undefined {
  if (text.length > longestBody)
    return {
      ...{ place: toPlace(1, 1), rule: 'yaml-too-large', message: `this block is ${text.length} characters long` },
      hint: `keep it under ${longestBody}`,
    };
  const deep = tooDeep(text);
  if (deep === undefined) return undefined;
  return {
    ...{ place: toPlace(deep, 1), rule: 'yaml-too-deep', hint: 'make it flatter' },
    message: `this block is nested more than ${deepest} levels deep`,
  };
}

function complain({ problems }: Reading, place: Place, rule: Rule, message: string, hint: string): void {
  problems.push({ place, rule, message, hint });
}

/** A node as plain data; null where it is not, with a problem that says why. */
function jsonOf(node: unknown, reading: Reading): Json {
  if (!isNode(node)) return null;
  const place = reading.placeAt(node);
  if (isAlias(node) || node.anchor !== undefined) {
    complain(reading, place, 'yaml-anchor', 'anchors and aliases are not allowed here', 'write the value out');
    return null;
  }
  if (node.tag !== undefined && !tags.has(node.tag)) {
    complain(reading, place, 'yaml-tag', `the tag ${node.tag} is not known here`, 'leave the tag out');
    return null;
  }
  if (isSeq(node)) return node.items.map((item) => jsonOf(item, reading));
  if (isMap(node)) return objectOf(node, reading);
  return isScalar(node) ? scalarOf(node.value, node.source ?? '', place, reading) : null;
}

function objectOf(map: YAMLMap, reading: Reading): { readonly [key: string]: Json } {
  const object: { [key: string]: Json } = {};
  const seen = new Map<string, Place>();
  for (const pair of map.items) {
    if (!isScalar(pair.key)) {
      const place = reading.placeAt(map);
      complain(reading, place, 'yaml-key', 'a key must be plain text', 'write one "option: value" a line');
      continue;
    }
    const name = nameOf(pair.key);
    const place = reading.placeAt(pair.key);
    const first = seen.get(name);
    if (reserved.has(name)) {
      complain(reading, place, 'yaml-key', `"${name}" cannot be the name of an option`, 'choose another name');
    } else if (first !== undefined) {
      reading.problems.push({
        ...{ place, rule: 'duplicate-option', message: `"${name}" is given twice`, hint: 'keep one of them' },
        related: [{ place: first, message: 'the first one' }],
      });
    } else {
      seen.set(name, place);
      object[name] = jsonOf(pair.value, reading);
    }
  }
  return object;
}

/** A key as it is written. */
function nameOf(key: Scalar): string {
  return key.source ?? String(key.value);
}

function scalarOf(value: unknown, written: string, place: Place, reading: Reading): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // The tags that are known give nothing else.
  if (typeof value !== 'number') throw new TypeError(`${written} is not a plain value`);
  if (!Number.isFinite(value)) {
    complain(reading, place, 'number-not-finite', `${written} is not a finite number`, 'write a finite number');
    return null;
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?(?:\d+|0[xo][\da-f]+)$/i.test(written)) {
    const message = `${written} has more digits than can be kept exactly`;
    complain(reading, place, 'number-too-large', message, 'write a smaller number');
    return null;
  }
  return Object.is(value, -0) ? 0 : value;
}

/** The place of what a path leads to, or of the last part of the path that is there. */
function placeWithin(
  root: Node,
  path: OptionPath,
  part: 'key' | 'value',
  { start, placeAt }: { readonly start: Place; readonly placeAt: Reading['placeAt'] },
): Place {
  let node = root;
  let place = start;
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && nameOf(key) === String(step));
      if (pair === undefined || !isNode(pair.key)) return place;
      const key = placeAt(pair.key);
      if (!isNode(pair.value)) return key;
      place = part === 'key' && depth === path.length - 1 ? key : placeAt(pair.value);
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (!isNode(item)) return place;
      place = placeAt(item);
      node = item;
    } else return place;
  }
  return place;
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
