/** The text of an expression to its tree, every fault at its place. */
import { dictionary } from '../../shared/dictionary.js';
import { suggestion } from '../../shared/suggest.js';
import type { ValueRequest } from '../value-request.js';
import type { Fault } from '../select.js';
import { comparisons, elementwise, type Expression, functions, type Operator } from './expression.js';

/** A fault of a part of the text. */
export interface PlacedFault extends Fault {
  readonly start: number;
  readonly end: number;
}

/** What a path such as `one[hidden=40].test-error` means. */
export type Resolve = (path: string) => { readonly runs: readonly ValueRequest[] } | Fault;

const token =
  /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z][A-Za-z0-9-]*(?:\[[^\]]*\])?\.(?:\d+\.(?:weight|bias)|[A-Za-z][A-Za-z0-9_-]*))|([A-Za-z][A-Za-z0-9_-]*)|(<=|>=|==|!=|[-+*/<>(),≤≥≠]))/y;
const written = dictionary<string>({ '≤': '<=', '≥': '>=', '≠': '!=' });
const deepest = 60;

/** Numbers, names and signs. */
const mostTokens = 2_000;

interface Token {
  readonly kind: 'number' | 'path' | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Thrown inside the parser only. */
class Unreadable extends Error {
  readonly fault: PlacedFault;

  constructor(fault: PlacedFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Reads an expression at the start of a text, and says where it ends: what follows may be a format. */
export function parseExpression(
  text: string,
  resolve: Resolve,
): { readonly expression: Expression; readonly end: number } | PlacedFault {
  try {
    const parser = new Parser(text, resolve);
    const expression = parser.or(0);
    return { expression, end: parser.end };
  } catch (error) {
    if (error instanceof Unreadable) return error.fault;
    throw error;
  }
}

class Parser {
  readonly #text: string;
  readonly #resolve: Resolve;
  #next: Token;
  /** Where the last token that was used ends. */
  end = 0;
  #taken = 0;

  constructor(text: string, resolve: Resolve) {
    this.#text = text;
    this.#resolve = resolve;
    this.#next = this.#read(0);
  }

  or(depth: number): Expression {
    let left = this.#and(depth);
    while (this.#next.text === 'or') left = this.#joined(left, 'or', () => this.#and(depth));
    return left;
  }

  #and(depth: number): Expression {
    let left = this.#not(depth);
    while (this.#next.text === 'and') left = this.#joined(left, 'and', () => this.#not(depth));
    return left;
  }

  #not(depth: number): Expression {
    if (this.#next.text !== 'not') return this.#comparison(depth);
    const { start } = this.#take();
    this.#bound(depth, start);
    const of = this.#not(depth + 1);
    this.#want(of, true, 'not');
    return { type: 'not', of, start, end: of.end, truth: true, size: of.size };
  }

  #comparison(depth: number): Expression {
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

  #sum(depth: number): Expression {
    let left = this.#product(depth);
    while (this.#next.text === '+' || this.#next.text === '-') {
      left = this.#joined(left, this.#next.text, () => this.#product(depth));
    }
    return left;
  }

  #product(depth: number): Expression {
    let left = this.#factor(depth);
    while (this.#next.text === '*' || this.#next.text === '/') {
      left = this.#joined(left, this.#next.text, () => this.#factor(depth));
    }
    return left;
  }

  #factor(depth: number): Expression {
    const token = this.#next;
    this.#bound(depth, token.start);
    if (token.text === '-') {
      this.#take();
      const of = this.#factor(depth + 1);
      this.#want(of, false, '-');
      return { type: 'negative', of, start: token.start, end: of.end, truth: false, size: of.size };
    }
    if (token.text === '(') {
      this.#take();
      const inside = this.or(depth + 1);
      this.#close();
      return inside;
    }
    if (token.kind === 'number') {
      this.#take();
      const span = { start: token.start, end: token.end };
      return { type: 'number', value: Number(token.text), ...span, truth: false, size: 1 };
    }
    if (token.kind === 'path') {
      const found = this.#resolve(token.text);
      if ('message' in found) throw new Unreadable({ ...found, start: token.start, end: token.end });
      this.#take();
      return {
        type: 'path',
        runs: found.runs,
        start: token.start,
        end: token.end,
        truth: false,
        size: found.runs.length,
      };
    }
    if (token.kind === 'word') return this.#call(token, depth);
    return this.#fail(
      token,
      token.kind === 'end' ? 'something is missing here' : `"${token.text}" cannot stand here`,
      'write a number or a result such as id.name',
    );
  }

