/** Expressions over results: what they mean against JavaScript's own arithmetic, and every fault at its place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, holds } from '../../src/plan/expression/evaluate.js';
import type { Value } from '../../src/plan/expression/value.js';
import { type Found, parseExpression } from '../../src/shared/expression/parse-expression.js';
import { mean, quantile, standardDeviation } from '../../src/shared/summary.js';
import type { PlannedStep, Reading, ValueRequest } from '../../src/plan/plan.js';

/** Results over a swept rate, over seeds, and over letters. */
const grids: Readonly<Record<string, { numbers: number[]; axes: string[]; at: string[][] }>> = {
  'g.rate': { numbers: [3, 8], axes: ['rate'], at: [['0.1'], ['0.01']] },
  'g.both': {
    ...{ numbers: [2, 3, 3, 12], axes: ['rate', 'seed'] },
    at: [
      ['0.1', '0'],
      ['0.1', '1'],
      ['0.01', '0'],
      ['0.01', '1'],
    ],
  },
  'g.letters': { numbers: [1, 2], axes: ['letter'], at: [['a'], ['b']] },
};

/** `r.d7` diverged at step 7; `r.a1` is the number 1; `r[seeds].a2` is 2, 3, 4. The value stands where a step's would be read. */
const resolve = (path: string): Found<ValueRequest> | { message: string; hint: string } => {
  const swept = grids[path];
  if (swept !== undefined)
    return {
      runs: swept.numbers.map((number) => ({ name: String(number) }) as ValueRequest),
      cells: swept,
    };
  if (path.startsWith('r.d')) return { runs: [{ name: path.slice(2) } as ValueRequest] };
  const value = /^r(\[seeds\])?\.a(\d+)$/.exec(path);
  if (value === null) return { message: `there is no result "${path}"`, hint: 'none' };
  const first = Number(value[2]);
  const runs = (value[1] === undefined ? [first] : [first, first + 1, first + 2]).map(
    (number) => ({ name: String(number) }) as ValueRequest,
  );
  return { runs };
};
const read = ({ name }: ValueRequest): Reading =>
  name.startsWith('d') ? { training: { name } as PlannedStep, at: Number(name.slice(1)) } : Number(name);

function value(text: string): readonly Value[] | string {
  const parsed = parseExpression(text, resolve);
  if ('message' in parsed) return `${parsed.start}-${parsed.end} ${parsed.message}`;
  return evaluate(parsed.expression, read);
}

