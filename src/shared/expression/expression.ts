/** Small safe expressions: over results, `one[hidden=40].test-error < 0.5 * one[hidden=10].test-error`, and over the inputs of data. */
import type { Fault } from '../fault.js';
import type { Cells } from './cells.js';

interface Span extends Cells {
  /** Into the expression's text. */
  readonly start: number;
  readonly end: number;
  /** Whether it is true or false, or a number. */
  readonly truth: boolean;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type Operator = '+' | '-' | '*' | '/' | '^' | Comparison | 'and' | 'or';

/** Functions of one number. */
export const elementary = ['abs', 'sqrt', 'exp', 'log', 'log10', 'sin', 'cos', 'tanh', 'sign', 'floor'] as const;

/** Functions that make one number of all that they are given. */
export const summaries = ['min', 'max', 'mean', 'median', 'sd', 'variance'] as const;
export type Summary = (typeof summaries)[number];

/** Where the least or the greatest value stands, and the value of something else there: over one axis, or several. */
export const choices = ['argmin', 'argmax', 'at-min', 'at-max'] as const;

export const functions = [
  ...elementary,
  ...summaries,
  ...choices,
  // The runs that did not diverge, for what sums up; and how many did.
  ...(['converged', 'diverged'] as const),
] as const;
export type FunctionName = (typeof functions)[number];

/** Functions of one number each; the others make one number of all that they are given. */
export const elementwise: ReadonlySet<FunctionName> = new Set([...elementary, 'converged'] as const);

/** Which of two lists of values go with each other, for each value of the result. */
export interface Pairs {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Which values of its argument a function takes together. */
export interface Taken {
  /** For each value of the result, the positions of those that it is made of. */
  readonly groups: readonly (readonly number[])[];
  /** Of argmin and argmax, the number on the axis for each value of the argument. */
  readonly labels: readonly number[];
  /** Of at-min and at-max, whose positions are those of two arguments side by side. */
  readonly pairs?: Pairs;
}

export type Expression<Leaf> = Span &
  (
    | { readonly type: 'number'; readonly value: number }
    /** A result; several runs when something is left open. */
    | {
        readonly type: 'path';
        readonly runs: readonly Leaf[];
        /** How many of them differ in their seeds alone. */
        readonly seeds: number;
        /** What is wrong where more than its seeds are left open to the end. */
        readonly open: Fault | undefined;
      }
    | { readonly type: 'negative' | 'not'; readonly of: Expression<Leaf> }
    | {
        readonly type: 'binary';
        readonly operator: Operator;
        readonly left: Expression<Leaf>;
        readonly right: Expression<Leaf>;
        /** Which of their values go with each other. */
        readonly pairs: Pairs;
      }
    | {
        readonly type: 'call';
        readonly name: FunctionName;
        readonly of: readonly Expression<Leaf>[];
        /** What it takes together, of one that says over what; undefined of one that takes all of all its arguments. */
        readonly taken: Taken | undefined;
      }
  );

export const comparisons: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/** Every expression within one, and itself. */
export function* within<Leaf>(expression: Expression<Leaf>): Generator<Expression<Leaf>> {
  yield expression;
  for (const part of partsOf(expression)) yield* within(part);
}

/** What an expression is made of. */
export function partsOf<Leaf>(expression: Expression<Leaf>): readonly Expression<Leaf>[] {
  switch (expression.type) {
    case 'number':
    case 'path':
      return [];
    case 'negative':
    case 'not':
      return [expression.of];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.of;
  }
}

/** `left operator right` of two numbers; a comparison is true or false. `power` is the arithmetic's own. */
export function combineNumbers(
  operator: Operator,
  left: number,
  right: number,
  power: (base: number, exponent: number) => number,
): number | boolean {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return power(left, right);
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case 'and':
      return left !== 0 && right !== 0;
    case 'or':
      return left !== 0 || right !== 0;
  }
}
