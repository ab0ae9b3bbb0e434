/** The values of an expression once its results are there: one, or one for each combination of what is left open. */
import type { Reading, ValueRequest } from '../value-request.js';
import { combineNumbers, comparisons, type Operator, type Summary } from '../../shared/expression/expression.js';
import { mean, quantile, standardDeviation, variance } from '../../shared/summary.js';
import type { Expression } from './expression.js';
import { type Absent, absentOf, endsOf, isAbsent, type Value } from './value.js';

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
        return typeof found === 'number' ? found : { ends: [{ ...found, of: expression.seeds }], leftOut: false };
      });
    case 'negative':
      return evaluate(expression.of, read).map((value) => (isAbsent(value) ? value : -value));
    case 'not':
      return evaluate(expression.of, read).map((value) => (isAbsent(value) ? value : 1 - value));
    case 'binary': {
      const { operator, pairs } = expression;
      const left = evaluate(expression.left, read);
      const right = evaluate(expression.right, read);
      return pairs.left.map((at, index) => combine(operator, valueAt(left, at), valueAt(right, pairs.right[index])));
    }
    case 'call':
      return call(
        expression,
        expression.of.map((argument) => evaluate(argument, read)),
      );
  }
}

function valueAt(values: readonly Value[], index: number | undefined): Value {
  return values[index ?? 0] ?? Number.NaN;
}

function combine(operator: Operator, left: Value, right: Value): Value {
  // One side can decide, whatever the other is.
  if (operator === 'and' && (left === 0 || right === 0)) return 0;
  if (operator === 'or' && (left === 1 || right === 1)) return 1;
  if (isAbsent(left) || isAbsent(right)) return absentOf([left, right].filter(isAbsent));
  const unknown = Number.isNaN(left) || Number.isNaN(right);
  return unknown ? Number.NaN : Number(combineNumbers(operator, left, right, Math.pow));
}

function call(
  { name, taken }: Extract<Expression, { type: 'call' }>,
  of: readonly (readonly Value[])[],
): readonly Value[] {
  const [first = [], second] = of;
  const groups = taken?.groups.map((group) => group.map((index) => valueAt(first, index))) ?? [of.flat()];
  switch (name) {
    case 'converged':
      return first.map((value) => (isAbsent(value) ? { ...value, leftOut: true } : value));
    case 'diverged':
      return groups.map((values) => endsOf(values.filter(isAbsent)).length);
    case 'argmin':
    case 'argmax':
    case 'at-min':
    case 'at-max': {
      const { pairs, labels, groups: places } = taken ?? { groups: [], labels: [] };
      return places.map((group) => {
        const compared = group.map((index) =>
          pairs === undefined ? valueAt(first, index) : valueAt(second ?? [], pairs.right[index]),
        );
        const best = placeOfBest(compared, name === 'argmin' || name === 'at-min');
        if (typeof best !== 'number') return best;
        const place = group[best] ?? -1;
        return pairs === undefined ? (labels[place] ?? Number.NaN) : valueAt(first, pairs.left[place]);
      });
    }
    case 'min':
    case 'max':
    case 'mean':
    case 'median':
    case 'sd':
    case 'variance':
      return groups.map((values) => {
        const known = complete(values);
        return 'ends' in known ? known : summary(name, known);
      });
    default:
      return first.map((value) => (isAbsent(value) ? value : Math[name](value)));
  }
}

/** The numbers among several values; absent where one is missing that nobody leaves out, or where there is none. */
function complete(values: readonly Value[]): Absent | readonly number[] {
  const absent = values.filter(isAbsent);
  const numbers = values.filter((value) => typeof value === 'number');
  return absent.every(({ leftOut }) => leftOut) && numbers.length > 0 ? numbers : absentOf(absent);
}

/** Where the least or the greatest of them stands, the first of several; NaN where it cannot be told. */
function placeOfBest(values: readonly Value[], least: boolean): number | Absent {
  const known = complete(values);
  if ('ends' in known) return known;
  const best = summary(least ? 'min' : 'max', known);
  return Number.isNaN(best) ? best : values.indexOf(best);
}

function summary(name: Summary, values: readonly number[]): number {
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
    case 'variance':
      return variance(values);
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
