/** The values of an expression once its results are there: one, or one for each seed. */
import type { Reading, ValueRequest } from '../value-request.js';
import { comparisons, type Expression, type Operator } from './expression.js';
import { absentOf, endsOf, isAbsent, type Value } from './value.js';
import { mean, quantile, standardDeviation } from '../../shared/summary.js';

export type Read = (request: ValueRequest) => Reading;

/**
 * What needs a number that a diverged training does not have is absent, and a comparison with it, or with NaN, is neither
 * true nor false. `and`, `or` and `not` are Kleene's: such a comparison leaves open what depends on it.
 */
export function evaluate(expression: Expression, read: Read): readonly Value[] {
  switch (expression.type) {
    case 'number':
      return [expression.value];
    case 'path':
      return expression.runs.map((request): Value => {
        const found = read(request);
        return typeof found === 'number' ? found : { ends: [{ ...found, of: expression.size }], leftOut: false };
      });
    case 'negative':
      return evaluate(expression.of, read).map((value) => (isAbsent(value) ? value : -value));
    case 'not':
      return evaluate(expression.of, read).map((value) => (isAbsent(value) ? value : 1 - value));
    case 'binary': {
      const left = evaluate(expression.left, read);
      const right = evaluate(expression.right, read);
      return Array.from({ length: expression.size }, (_, index) =>
        combine(expression.operator, at(left, index), at(right, index)),
      );
    }
    case 'call':
      return call(
        expression.name,
        expression.of.map((argument) => evaluate(argument, read)),
      );
  }
}

/** A single value goes with each of the others. */
function at(values: readonly Value[], index: number): Value {
  return values[values.length === 1 ? 0 : index] ?? Number.NaN;
}

function combine(operator: Operator, left: Value, right: Value): Value {
  // One side can decide, whatever the other is.
  if (operator === 'and' && (left === 0 || right === 0)) return 0;
  if (operator === 'or' && (left === 1 || right === 1)) return 1;
  if (isAbsent(left) || isAbsent(right)) return absentOf([left, right].filter(isAbsent));
  const unknown = Number.isNaN(left) || Number.isNaN(right);
  return unknown ? Number.NaN : Number(combineNumbers(operator, left, right));
}

function combineNumbers(operator: Operator, left: number, right: number): number | boolean {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
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

function call(
  name: Extract<Expression, { type: 'call' }>['name'],
  of: readonly (readonly Value[])[],
): readonly Value[] {
  const all = of.flat();
  const absent = all.filter(isAbsent);
  switch (name) {
    case 'converged':
      return all.map((value) => (isAbsent(value) ? { ...value, leftOut: true } : value));
    case 'diverged':
      return [endsOf(absent).length];
    case 'abs':
    case 'log10':
    case 'sqrt':
      return all.map((value) => (isAbsent(value) ? value : Math[name](value)));
    default: {
      const numbers = all.filter((value) => typeof value === 'number');
      const complete = absent.every(({ leftOut }) => leftOut) && numbers.length > 0;
      return [complete ? summary(name, numbers) : absentOf(absent)];
    }
  }
}

function summary(name: 'min' | 'max' | 'mean' | 'median' | 'sd', values: readonly number[]): number {
  switch (name) {
    case 'min':
      return values.reduce((least, value) => Math.min(least, value));
    case 'max':
      return values.reduce((most, value) => Math.max(most, value));
    case 'mean':
      return mean(values);
    case 'median':
      return quantile(values, 0.5);
    case 'sd':
      return standardDeviation(values);
  }
}

/** Whether a claim holds: it is true of every run that is not left out, and there is one. */
export function holds(expression: Expression, read: Read): boolean {
  const left = evaluate(expression, read).filter((value) => !isAbsent(value) || !value.leftOut);
  return left.length > 0 && left.every((value) => value === 1);
}

/** The comparisons of a claim that are false, with what stood on either side; those that `or` makes up for too. */
export function falseComparisons(
  expression: Expression,
  read: Read,
): { readonly operator: string; readonly left: readonly Value[]; readonly right: readonly Value[] }[] {
  if (expression.type === 'not') return falseComparisons(expression.of, read);
  if (expression.type !== 'binary') return [];
  if (!comparisons.has(expression.operator)) {
    return [...falseComparisons(expression.left, read), ...falseComparisons(expression.right, read)];
  }
  const { operator, left, right } = expression;
  return [{ operator, left: evaluate(left, read), right: evaluate(right, read) }];
}
