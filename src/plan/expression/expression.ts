/** Small safe expressions over results: `one[hidden=40].test-error < 0.5 * one[hidden=10].test-error`. */
import type { ValueRequest } from '../value-request.js';

interface Span {
  /** Into the expression's text. */
  readonly start: number;
  readonly end: number;
  /** Whether it is true or false, or a number. */
  readonly truth: boolean;
  /** How many values it has: one, or one for each seed. */
  readonly size: number;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type Operator = '+' | '-' | '*' | '/' | Comparison | 'and' | 'or';
export const functions = [
  ...(['abs', 'log10', 'sqrt', 'min', 'max', 'mean', 'median', 'sd'] as const),
  // The runs that did not diverge, for what sums up; and how many did.
  ...(['converged', 'diverged'] as const),
] as const;

/** Functions of one number; the others make one number of all that they are given. */
export const elementwise: ReadonlySet<(typeof functions)[number]> = new Set(['abs', 'log10', 'sqrt', 'converged']);

export type Expression = Span &
  (
    | { readonly type: 'number'; readonly value: number }
    /** A result; several runs when only the seed is left open. */
    | { readonly type: 'path'; readonly runs: readonly ValueRequest[] }
    | { readonly type: 'negative' | 'not'; readonly of: Expression }
    | { readonly type: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
    | { readonly type: 'call'; readonly name: (typeof functions)[number]; readonly of: readonly Expression[] }
  );

export const comparisons: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/** Every expression within one, and itself. */
export function* within(expression: Expression): Generator<Expression> {
  yield expression;
  switch (expression.type) {
    case 'number':
    case 'path':
      return;
    case 'negative':
    case 'not':
      yield* within(expression.of);
      return;
    case 'binary':
      yield* within(expression.left);
      yield* within(expression.right);
      return;
    case 'call':
      for (const argument of expression.of) yield* within(argument);
  }
}

/** The results that it needs. */
export function requestsIn(expression: Expression): readonly ValueRequest[] {
  return [...within(expression)].flatMap((part) => (part.type === 'path' ? part.runs : []));
}
