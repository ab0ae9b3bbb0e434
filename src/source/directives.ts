/** Finds the fenced directives of a page and reads their bodies. */
import { append } from '../shared/append.js';
import type { Code, Root } from 'mdast';
import { once } from '../shared/lazy.js';
import type { Place, Problem } from '../shared/problem.js';
import { closest, editDistance } from '../shared/suggest.js';
import type { MarkdownReader } from './markdown.js';
import { TooMuchMarkdown } from './markdown/too-much.js';
import { walk } from './markdown/walk.js';
import { nodeId } from '../shared/node-id.js';
import type { LineIndex } from './place.js';
import type { Directive, DirectiveKind, ProseOption } from './report.js';
import { readYaml } from './yaml.js';

/** A directive whose id may still have to be given, and what it says itself of how it is shown. */
export type FoundDirective = Omit<Directive, 'id' | 'echo' | 'fold'> & {
  readonly id: string | undefined;
  readonly echo?: boolean;
  readonly fold?: boolean;
};

/** An id in the fence of what would be a directive but for a slip: whatever names it names something. */
export interface LostId {
  readonly id: string;
  readonly place: Place;
}

/** Words after a fence that are near a kind's name but are languages that people highlight. */
const languages = new Set(['svg', 'csv', 'tsv', 'tab', 'table', 'brain', 'rain', 'trap', 'clean']);

const idPattern = /^[A-Za-z][A-Za-z0-9-]*$/;

/**
 * The directives of a page, in order. A fence is one when its first word is a kind. Problems: a near miss of a kind,
 * an unknown kind that carries an id, a malformed id, a fence that is never closed, and whatever is wrong in a body.
 */
