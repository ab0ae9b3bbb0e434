/** Vega's interpreter with our guards, beside the code that Vega generates, which pages forbid. */
import * as vega from 'vega';
import { describe, expect, it } from 'vitest';
import { type Expression, vegaExpressions } from '../../src/figures/vega-expressions.js';

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

const datum = { number: -2.5, text: 'Abc 12', list: [3, 1, 2], nested: { deep: [10, 'x'] }, 'two words': 5 };
const params = { $a: 2, $b: 'constructor' };
const view = new vega.View(vega.parse({}), { renderer: 'none' });
/** Vega's functions by their names, with what they look for in `this`. */
const functions = Object.assign(
  { context: { dataflow: view } },
  Object.fromEntries(['isValid', 'slice', 'sequence'].map((name) => [name, vega.expressionFunction(name) as unknown])),
);

const valueOf = ({ ast }: { readonly ast: Expression }): unknown =>
  vegaExpressions.parameter({ functions }, { ast })(datum, params);
const valueOfCode = ({ code }: Parsed): unknown =>
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- Vega's own way, which pages forbid
  (new Function('datum', '_', `return (${code})`) as (...values: unknown[]) => unknown).call(functions, datum, params);

describe('an expression', () => {
  it.each([
    ...['datum.number * a - 1', 'datum["two words"] % 3', 'datum.nested.deep[1] + datum.text', 'datum.list[a]'],
    ...['isValid(datum.missing) ? 1 : [a, -a]', '{one: a, "another one": datum.list}', 'slice(datum.list, 1)[0]'],
    ...['datum.text.length', '"abc"[1]', 'if(a > 1 && !datum.no, upper(datum.text), 0)', 'NaN', 'isNaN(NaN)'],
    ...['sequence(3)', 'test(/[a-c]/i, datum.text)', 'PI', '[datum.missing, null][1]'],
  ])('%s has the value that Vega’s generated code has', (text) => {
    const parsed = parse(text);
    expect(valueOf(parsed)).toStrictEqual(valueOfCode(parsed));
  });

  it.each([
    ...['datum.constructor', 'datum.text.replace', 'datum.list["ma" + "p"]', '[datum.toString][0]', '"".constructor'],
    ...['{one: datum.valueOf}.one', 'regexp("a").exec', 'datum["constr" + "uctor"]', 'datum[b]'],
  ])('%s gives no function into its hands', (text) => {
    expect(typeof valueOfCode(parse(text))).toBe('function');
    expect(valueOf(parse(text))).toBeUndefined();
  });

  it.each([
    ...['valueOf(1)', 'constructor("return 1")', 'hasOwnProperty("a")', '__proto__', '_constructor(1)'],
    ...['guardedMember(datum, "a")', 'constructor', 'a ? [toString] : 1', '{one: -constructor}'],
  ])('%s finds nothing of every object’s', (text) => {
    expect(() => valueOf({ ast: vega.parseExpression(text) as Expression })).toThrow(/^Unrecognized/);
  });

  it('an object has none of the names that JavaScript keeps for itself', () => {
    for (const text of ['{constructor: 1}', '{"__proto__": 1}', '{then: 1}', '{toString: 1}'])
      expect(() => parse(text), text).toThrow(/^Illegal property/);
  });
});

it('a channel shows no address', () => {
  const channels = Object.fromEntries(
    Object.entries({ fill: '"url(http://a)"', stroke: '"red"', href: '"a"', x: 'datum.number' }).map(([name, text]) => [
      name,
      { ast: vega.parseExpression(text) as Expression },
    ]),
  );
  const item: Record<string, unknown> = { datum };
  vegaExpressions.encode({ functions }, { marktype: 'symbol', channels })(item, {});
  expect(item).toMatchObject({ fill: null, stroke: 'red', href: null, x: -2.5 });
});
