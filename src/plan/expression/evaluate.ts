/** The values of an expression once its results are there: one, or one for each seed. */
import type { ValueRequest } from '../value-request.js';
import { comparisons, type Expression, type Operator } from './expression.js';
import { mean, quantile, standardDeviation } from '../../summary.js';

/** A number that a result does not have (a training that diverged) is NaN, and no comparison with it is true. */
export function evaluate(expression: Expression, read: (request: ValueRequest) => number): readonly number[] {
  switch (expression.type) {
    case 'number':
      return [expression.value];
    case 'path':
      return expression.runs.map(read);
    case 'negative':
      return evaluate(expression.of, read).map((value) => -value);
    case 'not':
      return evaluate(expression.of, read).map((value) => (value === 0 ? 1 : 0));
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
function at(values: readonly number[], index: number): number {
  return values[values.length === 1 ? 0 : index] ?? Number.NaN;
}

function combine(operator: Operator, left: number, right: number): number {
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
      return Number(left < right);
    case '<=':
      return Number(left <= right);
    case '>':
      return Number(left > right);
    case '>=':
      return Number(left >= right);
    case '==':
      return Number(left === right);
    case '!=':
      return Number(!Number.isNaN(left) && !Number.isNaN(right) && left !== right);
    case 'and':
      return Number(left !== 0 && right !== 0);
    case 'or':
      return Number(left !== 0 || right !== 0);
  }
}

function call(
  name: Extract<Expression, { type: 'call' }>['name'],
  of: readonly (readonly number[])[],
): readonly number[] {
  const all = of.flat();
  switch (name) {
    case 'abs':
      return all.map(Math.abs);
    case 'log10':
      return all.map(Math.log10);
    case 'sqrt':
      return all.map(Math.sqrt);
    case 'min':
      return [Math.min(...all)];
    case 'max':
      return [Math.max(...all)];
    case 'mean':
      return [mean(all)];
    case 'median':
      return [quantile(all, 0.5)];
    case 'sd':
      return [standardDeviation(all)];
  }
}

/** The comparisons of a claim that are false, with what stood on either side; those that `or` makes up for too. */
export function falseComparisons(
  expression: Expression,
  read: (request: ValueRequest) => number,
): { readonly operator: string; readonly left: readonly number[]; readonly right: readonly number[] }[] {
  if (expression.type === 'not') return falseComparisons(expression.of, read);
  if (expression.type !== 'binary') return [];
  if (!comparisons.has(expression.operator)) {
    return [...falseComparisons(expression.left, read), ...falseComparisons(expression.right, read)];
  }
  const { operator, left, right } = expression;
  return [{ operator, left: evaluate(left, read), right: evaluate(right, read) }];
}
