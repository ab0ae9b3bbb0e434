/**
 * Vega's own interpreter of expressions, which needs no code made from text. It hands out any function that is a member of a
 * value, and takes `constructor` for a name, so a syntax tree goes to it with guards in it: what a member is, what is called
 * and named, and what a channel may show.
 */
import { expressionInterpreter } from 'vega-interpreter';
import { isGuarded, shownValue } from './shown-value.js';

/** A part of an expression as Vega's parser gives it (ESTree). */
export interface Expression {
  readonly type: string;
  readonly name?: string;
  readonly object?: Expression;
  readonly property?: Expression;
  readonly computed?: boolean;
  readonly callee?: Expression;
  readonly arguments?: readonly Expression[];
  readonly [part: string]: unknown;
}

/** What Vega's runtime knows of the place in which it meets an expression. */
interface Context {
  readonly functions: object;
}

interface Parsed {
  readonly ast: Expression;
}

interface Encoded {
  readonly marktype: string;
  readonly channels: Readonly<Record<string, Parsed>>;
}

/** A member of a value, without functions and without the page that an event or an item of a drawing leads to. */
function guardedMember(object: Readonly<Record<PropertyKey, unknown>>, name: PropertyKey): unknown {
  const value = object[name];
  if (typeof value === 'function') return undefined;
  return typeof EventTarget === 'function' && value instanceof EventTarget ? undefined : value;
}

const guards = { guardedMember, shownValue };

/** By Vega's functions, which find their view by `this`: a context with the guards too. */
const contexts = new WeakMap<object, Context>();

function guarded({ functions }: Context): Context {
  let context = contexts.get(functions);
  if (context === undefined) {
    context = { functions: Object.assign(Object.create(functions) as object, guards) };
    contexts.set(functions, context);
  }
  return context;
}

const called = (name: keyof typeof guards, ...values: readonly Expression[]): Expression => ({
  type: 'CallExpression',
  callee: { type: 'Identifier', name },
  arguments: values,
});

const literal = (value: unknown): Expression => ({ type: 'Literal', value });

/** A small multiple meets the same syntax trees once for each of its panels and lines. */
const known = new WeakMap<Expression, Expression>();

function guardedTree(ast: Expression): Expression {
  let tree = known.get(ast);
  if (tree === undefined) known.set(ast, (tree = withGuards(ast)));
  return tree;
}

function withGuards(ast: Expression): Expression {
  const { type, name, object, property, callee } = ast;
  if (type === 'Literal') return ast;
  if (type === 'Identifier') {
    // The interpreter takes this one for a signal.
    if (name === 'NaN') return literal(Number.NaN);
    checkName(name ?? '');
    return ast;
  }
  if (type === 'MemberExpression' && object !== undefined && property !== undefined) {
    const inner = ast.computed === true ? withGuards(property) : literal(property.name);
    return isOfRow(object, inner) ? ast : called('guardedMember', withGuards(object), inner);
  }
  if (type === 'CallExpression' && callee !== undefined) {
    // The interpreter leaves out the underscore by which encoders name the functions of scales.
    checkName((callee.name ?? '').replace(/^_/, ''));
    return { ...ast, arguments: ast.arguments?.map(withGuards) ?? [] };
  }
  // The key of a property is a name or a text.
  const parts = Object.entries(ast).map(([part, value]) => [part, part === 'key' ? value : guardedPart(value)]);
  return Object.fromEntries(parts) as Expression;
}

/** Whether it is a value of the row, which has no functions but those of every object, nor `_svg`, which a drawn item has. */
function isOfRow(object: Expression, { type, value: field }: Expression): boolean {
  if (object.type !== 'Identifier' || object.name !== 'datum') return false;
  return type === 'Literal' && typeof field === 'string' && !field.startsWith('_') && !(field in Object.prototype);
}

function guardedPart(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(guardedPart);
  return typeof value === 'object' && value !== null && 'type' in value ? withGuards(value as Expression) : value;
}

/** Throws where the interpreter would find what every object has: `valueOf`, `constructor`. */
function checkName(name: string): void {
  if (name in Object.prototype || name in guards) throw new Error(`Unrecognized: ${name}`);
}

type Evaluate = (...values: readonly unknown[]) => unknown;

/** How the interpreter is asked for an expression in one of the places that has one. */
const inPlace =
  (place: 'operator' | 'parameter' | 'event' | 'handler') =>
  (context: Context, { ast, ...parsed }: Parsed): Evaluate =>
    expressionInterpreter[place](guarded(context), { ...parsed, ast: guardedTree(ast) }) as Evaluate;

/** What Vega asks for as `expr` of a view whose specification was parsed with its syntax trees. */
export const vegaExpressions = {
  operator: inPlace('operator'),
  parameter: inPlace('parameter'),
  event: inPlace('event'),
  handler: inPlace('handler'),
  /** Of the channels of a mark. */
  encode(context: Context, encoded: Encoded): Evaluate {
    const channels = Object.entries(encoded.channels).map(([name, parsed]): [string, Parsed] => {
      const ast = guardedTree(parsed.ast);
      return [name, { ...parsed, ast: isGuarded(name) ? called('shownValue', literal(name), ast) : ast }];
    });
    const guardedChannels = { ...encoded, channels: Object.fromEntries(channels) };
    return expressionInterpreter.encode(guarded(context), guardedChannels) as Evaluate;
  },
};
