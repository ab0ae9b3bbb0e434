/** The functions of expressions that make as much as they are told: within bounds that no figure of results comes near. */
import type { ExpressionFunction } from './functions.js';

const mostNumbers = 1_000_000;
const longestText = 100_000;

/** The numbers that decide how much a function makes, of its arguments. */
const amounts: ReadonlyMap<string, (values: readonly unknown[]) => { readonly amount: number; readonly most: number }> =
  new Map([
    [
      'sequence',
      ([first, second, step = 1]) => {
        const [start, stop] = second === undefined ? [0, first] : [first, second];
        return { amount: Math.abs((Number(stop) - Number(start)) / Number(step)), most: mostNumbers };
      },
    ],
    ['pad', ([, length]) => ({ amount: Number(length), most: longestText })],
  ]);

/** The function, which throws where it is asked for more. */
export function bounded(name: string, meaning: ExpressionFunction): ExpressionFunction {
  const amountOf = amounts.get(name);
  if (amountOf === undefined) return meaning;
  return function (...values) {
    const { amount, most } = amountOf(values);
    if (amount > most) throw new Error(`${name} is asked for ${amount}, and may make ${most} at most`);
    return meaning.apply(this, values);
  };
}
