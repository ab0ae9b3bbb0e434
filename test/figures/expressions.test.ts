/** Vega's expressions by our closures, by Vega's own generated code, and by its interpreter. */
import fc from 'fast-check';
import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { describe, expect, it } from 'vitest';
import { vegaExpressions } from '../../src/figures/expressions/vega-expressions.js';
import type { Expression } from '../../src/figures/expressions/syntax.js';

interface Parsed {
  readonly code: string;
  readonly ast: Expression;
}

/** As a specification's parser gives it. */
function parse(expression: string): Parsed {
  const specification = { signals: [{ name: 'a' }, { name: 'b' }, { name: 'result', update: expression }] };
  const { operators } = vega.parse(specification, {}, { ast: true }) as unknown as {
    operators: { signal?: string; update?: Parsed | { $expr: Parsed } }[];
  };
  const update = operators.find(({ signal }) => signal === 'result')?.update;
  if (update === undefined) throw new Error('no such signal');
  return '$expr' in update ? update.$expr : update;
}

const datum = {
  number: -2.5,
  whole: 7,
  text: 'Abc 12',
  list: [3, 1, 2],
  nested: { deep: [10, 'x'], day: '2024-02-29T12:30:45Z' },
  absent: null,
  'two words': 5,
};
const params = { $a: 4, $b: 'beta' };

/** Vega's functions by their names, with what they look for in `this`. */
const names = ['isValid', 'isArray', 'isString', 'isNumber', 'isDefined', 'toNumber', 'toString', 'toBoolean'].concat(
  ['inrange', 'slice', 'join', 'indexof', 'reverse', 'sort', 'replace', 'span', 'peek', 'pad', 'truncate', 'lerp'],
  ['extent', 'sequence', 'quarter', 'week', 'dayofyear', 'format', 'utcFormat', 'isObject', 'isDate'],
);
const view = new vega.View(vega.parse({}), { renderer: 'none' });
const functions = Object.assign(
  { context: { dataflow: view } },
  Object.fromEntries(names.map((name) => [name, vega.expressionFunction(name) as unknown])),
);

type Evaluators = Record<'ours' | 'code' | 'interpreter', (expression: Parsed) => unknown>;

const evaluators: Evaluators = {
  ours: (parsed) => vegaExpressions.parameter({ functions }, parsed)(datum, params),
  code: ({ code }) =>
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- Vega's own way, which pages forbid
    (new Function('datum', '_', `return (${code})`) as (...values: unknown[]) => unknown).call(
      functions,
      datum,
      params,
    ),
  interpreter: (parsed) =>
    (expressionInterpreter.parameter({ functions }, parsed) as (...values: unknown[]) => unknown)(datum, params),
};

/** The value, or that there is none: why is said in other words by each. */
function outcome(evaluate: (expression: Parsed) => unknown, parsed: Parsed): unknown {
  try {
    return { value: evaluate(parsed) };
  } catch {
    return 'throws';
  }
}