  #call(word: Token, depth: number): Expression {
    const name = functions.find((known) => known === word.text);
    if (name === undefined) {
      // net["test-error"] and net$test_error of other languages.
      const keyed = /^(?:\[["']([\w-]+)["']\]|\$([\w-]+))/.exec(this.#text.slice(word.end))?.slice(1).find(Boolean);
      return this.#fail(
        word,
        `"${word.text}" is neither a result nor a function`,
        keyed !== undefined
          ? `write ${word.text}.${keyed.replaceAll('_', '-')}`
          : /^[A-Za-z][A-Za-z0-9-]*$/.test(word.text) && !this.#text.slice(word.end).trimStart().startsWith('(')
            ? `name one of its numbers: ${word.text}.name`
            : suggestion(word.text, functions),
      );
    }
    this.#take();
    const opening = this.#take();
    if (opening.text !== '(') this.#fail(opening, `${name} needs its arguments`, `write ${name}(...)`);
    const of = [this.#sum(depth + 1)];
    for (; this.#isNext(','); of.push(this.#sum(depth + 1))) this.#take();
    for (const argument of of) this.#want(argument, false, name);
    this.#close();
    const each = elementwise.has(name);
    const [first, second] = of;
    if ((each || name === 'diverged') && second !== undefined)
      this.#fail(this.#next, `${name} takes one argument`, 'leave the others out');
    const size = each ? (first?.size ?? 1) : 1;
    return { type: 'call', name, of, start: word.start, end: this.end, truth: false, size };
  }

  #isNext(text: string): boolean {
    return this.#next.text === text;
  }

  #close(): void {
    if (this.#next.text !== ')') this.#fail(this.#next, 'a parenthesis is not closed', 'write )');
    this.#take();
  }

  /** `left operator right`, with the kinds that the operator needs. */
  #joined(left: Expression, operator: Operator, readRight: () => Expression): Expression {
    this.#take();
    const right = readRight();
    const logical = operator === 'and' || operator === 'or';
    this.#want(left, logical, operator);
    this.#want(right, logical, operator);
    if (left.size !== right.size && left.size !== 1 && right.size !== 1) {
      throw new Unreadable({
        message: `${left.size} runs on one side of "${operator}" and ${right.size} on the other`,
        hint: 'write mean(...) or median(...) around each',
        start: left.start,
        end: right.end,
      });
    }
    const truth = logical || comparisons.has(operator);
    const size = Math.max(left.size, right.size);
    return { type: 'binary', operator, left, right, start: left.start, end: right.end, truth, size };
  }

  #want(expression: Expression, truth: boolean, by: string): void {
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
    this.#next = this.#read(taken.end);
    return taken;
  }

  #read(at: number): Token {
    token.lastIndex = at;
    const match = token.exec(this.#text);
    if (match === null) {
      const start = at + (/^\s*/.exec(this.#text.slice(at))?.[0].length ?? 0);
      return { kind: 'end', text: '', start, end: Math.min(start + 1, Math.max(start, this.#text.length)) };
    }
    const [whole, number, path, word, sign] = match;
    const text = number ?? path ?? word ?? sign ?? '';
    const kind = number !== undefined ? 'number' : path !== undefined ? 'path' : word !== undefined ? 'word' : 'sign';
    const start = at + whole.length - text.length;
    return { kind, text, start, end: start + text.length };
  }

  #fail(token: Token, message: string, hint: string): never {
    throw new Unreadable({ message, hint, start: token.start, end: Math.max(token.end, token.start + 1) });
  }
}
