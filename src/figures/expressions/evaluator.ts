/**
 * Vega's expressions without code generation, which pages forbid: a syntax tree becomes closures once, where Vega's own
 * interpreter walks the tree for every row. They reach no more than it lets them, and get hold of no function.
 */
import { bounded } from './bounded.js';
import { type ExpressionFunction, standardFunctions } from './functions.js';
import { binaryOperators, unaryOperators } from './operators.js';
import type { Expression, Literal, Property } from './syntax.js';

/** What an expression is evaluated in. */
export interface Scope {
  /** Signals as "$name", scales as "%name". */
  readonly params: Values | undefined;
  /** Vega's own functions, which find their view by `this`. */
  readonly functions: object;
  readonly datum?: unknown;
  readonly item?: unknown;
  readonly event?: unknown;
}

type Values = Readonly<Record<PropertyKey, unknown>>;

export type Evaluate = (scope: Scope) => unknown;

/**
 * The expression as a closure, which may be kept: every scope's `functions` has the same meanings for the same names as the
 * ones given here. Throws where the expression names an operator or a function that there is not.
 */
export function evaluator(expression: Expression, functions: object): Evaluate {
  const inner = (part: Expression): Evaluate => evaluator(part, functions);
  switch (expression.type) {
    case 'Literal':
      return literal(expression);
    case 'Identifier':
      return identifier(expression.name);
    case 'MemberExpression': {
      const { object, property, computed } = expression;
      return computed ? element(inner(object), inner(property)) : member(inner(object), nameOf(property));
    }
    case 'CallExpression':
      return call(nameOf(expression.callee), expression.arguments.map(inner), functions);
    case 'ArrayExpression':
      return array(expression.elements.map(inner));
    case 'ObjectExpression':
      return object(expression.properties, inner);
    case 'UnaryExpression': {
      const apply = found(unaryOperators.get(expression.operator), expression.operator);
      const argument = inner(expression.argument);
      return (scope) => apply(argument(scope) as number);
    }
    case 'BinaryExpression': {
      const apply = found(binaryOperators.get(expression.operator), expression.operator);
      const [left, right] = [inner(expression.left), inner(expression.right)];
      return (scope) => apply(left(scope) as number, right(scope) as number);
    }
    case 'LogicalExpression': {
      const [left, right] = [inner(expression.left), inner(expression.right)];
      return expression.operator === '&&'
        ? (scope) => left(scope) && right(scope)
        : (scope) => left(scope) || right(scope);
    }
    case 'ConditionalExpression':
      return choice(inner(expression.test), inner(expression.consequent), inner(expression.alternate));
  }
}

/** A regular expression that remembers where it stopped is made anew each time, as code would do. */
function literal({ value, regex }: Literal): Evaluate {
  if (regex !== undefined && /[gy]/.test(regex.flags)) return () => new RegExp(regex.pattern, regex.flags);
  return () => value;
}

const constants: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ...(['E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'PI', 'SQRT1_2', 'SQRT2'] as const).map((name): [string, number] => [
    name,
    Math[name],
  ]),
  ['MIN_VALUE', Number.MIN_VALUE],
  ['MAX_VALUE', Number.MAX_VALUE],
]);

function identifier(name: string): Evaluate {
  if (name === 'datum') return ({ datum }) => datum;
  if (name === 'event') return ({ event }) => event;
  if (name === 'item') return ({ item }) => item;
  const constant = constants.get(name);
  if (constant !== undefined) return () => constant;
  const signal = `$${name}`;
  return ({ params }) => params?.[signal];
}

function member(object: Evaluate, name: string): Evaluate {
  return (scope) => plainly((object(scope) as Values)[name]);
}

function element(object: Evaluate, property: Evaluate): Evaluate {
  return (scope) => {
    const of = object(scope) as Values;
    return plainly(of[property(scope) as PropertyKey]);
  };
}

/**
 * Without functions, for which no expression has a use, and some of which run text as code; and without the page that an
 * event or an item of a drawing leads to.
 */
function plainly(value: unknown): unknown {
  if (typeof value === 'function') return undefined;
  return typeof value === 'object' && value !== null && isOfPage(value) ? undefined : value;
}

function isOfPage(value: object): boolean {
  return typeof EventTarget === 'function' && value instanceof EventTarget;
}

function array(elements: readonly Evaluate[]): Evaluate {
  return (scope) => elements.map((each) => each(scope));
}

function object(properties: readonly Property[], inner: (part: Expression) => Evaluate): Evaluate {
  const entries = properties.map(({ key, value }): [string, Evaluate] => {
    const name = nameOf(key);
    if (name in Object.prototype || name === 'then') throw new Error(`Illegal property: ${name}`);
    return [name, inner(value)];
  });
  return (scope) => Object.fromEntries(entries.map(([name, value]) => [name, value(scope)]));
}

function choice(test: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (scope) => (test(scope) ? yes(scope) : no(scope));
}

/** Of the view at the place of an event. */
const eventFunctions = new Set(['view', 'item', 'group', 'xy', 'x', 'y']);

function call(name: string, values: readonly Evaluate[], functions: object): Evaluate {
  const [first, second, third] = values;
  if (name === 'if' && first && second && third) return choice(first, second, third);
  if (name === '_scale' && first && second) return scaled(first, second);
  if (eventFunctions.has(name)) {
    return (scope) => {
      const { vega } = scope.event as { readonly vega: Readonly<Record<string, ExpressionFunction>> };
      return found(vega[name], name).apply(vega, values.map((value) => value(scope)) as never[]);
    };
  }
  // Encoders name the functions of scales by an underscore.
  const plain = name.replace(/^_/, '');
  const meaning = bounded(plain, meaningOf(plain, functions));
  if (first !== undefined && second === undefined) {
    return (scope) => meaning.call(scope.functions, first(scope) as never);
  }
  if (first !== undefined && second !== undefined && third === undefined) {
    return (scope) => meaning.call(scope.functions, first(scope) as never, second(scope) as never);
  }
  return (scope) => meaning.apply(scope.functions, values.map((value) => value(scope)) as never[]);
}

/** A value on a scale of the encoder's own: most of what is ever called. */
function scaled(name: Evaluate, value: Evaluate): Evaluate {
  return (scope) => {
    const scale = scope.params?.[`%${String(name(scope))}`] as ((value: unknown) => unknown) | undefined;
    return scale?.(value(scope));
  };
}

function meaningOf(name: string, functions: object): ExpressionFunction {
  const own: unknown = Reflect.get(functions, name);
  const vegas = typeof own === 'function' && own !== Reflect.get(Object.prototype, name);
  return vegas ? (own as ExpressionFunction) : found(standardFunctions.get(name), name);
}

/** Of an identifier, or of a property in quotes. */
function nameOf(part: Expression): string {
  if (part.type === 'Identifier') return part.name;
  if (part.type === 'Literal') return String(part.value);
  throw new Error(`A ${part.type} is no name`);
}

function found<Meaning>(meaning: Meaning | undefined, name: string): Meaning {
  if (meaning === undefined) throw new Error(`Unrecognized: ${name}`);
  return meaning;
}