const leaf = fc.constantFrom(
  ...['0', '1', '-3', '2.5', '1e3', '"a"', "'Abc'", '""', 'true', 'false', 'null', '/b/i', '/[a-c]/g'],
  ...['a', 'b', 'PI', 'E', 'SQRT2', 'MAX_VALUE', 'datum.number', 'datum["whole"]', 'datum.text', 'datum.list'],
  ...[
    'datum.nested.deep[1]',
    'datum["two words"]',
    'datum.absent',
    'datum.missing',
    'datum.nested.day',
    'datum.list[a - 3]',
  ],
);
const unary = ['+', '-', '~', '!'];
const binary = [
  '*',
  '+',
  '-',
  '/',
  '%',
  '>',
  '<',
  '<=',
  '>=',
  '==',
  '!=',
  '===',
  '!==',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '>>>',
];
const one = [
  'abs',
  'ceil',
  'floor',
  'round',
  'sqrt',
  'log',
  'exp',
  'sin',
  'isNaN',
  'isFinite',
  'upper',
  'lower',
  'trim',
].concat(
  [
    'length',
    'parseFloat',
    'parseInt',
    'isValid',
    'isArray',
    'isString',
    'isNumber',
    'isDefined',
    'toNumber',
    'toString',
  ],
  ['toBoolean', 'reverse', 'sort', 'span', 'peek', 'extent', 'year', 'month', 'hours', 'time', 'utcyear', 'utcmonth'],
  ['utchours', 'utcday', 'utcseconds', 'timezoneoffset', 'quarter', 'week', 'dayofyear', 'isObject', 'isDate'],
  ['encodeURIComponent'],
);
const two = [
  'pow',
  'atan2',
  'max',
  'min',
  'hypot',
  'substring',
  'split',
  'indexof',
  'join',
  'slice',
  'truncate',
  'test',
];
const three = ['clamp', 'if', 'inrange', 'replace', 'lerp', 'utc', 'pad'];

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  const calls = (of: readonly string[], count: number): fc.Arbitrary<string> =>
    fc
      .tuple(fc.constantFrom(...of), fc.array(inner, { minLength: count, maxLength: count }))
      .map(([name, values]) => `${name}(${values.join(', ')})`);
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.tuple(fc.constantFrom(...unary), inner).map(([operator, value]) => `${operator}(${value})`),
      fc
        .tuple(inner, fc.constantFrom(...binary, '&&', '||'), inner)
        .map(([l, operator, r]) => `(${l} ${operator} ${r})`),
      fc.tuple(inner, inner, inner).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
      fc.array(inner, { maxLength: 3 }).map((values) => `[${values.join(', ')}]`),
      fc.tuple(inner, inner).map(([one, another]) => `{one: ${one}, "another one": ${another}}`),
      fc.tuple(inner, inner).map(([list, index]) => `[${list}, datum][${index}]`),
      calls(one, 1),
      calls(two, 2),
      calls(three, 3),
    ),
  };
});

describe('an expression', () => {
  it('has the value that Vega’s generated code has, and its interpreter', () => {
    let thrown = 0;
    fc.assert(
      fc.property(expression, (text) => {
        const parsed = parse(text);
        const ours = outcome(evaluators.ours, parsed);
        if (ours === 'throws') thrown += 1;
        expect(ours).toStrictEqual(outcome(evaluators.code, parsed));
        expect(ours).toStrictEqual(outcome(evaluators.interpreter, parsed));
      }),
      { numRuns: 2000 },
    );
    expect(thrown).toBeLessThan(1000);
  });

  it.each(['NaN', 'datetime(0)', 'datetime("2024-02-29")', 'datetime(2024, 1)'])(
    '%s has the value that the generated code has, which the interpreter misses',
    (text) => {
      const parsed = parse(text);
      expect(outcome(evaluators.ours, parsed)).toStrictEqual(outcome(evaluators.code, parsed));
    },
  );

  it.each([
    'datum.constructor',
    'datum.text.replace',
    'datum.list["ma" + "p"]',
    '[datum.toString][0]',
    '{one: datum.valueOf}.one',
    '"".constructor',
    'regexp("a").exec',
  ])('%s gives no function into its hands', (text) => {
    expect(typeof evaluators.code(parse(text))).toBe('function');
    expect(evaluators.ours(parse(text))).toBeUndefined();
  });

  it.each(['valueOf(1)', 'constructor("return 1")', 'hasOwnProperty("a")', '__defineGetter__("a", 1)', 'nothing(1)'])(
    '%s is no function of the language',
    (text) => {
      const ast = vega.parseExpression(text) as Expression;
      expect(() => vegaExpressions.parameter({ functions }, { ast })).toThrow(/^Unrecognized/);
    },
  );

  it('an object cannot be made with the names that JavaScript keeps for itself', () => {
    for (const text of ['{constructor: 1}', '{"__proto__": 1}', '{then: 1}']) {
      const ast = vega.parseExpression(text) as Expression;
      expect(() => vegaExpressions.parameter({ functions }, { ast }), text).toThrow(/^Illegal property/);
    }
  });
});
