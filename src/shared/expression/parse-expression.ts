/** The text of an expression to its tree, every fault at its place. */
import { dictionary } from '../dictionary.js';
import type { Fault, PlacedFault } from '../fault.js';
import { suggestion } from '../suggest.js';
import { type Cells, group, join, ofSeeds, seedAxis, single } from './cells.js';
import {
  choices,
  comparisons,
  elementwise,
  type Expression,
  type FunctionName,
  functions,
  type Operator,
  partsOf,
} from './expression.js';
import { type Names, type Token, tokenAt } from './tokens.js';

/** What a name means: one leaf, or one for each combination of what it leaves open. */
export interface Found<Leaf> {
  readonly runs: readonly Leaf[];
  /** Where each of them stands; of several without it, on the axis "seed". */
  readonly cells?: Cells;
  /** What is wrong where more than the seed stays open. */
  readonly open?: Fault;
}

/** What a name such as `one[hidden=40].test-error` means. `over` are the axes that functions around it take together. */
export type Resolve<Leaf> = (name: string, over: readonly string[]) => Found<Leaf> | Fault;

/** The names that an expression may have. */
export interface Language<Leaf> {
  readonly names: Names;
  readonly resolve: Resolve<Leaf>;
  /** Words that are names, and not functions. */
  readonly words: readonly string[];
  readonly functions: readonly FunctionName[];
}

const written = dictionary<string>({ '≤': '<=', '≥': '>=', '≠': '!=' });
const deepest = 60;

/** Numbers, names and signs. */
const mostTokens = 2_000;

/** Thrown inside the parser only. */
class Unreadable extends Error {
  readonly fault: PlacedFault;

