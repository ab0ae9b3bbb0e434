/** The evaluator where Vega asks for one: `expr` of a view whose specification was parsed with its syntax trees. */
import { type Evaluate, evaluator } from './evaluator.js';
import { lineEncoder, polyline } from './line-encoder.js';
import { shown } from './shown-values.js';
import { type Item, spansOf } from './spans.js';
import type { Expression } from './syntax.js';

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

type Params = Readonly<Record<string, unknown>>;

/** A small multiple meets the same syntax trees once for each of its panels and lines. */
const evaluators = new WeakMap<Expression, Evaluate>();

function evaluatorOf({ ast }: Parsed, { functions }: Context): Evaluate {
  const known = evaluators.get(ast);
  if (known !== undefined) return known;
  const made = evaluator(ast, functions);
  evaluators.set(ast, made);
  return made;
}

export const vegaExpressions = {
  /** Of an operator's value. */
  operator(context: Context, parsed: Parsed) {
    const evaluate = evaluatorOf(parsed, context);
    const { functions } = context;
    return (params: Params) => evaluate({ params, functions });
  },

  /** Of a parameter that is a function of a row. */
  parameter(context: Context, parsed: Parsed) {
    const evaluate = evaluatorOf(parsed, context);
    const { functions } = context;
    return (datum: unknown, params: Params) => evaluate({ params, functions, datum });
  },

  /** Of a stream of events. */
  event(context: Context, parsed: Parsed) {
    const evaluate = evaluatorOf(parsed, context);
    const { functions } = context;
    return (event: unknown) => evaluate({ params: undefined, functions, event });
  },

  /** Of what an event changes. */
  handler(context: Context, parsed: Parsed) {
    const evaluate = evaluatorOf(parsed, context);
    const { functions } = context;
    return (params: Params, event: { readonly item?: { readonly datum?: unknown } }) =>
      evaluate({ params, functions, datum: event.item?.datum, event });
  },

  /** Of the channels of a mark; says whether any of them changed. */
  encode(context: Context, { marktype, channels }: Encoded) {
    const { functions } = context;
    const values = Object.entries(channels).map(([name, parsed]): [string, Evaluate] => [
      name,
      shown(name, evaluatorOf(parsed, context)),
    ]);
    if (marktype === polyline) return lineEncoder(values, functions);
    const span = spansOf(marktype, channels);
    return (item: Item, params: Params) => {
      const scope = { params, functions, datum: item['datum'], item };
      let changed = false;
      for (const [name, evaluate] of values) {
        const value = evaluate(scope);
        if (item[name] === value) continue;
        item[name] = value;
        changed = true;
      }
      span?.(item);
      return changed;
    };
  },
};