describe('expressions', () => {
  it.each<[string, readonly number[]]>([
    ['1 + 2 * 3', [7]],
    ['(1 + 2) * -3', [-9]],
    ['r.a1 < r.a2', [1]],
    ['r.a2 < r.a1 or not r.a2 < r.a1', [1]],
    ['r.a1 < 2 and r.a2 <= 2 and r.a3 != 4', [1]],
    ['abs(r.a1 - r.a3) == 2', [1]],
    ['r[seeds].a2', [2, 3, 4]],
    ['r[seeds].a2 / 2', [1, 1.5, 2]],
    ['mean(r[seeds].a2) + max(r[seeds].a2, 10) - min(r.a1, 5)', [12]],
    ['median(r[seeds].a2)', [3]],
    ['1e3 ≥ 999.5', [1]],
    ['sqrt(r[seeds].a2 + 2)', [2, Math.sqrt(5), Math.sqrt(6)]],
    ['sqrt(0 - r.a1)', [Number.NaN]],
    ['sqrt(r.a4) + log10(100)', [4]],
    ['-r.a3^2 + 2**3**2', [503]],
    ['2^-1 * r[seeds].a2^2', [2, 4.5, 8]],
    ['variance(r[seeds].a2) * 3', [2]],
    ['sign(-3) + floor(2.5) + exp(0) + log(1) + cos(0) + sin(0) + tanh(0)', [3]],
    ['min(g.rate over rate)', [3]],
    ['argmin(g.rate over rate) + argmax(g.rate over rate)', [0.11]],
    ['max(mean(g.both over seed) over rate)', [7.5]],
    ['max(mean(g.both over rate) over seed)', [7.5]],
    ['max(g.both over rate, seed)', [12]],
    ['median(g.both over rate)', [2.5, 7.5]],
    ['max(g.both - g.rate over rate, seed)', [4]],
    ['at-min(g.both, g.rate over rate)', [2, 3]],
    ['at-max(g.rate, g.both over rate) - at-min(g.rate, g.both over rate)', [5, 5]],
    ['diverged(g.both over rate)', [0, 0]],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['r.a1 < ', '7-7 something is missing here'],
    ['r.b < 1', '0-3 there is no result "r.b"'],
    ['r.a1 < r.a2 < r.a3', '12-13 two comparisons in a row'],
    ['1 + (r.a1 < 2)', '5-13 "+" needs a number, and this is true or false'],
    ['r.a1 and r.a2 < 1', '0-4 "and" needs a comparison, and this is a number'],
    ['meen(r.a1)', '0-4 "meen" is neither a result nor a function'],
    ['constructor(1)', '0-11 "constructor" is neither a result nor a function'],
    ['abs(1, 2)', '9-9 abs takes one argument'],
    ['(1 + 2', '6-6 a parenthesis is not closed'],
    ['g.rate + 1', '0-6 this leaves "rate" open'],
    ['mean(g.both over seed) < 0', '5-11 this leaves "rate" open'],
    ['mean(g.rate)', '5-11 this leaves "rate" open'],
    ['min(g.rate over speed)', '16-21 nothing here is left open over "speed"'],
    ['min(g.rate over )', '16-17 "over" needs the name of what is swept'],
    ['argmin(g.letters over letter)', '22-28 argmin gives a number, and "letter" has other values'],
    ['argmin(g.rate)', '0-6 argmin needs to know over what'],
    ['at-min(g.rate over rate)', '0-6 at-min takes two arguments'],
    ['abs(g.rate over rate)', '16-16 abs is of one number, and takes nothing together'],
    ['g.rate + g.letters < 1', '0-18 2 runs on one side of "+" and 2 on the other'],
    ['min(g.both over rate', '20-20 a parenthesis is not closed'],
    ['r.a1 = 2', '5-6 "=" does not compare'],
    [`${'('.repeat(5000)}1`, '61-62 this expression is nested more than 60 levels deep'],
  ])('%s is a fault at its place', (text, expected) => {
    const found = value(text);
    expect(typeof found === 'string' ? found.replace(/^(\d+)-\d+ (something|abs|a paren)/, '$1-$1 $2') : found).toBe(
      expected,
    );
  });

  /** "true", "false", or that it is neither; "left out" of what sums up. */
  const truth = (text: string): string => {
    const found = value(text);
    const [one] = typeof found === 'string' ? [] : found;
    if (typeof one === 'object') return one.leftOut ? 'left out' : 'absent';
    return one === 1 ? 'true' : one === 0 ? 'false' : 'unknown';
  };

  it.each<[string, string]>([
    ['r.d7 < 1', 'absent'],
    ['r.d7 + 1 < 1 or 2 < 1', 'absent'],
    ['not r.d7 < 1', 'absent'],
    ['r.d7 < 1 or 1 < 2', 'true'],
    ['2 < 1 and r.d7 < 1', 'false'],
    ['1 < 2 and r.d7 < 1', 'absent'],
    ['r.d7 == r.d7', 'absent'],
    ['0 / 0 < 1', 'unknown'],
    ['not 0 / 0 < 1', 'unknown'],
    ['converged(r.d7) < 1', 'left out'],
    ['converged(r.d7) < r.d8', 'absent'],
    ['max(r.d7, 1) > 0', 'absent'],
    ['max(converged(r.d7), 1) == 1', 'true'],
    ['mean(converged(r.d7)) < 1', 'left out'],
    ['diverged(r.d7 - r.d8) == 2 and diverged(r[seeds].a1) == 0', 'true'],
  ])('with what diverged: %s is %s', (text, expected) => {
    expect(truth(text)).toBe(expected);
    const claim = parseExpression(text, resolve);
    expect('expression' in claim && holds(claim.expression, read)).toBe(expected === 'true');
  });

  it('mean what JavaScript makes of the same text, for random arithmetic and comparisons', () => {
    const leaf = fc.integer({ min: 0, max: 9 }).map((n) => ({ text: `r.a${n}`, value: n }));
    const signs = {
      '+': (a: number, b: number) => a + b,
      '-': (a: number, b: number) => a - b,
      '*': (a: number, b: number) => a * b,
      '/': (a: number, b: number) => a / b,
    };
    const { number } = fc.letrec<{ number: { text: string; value: number } }>((tie) => ({
      number: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc
          .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number'))
          .map(([a, sign, b]) => ({ text: `(${a.text} ${sign} ${b.text})`, value: signs[sign](a.value, b.value) })),
      ),
    }));
    fc.assert(
      fc.property(number, number, (a, b) => {
        // Where JavaScript says false of what is no number, nothing is known.
        const unknown = Number.isNaN(a.value) || Number.isNaN(b.value);
        const known = (truth: boolean): number => (unknown ? Number.NaN : Number(truth));
        expect(value(`${a.text} < ${b.text}`)).toEqual([known(a.value < b.value)]);
        expect(value(`${a.text} >= ${b.text}`)).toEqual([known(a.value >= b.value)]);
        expect(value(a.text)).toEqual([a.value]);
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      'r.a1',
      'r[seeds].a2',
      '(',
      ')',
      '<',
      '-',
      'and',
      'not',
      'min',
      ',',
      '3',
      ' ',
      '.4f',
      '🙂',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const found = parseExpression(pieces.join(' '), resolve);
        expect('message' in found ? found.start >= 0 && found.end >= found.start : found.end > 0).toBe(true);
      }),
      { numRuns: 500, seed: 6 },
    );
  });
});

describe('summaries', () => {
  it('agree with NumPy: mean, sample deviation, linear quartiles', () => {
    const values = [0.3, 1.7, 0.9, 2.4];
    expect(mean(values)).toBeCloseTo(1.325, 12);
    // np.std(values, ddof=1), np.quantile(values, [.25, .5, .75])
    expect(standardDeviation(values)).toBeCloseTo(0.917877987534291, 12);
    expect([0.25, 0.5, 0.75].map((part) => quantile(values, part))).toEqual([
      expect.closeTo(0.75, 12) as number,
      expect.closeTo(1.3, 12) as number,
      expect.closeTo(1.875, 12) as number,
    ]);
  });
});
