/** Numbers and claims of the text, once the results are there. */
import { formatNumber } from './figures/read-number.js';
import { evaluate, falseComparisons } from './plan/expression/evaluate.js';
import { mean, quantile, standardDeviation } from './summary.js';
import type { ClaimRequest, NumberRequest, ValueRequest } from './plan/plan.js';
import type { Problem } from './problem.js';

type Read = (request: ValueRequest) => number;

/** As it stands in the text: 0.0123; over several seeds 0.0123 ± 0.0007, or 0.012 (0.011–0.014) for median and quartiles. */
export function printNumber({ expression, summary, format, unit }: NumberRequest, read: Read): string {
  const values = evaluate(expression, read);
  const print = (value: number): string => formatNumber(value, format);
  const [only] = values;
  // What no seed changes, such as a count of parameters, is a number like any other.
  const text =
    only !== undefined && values.every((value) => value === only)
      ? print(only)
      : summary === 'median'
        ? `${print(quantile(values, 0.5))} (${print(quantile(values, 0.25))}–${print(quantile(values, 0.75))})`
        : `${print(mean(values))} ± ${print(standardDeviation(values))}`;
  // A narrow space that does not break, before all units but those that stand close.
  return unit === '' ? text : `${text}${/^[%°′″]/.test(unit) ? '' : '\u202f'}${unit}`;
}

/** A problem for each claim that does not hold, with the numbers on both sides of what is false in it. */
export function checkClaims(claims: readonly ClaimRequest[], read: Read): Problem[] {
  return claims.flatMap(({ expression, text, sentence, place }): Problem[] => {
    if (evaluate(expression, read).every((value) => value === 1)) return [];
    const print = (values: readonly number[]): string =>
      values.map((value) => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : 'no number')).join(', ');
    const wrong = falseComparisons(expression, read).map(
      ({ operator, left, right }) => `${print(left)} ${operator} ${print(right)}`,
    );
    return [
      {
        place,
        rule: 'false-claim',
        message: `the results do not bear out “${shortened(sentence)}”: ${text} (${wrong.join('; ')})`,
        hint: 'mend the sentence, or find out why the results changed',
      },
    ];
  });
}

function shortened(sentence: string): string {
  const line = sentence.replace(/\s+/g, ' ').trim();
  return line.length <= 240 ? line : `${line.slice(0, 239)}…`;
}