  constructor(fault: PlacedFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Reads an expression over results at the start of a text, and says where it ends: what follows may be a format. */
export function parseExpression<Leaf>(text: string, resolve: Resolve<Leaf>): Parsed<Leaf> | PlacedFault {
  return parseIn(text, { names: 'results', resolve, words: [], functions });
}

interface Parsed<Leaf> {
  readonly expression: Expression<Leaf>;
  readonly end: number;
}

/** The same in another language. */
export function parseIn<Leaf>(text: string, language: Language<Leaf>): Parsed<Leaf> | PlacedFault {
  try {
    const parser = new Parser(text, language);
    const expression = parser.whole();
    return { expression, end: parser.end };
  } catch (error) {
    if (error instanceof Unreadable) return error.fault;
    throw error;
  }
}

/** Refuses what leaves more open than the seed. */
function wantClosed<Leaf>(expression: Expression<Leaf>): void {
  const open = expression.axes.find((axis) => axis !== seedAxis);
  if (open === undefined) return;
  if (expression.type === 'path') {
    const { start, end } = expression;
    const fault = expression.open ?? { message: `this leaves "${open}" open`, hint: `write min(... over ${open})` };
    throw new Unreadable({ ...fault, start, end });
  }
  for (const part of partsOf(expression)) if (part.axes.includes(open)) wantClosed(part);
}

class Parser<Leaf> {
  readonly #text: string;
  readonly #language: Language<Leaf>;
  #next: Token;
  /** Where the last token that was used ends. */
  end = 0;
  #taken = 0;
  /** The axes that the functions around take together. */
  #over: readonly string[] = [];

  constructor(text: string, language: Language<Leaf>) {
    this.#text = text;
    this.#language = language;
    this.#next = tokenAt(text, 0, language.names);
  }

  whole(): Expression<Leaf> {
    const expression = this.#or(0);
    wantClosed(expression);
    return expression;
  }

  #or(depth: number): Expression<Leaf> {
    let left = this.#and(depth);
    while (this.#isNext('or')) left = this.#joined(left, 'or', () => this.#and(depth));
    return left;
  }

  #and(depth: number): Expression<Leaf> {
    let left = this.#not(depth);
    while (this.#isNext('and')) left = this.#joined(left, 'and', () => this.#not(depth));
    return left;
  }

  #not(depth: number): Expression<Leaf> {
    if (!this.#isNext('not')) return this.#comparison(depth);
    const { start } = this.#take();
    this.#bound(depth, start);
    const of = this.#not(depth + 1);
    this.#want(of, true, 'not');
    return { ...cellsOf(of), type: 'not', of, start, end: of.end, truth: true };
  }

  #comparison(depth: number): Expression<Leaf> {
    const left = this.#sum(depth);
    const operator = written[this.#next.text] ?? this.#next.text;
    if (!comparisons.has(operator)) {
      if (this.#text.slice(this.#next.start).startsWith('=')) {
        this.#fail(this.#next, '"=" does not compare', 'write == for "is equal to"');
      }
      return left;
    }
    const compared = this.#joined(left, operator as Operator, () => this.#sum(depth));
    if (comparisons.has(written[this.#next.text] ?? this.#next.text)) {
      this.#fail(this.#next, 'two comparisons in a row', 'join them: a < b and b < c');
    }
    return compared;
  }

  #sum(depth: number): Expression<Leaf> {
    let left = this.#product(depth);
    while (this.#next.text === '+' || this.#next.text === '-') {
      left = this.#joined(left, this.#next.text, () => this.#product(depth));
    }
    return left;
  }

  #product(depth: number): Expression<Leaf> {
    let left = this.#signed(depth);
    while (this.#next.text === '*' || this.#next.text === '/') {
      left = this.#joined(left, this.#next.text, () => this.#signed(depth));
    }
    return left;
  }

  /** -x^2 is -(x^2), as in mathematics. */
  #signed(depth: number): Expression<Leaf> {
    const token = this.#next;
    this.#bound(depth, token.start);
    if (token.text !== '-') return this.#power(depth);
    this.#take();
    const of = this.#signed(depth + 1);
    this.#want(of, false, '-');
    return { ...cellsOf(of), type: 'negative', of, start: token.start, end: of.end, truth: false };
  }

  /** x^y^z is x^(y^z). */
  #power(depth: number): Expression<Leaf> {
    const base = this.#factor(depth);
    if (!(this.#isNext('^') || this.#isNext('**'))) return base;
    return this.#joined(base, '^', () => this.#signed(depth + 1));
  }

  #factor(depth: number): Expression<Leaf> {
    const token = this.#next;
    if (token.text === '(') {
      this.#take();
      const inside = this.#or(depth + 1);
      this.#close();
      return inside;
    }
    if (token.kind === 'number') {
      this.#take();
      return { ...single, type: 'number', value: Number(token.text), start: token.start, end: token.end, truth: false };
    }
    const { words } = this.#language;
    if (token.kind === 'path' || (token.kind === 'word' && words.includes(token.text))) return this.#name(token);
    if (token.kind === 'word') return this.#call(token, depth);
    return this.#fail(
      token,
      token.kind === 'end' ? 'something is missing here' : `"${token.text}" cannot stand here`,
      words.length === 0
        ? 'write a number or a result such as id.name'
        : `write a number or an input such as ${words[0] ?? ''}`,
    );
  }

