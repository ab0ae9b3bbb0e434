/** Expressions of numbers by name, `sin(3 * x1) * x2`: the grammar of claims, computed with arithmetic that is the same on any machine. */
import {
  combineNumbers,
  elementary,
  type Expression,
  type FunctionName,
  within,
} from '../shared/expression/expression.js';
import { parseIn } from '../shared/expression/parse-expression.js';
import type { PlacedFault } from '../shared/fault.js';
import { mean, quantile } from '../shared/summary.js';
import { power } from './power.js';
import { exp } from './transcendental/exp.js';
import { log } from './transcendental/log.js';
import { cos, sin } from './transcendental/sin.js';
import { tanh } from './transcendental/tanh.js';

/** Of its variables, in the order in which they are named. */
export type Formula = (values: ArrayLike<number>) => number;

/** log 10 */
const ln10 = 2.302585092994046;

const of = {
  abs: Math.abs,
  sqrt: Math.sqrt,
  exp,
  log,
  log10: (x) => log(x) / ln10,
  sin,
  cos,
  tanh,
  sign: Math.sign,
  floor: Math.floor,
} as const satisfies Readonly<Record<(typeof elementary)[number], (x: number) => number>>;

const several = {
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  mean,
  median: (values) => quantile(values, 0.5),
} as const satisfies Readonly<Record<string, (values: readonly number[]) => number>>;

const known: readonly FunctionName[] = [...elementary, 'min', 'max', 'mean', 'median'];

/**
 * Reads a formula of these names and `pi`. A comparison in it is 1 where it is true and 0 elsewhere. What cannot be read, or what
 * names none of them, is a fault at its place.
 */
export function readFormula(text: string, names: readonly string[]): Formula | PlacedFault {
  const words = [...names, 'pi'];
  const parsed = parseIn<number>(text, {
    ...{ names: 'variables', words, functions: known },
    resolve: (name) => ({ runs: [words.indexOf(name)] }),
  });
  if ('message' in parsed) return parsed;
  const { expression, end } = parsed;
  const rest = text.slice(end).trim();
  if (rest !== '') {
    const start = text.indexOf(rest, end);
    return {
      message: `"${rest}" cannot stand here`,
      hint: 'join the parts with + - * / or ^',
      start,
      end: text.length,
    };
  }
  const used = [...within(expression)].some((part) => part.type === 'path' && (part.runs[0] ?? 0) < names.length);
  if (!used)
    return { message: 'this names no input', hint: `name ${names.slice(0, 3).join(', ')}`, start: 0, end: text.length };
  return compile(expression, names.length);
}

function compile(expression: Expression<number>, variables: number): Formula {
  switch (expression.type) {
    case 'number':
      return () => expression.value;
    case 'path': {
      const index = expression.runs[0] ?? 0;
      return index < variables ? (values) => values[index] ?? Number.NaN : () => Math.PI;
    }
    case 'negative': {
      const inner = compile(expression.of, variables);
      return (values) => -inner(values);
    }
    case 'not': {
      const inner = compile(expression.of, variables);
      return (values) => 1 - inner(values);
    }
    case 'binary': {
      const { operator } = expression;
      const left = compile(expression.left, variables);
      const right = compile(expression.right, variables);
      return (values) => Number(combineNumbers(operator, left(values), right(values), power));
    }
    case 'call': {
      const { name } = expression;
      const parts = expression.of.map((part) => compile(part, variables));
      const [first] = parts;
      const elementwise = Object.hasOwn(of, name) ? of[name as keyof typeof of] : undefined;
      if (elementwise !== undefined && first !== undefined) return (values) => elementwise(first(values));
      const summary = several[name as keyof typeof several];
      return (values) => summary(parts.map((part) => part(values)));
    }
  }
}

/** The names of so many inputs: x1, x2 and so on; x and x1 of one alone. */
export function inputNames(features: number): readonly string[] {
  return features === 1 ? ['x', 'x1'] : Array.from({ length: features }, (_, index) => `x${index + 1}`);
}

/** How many inputs a formula names: the largest number behind an x. */
export function featuresNamed(text: string): number {
  const numbers = [...text.matchAll(/(?<![A-Za-z0-9_])x(\d{1,4})(?![A-Za-z0-9_])/g)].map(([, digits]) =>
    Number(digits),
  );
  return Math.max(1, ...numbers);
}

/** A formula that is known to be one. */
export function formulaOf(text: string, names: readonly string[]): Formula {
  const formula = readFormula(text, names);
  if (typeof formula !== 'function') throw new Error(formula.message);
  return formula;
}