export function findDirectives(
  tree: Root,
  text: string,
  lines: LineIndex,
  kinds: readonly DirectiveKind[],
  reader: MarkdownReader,
): { directives: FoundDirective[]; lost: LostId[]; problems: Problem[] } {
  const directives: FoundDirective[] = [];
  const lost: LostId[] = [];
  const problems: Problem[] = [];
  const rawLines = text.split('\n');
  const names = kinds.map(({ kind }) => kind);

  const lose = (words: readonly string[], place: Place): void => {
    for (const word of words) {
      const id = word.replace(/^#|\}$/g, '');
      if (idPattern.test(id)) lost.push({ id, place });
    }
  };
  const read = (node: Code): void => {
    if (node.position === undefined) return;
    const { start, end } = node.position;
    const raw = text.slice(start.offset ?? 0, end.offset ?? 0);
    const opening = /^(`{3,}|~{3,})([^\n]*)/.exec(raw);
    if (opening === null) return; // An indented code block.
    const fence = opening[1] ?? '```';
    const startOffset = start.offset ?? 0;
    const info = (opening[2] ?? '').trim();
    const infoOffset = startOffset + fence.length + (opening[2] ?? '').indexOf(info);
    const place = lines.at(startOffset, startOffset + fence.length + (opening[2] ?? '').length);
    const closed = isClosed(raw, fence);
    if (!closed) {
      problems.push({
        place,
        rule: 'unclosed-fence',
        message: 'this fenced block is never closed',
        hint: `end it with a line of ${fence}`,
      });
    }
    const [word = '', ...rest] = info.split(/\s+/);
    const kind = kinds.find((candidate) => candidate.kind === word);
    const wordPlace = lines.at(infoOffset, infoOffset + word.length);
    if (kind === undefined) {
      const meant = nearKind(word, rest, names, node);
      if (meant !== undefined) {
        problems.push({ place: wordPlace, ...meant });
        lose(rest, wordPlace);
      }
      return;
    }
    const id = readId(rest, place, (part) => {
      const offset = infoOffset + info.indexOf(part, word.length);
      return lines.at(offset, offset + part.length);
    });
    if ('problem' in id) {
      problems.push(id.problem);
      lose(rest, wordPlace);
    }

    const bodyLines = node.value.split('\n');
    const swallowed = closed ? openingIn(bodyLines, fence) : undefined;
    if (swallowed !== undefined) {
      const line = start.line + 1 + swallowed.index;
      problems.push({
        place,
        rule: 'unclosed-fence',
        message: `this fenced block is not closed before the next one, in line ${line}`,
        hint: `end it with a line of ${fence}`,
      });
      lose(swallowed.words, lines.at(lines.startOfLine(line)));
    }
    const whole = closed && swallowed === undefined;
    const body = readYaml(node.value, (line, column, to) => {
      // A body inside a list or a quote is indented or prefixed in the page; its own text is what the line ends with.
      const shift = (at: number): number => {
        const rawLine = rawLines[start.line + at - 1] ?? '';
        return rawLine.length - (bodyLines[at - 1] ?? '').length;
      };
      const offset = (at: number, col: number): number =>
        lines.startOfLine(start.line + at) + Math.max(0, shift(at)) + col - 1;
      return lines.at(offset(line, column), to === undefined ? undefined : offset(to.line, to.column));
    });
    const { echo, fold, ...options } = body.value;
    for (const [name, value] of Object.entries({ echo, fold })) {
      if (value === undefined || typeof value === 'boolean') continue;
      const message = `"${name}" must be true or false`;
      const hint = `write true or false after "${name}:"`;
      problems.push({ place: body.placeOf([name], 'value'), rule: 'invalid-option', message, hint });
    }
    if (whole) append(problems, body.problems);
    const readable = (kind.prose ?? []).filter((option) => {
      const why = tooMuch(options[option], reader);
      if (why === undefined) return true;
      problems.push({ place: body.placeOf([option], 'value'), ...why });
      return false;
    });
    directives.push({
      kind: kind.kind,
      noun: kind.noun,
      ...(kind.label !== undefined && { label: kind.label }),
      id: 'id' in id ? id.id : undefined,
      text: node.value,
      readable: whole && body.readable,
      body: options,
      ...(typeof echo === 'boolean' && { echo }),
      ...(typeof fold === 'boolean' && { fold }),
      place,
      idPlace: ('place' in id ? id.place : undefined) ?? wordPlace,
      placeOf: (path, part) => (path.length === 0 ? place : body.placeOf(path, part)),
      at: nodeId(place.file, node),
      prose: lazyProse(readable, options, reader),
    });
  };
  walk(tree, (node) => {
    if (node.type === 'code') read(node);
    return undefined;
  });
  return { directives, lost, problems };
}

/** Why a text of an option cannot be read; a short one always can. */
function tooMuch(text: unknown, reader: MarkdownReader): Pick<Problem, 'rule' | 'message' | 'hint'> | undefined {
  if (typeof text !== 'string' || text.length < 100) return undefined;
  const tree = reader.read(text);
  if (!(tree instanceof TooMuchMarkdown)) return undefined;
  const { rule, message, hint } = tree;
  return { rule, message, hint };
}

/** The options of a directive that are Markdown, each read when it is asked for. */
export function lazyProse(
  options: readonly ProseOption[],
  body: Directive['body'],
  reader: MarkdownReader,
): Directive['prose'] {
  const prose: Partial<Record<ProseOption, Root>> = {};
  for (const option of options) {
    const text = body[option];
    if (typeof text !== 'string') continue;
    Object.defineProperty(prose, option, { enumerable: true, get: once(() => reader.parse(text)) });
  }
  return prose;
}

/** Whether the block's last line is a closing fence: the same character, at least as many, nothing after. */
function isClosed(raw: string, fence: string): boolean {
  const last = raw.slice(raw.lastIndexOf('\n') + 1);
  const character = fence[0] ?? '`';
  // In a quote or a list the raw text keeps the container's prefix ("> ```").
  const closing = /(`{3,}|~{3,})\s*$/.exec(last)?.[1];
  return raw.includes('\n') && closing !== undefined && closing.startsWith(character) && closing.length >= fence.length;
}

/** The first line of a body that would open a block as the body's own fence does; `words` are what follows the first. */
function openingIn(
  bodyLines: readonly string[],
  fence: string,
): { readonly index: number; readonly words: readonly string[] } | undefined {
  for (const [index, line] of bodyLines.entries()) {
    const [, own = '', info = ''] = /^\s*(`{3,}|~{3,})\s*(\S.*)$/.exec(line) ?? [];
    if (own.startsWith(fence)) return { index, words: info.trim().split(/\s+/).slice(1) };
  }
  return undefined;
}

/** What is wrong with a fence that is not a directive but looks as if it should be one. */
function nearKind(
  word: string,
  rest: readonly string[],
  kinds: readonly string[],
  { data }: Code,
): Pick<Problem, 'rule' | 'message' | 'hint'> | undefined {
  const bare = word.replace(/^\{?\.?/, '').replace(/\}$/, '');
  const quarto = kinds.find((kind) => kind === bare);
  // A picture or a table of MyST, with its file or its caption, is no directive.
  const other = rest[0] !== undefined && !rest[0].startsWith('#') && /^\{(?:figure|table)\}$/.test(word);
  if (other) return undefined;
  if (quarto !== undefined && bare !== word) {
    return {
      rule: 'unknown-kind',
      message: `"${word}" is not how a directive is written`,
      hint: `write ${quarto} without braces`,
    };
  }
  if (data?.attributes !== undefined) return undefined;
  const known = `the kinds are ${kinds.join(', ')}`;
  if (rest.some((part) => part.startsWith('#'))) {
    const meant = closest(bare, kinds);
    return {
      rule: 'unknown-kind',
      message: `"${word}" is not a kind of directive`,
      hint: meant === undefined ? known : `did you mean "${meant}"?`,
    };
  }
  if (languages.has(word) || word.length < 4) return undefined;
  const meant = kinds.find((kind) => editDistance(word.toLowerCase(), kind) <= (kind.length >= 6 ? 2 : 1));
  return meant === undefined
    ? undefined
    : { rule: 'unknown-kind', message: `"${word}" is not a kind of directive`, hint: `did you mean "${meant}"?` };
}

function readId(
  rest: readonly string[],
  place: Place,
  placeOf: (part: string) => Place,
): { id: string | undefined; place?: Place } | { problem: Problem } {
  const [written, ...more] = rest;
  if (written === undefined) return { id: undefined };
  const wrong = (part: string, message: string, hint = 'write one id, such as #one-layer'): { problem: Problem } => ({
    problem: {
      place: part === '' ? place : placeOf(part),
      rule: 'invalid-id',
      message,
      hint,
    },
  });
  if (!written.startsWith('#')) {
    return wrong(written, `"${written}" is not an id`, idInstead(written));
  }
  const id = written.slice(1);
  if (!idPattern.test(id))
    return wrong(
      written,
      `"${id}" cannot be an id: ids are letters, digits and hyphens, a letter first`,
      idInstead(id),
    );
  const extra = more[0];
  if (extra !== undefined) return wrong(extra, `"${extra}" does not belong after the id`);
  return { id, place: placeOf(written) };
}

/** An id such as {#net}, label=net, fig:one or my_net as ids are written; undefined where nothing of it can be kept. */
function idInstead(written: string): string | undefined {
  const plain = written
    .replace(/^(?:id|label|name)=/, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return idPattern.test(plain) ? `write #${plain}` : undefined;
}