  #name(token: Token): Expression<Leaf> {
    const found = this.#language.resolve(token.text, this.#over);
    if ('message' in found) throw new Unreadable({ ...found, start: token.start, end: token.end });
    this.#take();
    const { runs, open } = found;
    const cells = found.cells ?? ofSeeds(runs.length);
    const place = cells.axes.indexOf(seedAxis);
    const seeds = place < 0 ? 1 : new Set(cells.at.map((labels) => labels[place])).size;
    return { ...cells, type: 'path', runs, seeds, open, start: token.start, end: token.end, truth: false };
  }

  #call(word: Token, depth: number): Expression<Leaf> {
    const name = this.#language.functions.find((known) => known === word.text);
    if (name === undefined) return this.#noFunction(word);
    this.#take();
    const opening = this.#take();
    if (opening.text !== '(') this.#fail(opening, `${name} needs its arguments`, `write ${name}(...)`);
    const around = this.#over;
    const over = this.#overAhead();
    this.#over = [...around, ...over.map(({ text }) => text)];
    const of = [this.#sum(depth + 1)];
    for (; this.#isNext(','); of.push(this.#sum(depth + 1))) this.#take();
    this.#over = around;
    for (const argument of of) this.#want(argument, false, name);
    // The words were read ahead.
    if (over.length > 0 && this.#isNext('over')) while (!this.#isNext(')') && this.#next.kind !== 'end') this.#take();
    this.#close();
    const span = { type: 'call', name, start: word.start, end: this.end, truth: false } as const;
    if (choices.some((choice) => choice === name)) return { ...span, ...this.#chosen(word, name, of, over) };
    const each = elementwise.has(name);
    const [first, second] = of;
    if ((each || name === 'diverged' || over.length > 0) && second !== undefined)
      this.#fail(this.#next, `${name} takes one argument`, 'leave the others out');
    const [axis] = over;
    if (each) {
      if (axis !== undefined)
        this.#fail(axis, `${name} is of one number, and takes nothing together`, `leave "over ${axis.text}" out`);
      return { ...span, ...cellsOf(first ?? single), of, taken: undefined };
    }
    if (over.length === 0 || first === undefined) {
      for (const argument of of) wantClosed(argument);
      return { ...span, ...single, of, taken: undefined };
    }
    const { cells, groups } = this.#grouped(first, over);
    return { ...span, ...cells, of, taken: { groups, labels: [] } };
  }

  /** argmin(x over axis), and at-min(y, x over axis): y where x is least. */
  #chosen(
    word: Token,
    name: FunctionName,
    of: readonly Expression<Leaf>[],
    over: readonly Token[],
  ): Cells & Pick<Extract<Expression<Leaf>, { type: 'call' }>, 'of' | 'taken'> {
    const [axis, another] = over;
    const [first, second, third] = of;
    const pair = name === 'at-min' || name === 'at-max';
    const example = pair ? `${name}(net.train-error, net.test-error over step)` : `${name}(net.test-error over step)`;
    if (axis === undefined || first === undefined)
      return this.#fail(word, `${name} needs to know over what`, `write ${example}`);
    if (third !== undefined || (second === undefined) === pair)
      return this.#fail(word, `${name} takes ${pair ? 'two arguments' : 'one argument'}`, `write ${example}`);
    if (second !== undefined) {
      // Both of them side by side, so that one position is one place of both.
      const joined = join(first, second);
      if (joined === undefined)
        return this.#fail(word, `the two arguments of ${name} do not have the same runs`, 'take them of one directive');
      const { cells, groups } = this.#grouped(joined.cells, over);
      return { ...cells, of, taken: { groups, labels: [], pairs: joined } };
    }
    if (another !== undefined)
      return this.#fail(another, `${name} gives one number, of one axis`, `leave "${another.text}" out`);
    const { cells, groups } = this.#grouped(first, over);
    const place = first.axes.indexOf(axis.text);
    const labels = first.at.map((at) => Number(at[place]));
    if (labels.some((label) => Number.isNaN(label)))
      this.#fail(
        axis,
        `${name} gives a number, and "${axis.text}" has other values`,
        `write min(... over ${axis.text})`,
      );
    return { ...cells, of, taken: { groups, labels } };
  }

  #grouped(of: Cells, over: readonly Token[]): ReturnType<typeof group> {
    for (const axis of over) {
      if (of.axes.includes(axis.text)) continue;
      this.#fail(axis, `nothing here is left open over "${axis.text}"`, suggestion(axis.text, of.axes));
    }
    return group(
      of,
      over.map(({ text }) => text),
    );
  }

  /** The words after the `over` of the call whose first argument is next, before any of it is read. */
  #overAhead(): readonly Token[] {
    const read = (at: number): Token => tokenAt(this.#text, at, this.#language.names);
    let depth = 0;
    for (let token = this.#next; token.kind !== 'end'; token = read(token.end)) {
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (depth < 0) return [];
      if (depth > 0 || token.text !== 'over') continue;
      const words: Token[] = [];
      for (let word = read(token.end); ; word = read(word.end)) {
        if (word.kind !== 'word')
          this.#fail(word, '"over" needs the name of what is swept', 'write over rate, or over step');
        words.push(word);
        word = read(word.end);
        if (word.text !== ',') {
          if (word.text !== ')') this.#fail(word, 'a parenthesis is not closed', 'write )');
          return words;
        }
      }
    }
    return [];
  }

  #noFunction(word: Token): never {
    const { words, functions: known } = this.#language;
    if (words.length > 0)
      this.#fail(
        word,
        `"${word.text}" is neither an input nor a function`,
        suggestion(word.text, [...words, ...known]),
      );
    // net["test-error"] and net$test_error of other languages.
    const keyed = /^(?:\[["']([\w-]+)["']\]|\$([\w-]+))/.exec(this.#text.slice(word.end))?.slice(1).find(Boolean);
    return this.#fail(
      word,
      `"${word.text}" is neither a result nor a function`,
      keyed !== undefined
        ? `write ${word.text}.${keyed.replaceAll('_', '-')}`
        : /^[A-Za-z][A-Za-z0-9-]*$/.test(word.text) && !this.#text.slice(word.end).trimStart().startsWith('(')
          ? `name one of its numbers: ${word.text}.name`
          : suggestion(word.text, known),
    );
  }

  #isNext(text: string): boolean {
    return this.#next.text === text;
  }

  #close(): void {
    if (this.#next.text !== ')') this.#fail(this.#next, 'a parenthesis is not closed', 'write )');
    this.#take();
  }

  /** `left operator right`, with the kinds that the operator needs. */
  #joined(left: Expression<Leaf>, operator: Operator, readRight: () => Expression<Leaf>): Expression<Leaf> {
    this.#take();
    const right = readRight();
    const logical = operator === 'and' || operator === 'or';
    this.#want(left, logical, operator);
    this.#want(right, logical, operator);
    const joined = join(left, right);
    if (joined === undefined) {
      throw new Unreadable({
        message: `${left.at.length} runs on one side of "${operator}" and ${right.at.length} on the other`,
        hint: 'write mean(...) or median(...) around each',
        start: left.start,
        end: right.end,
      });
    }
    const truth = logical || comparisons.has(operator);
    const pairs = { left: joined.left, right: joined.right };
    return { ...joined.cells, type: 'binary', operator, left, right, pairs, start: left.start, end: right.end, truth };
  }

  #want(expression: Expression<Leaf>, truth: boolean, by: string): void {
    if (expression.truth === truth) return;
    throw new Unreadable({
      message: truth
        ? `"${by}" needs a comparison, and this is a number`
        : `"${by}" needs a number, and this is true or false`,
      hint: truth ? 'compare it with something' : 'leave the comparison out',
      start: expression.start,
      end: expression.end,
    });
  }

  #bound(depth: number, start: number): void {
    if (depth <= deepest) return;
    throw new Unreadable({
      message: `this expression is nested more than ${deepest} levels deep`,
      hint: 'make it flatter',
      start,
      end: start + 1,
    });
  }

  #take(): Token {
    const taken = this.#next;
    this.#taken += 1;
    if (this.#taken > mostTokens)
      this.#fail(
        taken,
        `this expression has more than ${mostTokens} numbers, names and signs`,
        'take parts of it apart',
      );
    this.end = taken.end;
    this.#next = tokenAt(this.#text, taken.end, this.#language.names);
    return taken;
  }

  #fail(token: Token, message: string, hint: string): never {
    throw new Unreadable({ message, hint, start: token.start, end: Math.max(token.end, token.start + 1) });
  }
}

/** Where the values of an expression stand, and nothing else of it. */
function cellsOf({ axes, at }: Cells): Cells {
  return { axes, at };
}
