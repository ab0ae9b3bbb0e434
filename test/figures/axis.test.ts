/** Axes over any numbers: they have a length, and round numbers that can be told apart in twelve characters. */
import fc from 'fast-check';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import {
  axisDomain,
  logDomain,
  logTicks,
  niceTicks,
  shortNumber,
  stepDomain,
  symlogTicks,
  tickLabels,
} from '../../src/figures/axis.js';
import { position } from '../../src/figures/channels.js';
import type { Scale } from '../../src/figures/scale.js';

const any = fc.double({ noNaN: true, noDefaultInfinity: true });
const range = fc
  .oneof(
    fc.tuple(any, any),
    any.map((value): [number, number] => [value, value]),
    fc
      .tuple(any, fc.double({ min: 0, max: 1e-6, noNaN: true }))
      .map(([value, part]): [number, number] => [value, Math.max(-1e308, Math.min(1e308, value + value * part))]),
  )
  .map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));

it('a linear axis holds its range, has a length, and labels of at most twelve characters that differ', () => {
  fc.assert(
    fc.property(range, fc.constantFrom(3, 4, 5, 10), ([low, high], about) => {
      const [from, to] = axisDomain([low, high]);
      expect(to - from).toBeGreaterThan(0);
      expect(Number.isFinite(to - from)).toBe(true);
      expect(from).toBeLessThanOrEqual(Math.max(low, -8e307));
      expect(to).toBeGreaterThanOrEqual(Math.min(high, 8e307));
      const labels = tickLabels(niceTicks([from, to], about));
      expect(labels.filter((label) => label.length > 12 || /NaN|Infinity/.test(label))).toEqual([]);
      expect(new Set(labels).size).toBe(labels.length);
      expect(labels.length).toBeGreaterThan(0);
    }),
    { numRuns: 3000 },
  );
});

it('an ordinary range is not widened', () => {
  expect(axisDomain([0, 1])).toEqual([0, 1]);
  expect(axisDomain([1000, 1001])).toEqual([1000, 1001]);
  expect(axisDomain([999_999_999, 1e9])).toEqual([999_999_999, 1e9]);
  expect(axisDomain([-1e-12, 3e-12])).toEqual([-1e-12, 3e-12]);
  expect(axisDomain([0, 10], 0.1)).toEqual([-1, 11]);
  expect(stepDomain([0, 0])).toEqual([0, 1]);
});

it.each([
  [[1.4e-8, 1.4e-8], 5, ['1.3e−8', '1.35e−8', '1.4e−8', '1.45e−8', '1.5e−8']],
  [[-94_962_473_500_700, -94_962_473_500_700], 3, ['−1e14', '−9.5e13', '−9e13']],
  [[-6e23, 0], 4, ['−6e23', '−4e23', '−2e23', '0']],
  [[0, 0.5], 5, ['0.0', '0.1', '0.2', '0.3', '0.4', '0.5']],
  [[0, 1_000_000], 5, ['0', '200,000', '400,000', '600,000', '800,000', '1,000,000']],
] as [[number, number], number, string[]][])('%j in about %d steps says %j', (values, about, labels) => {
  expect(tickLabels(niceTicks(axisDomain(values), about))).toEqual(labels);
});

/** What Vega writes on the axis. */
async function drawnLabels(scale: Scale, tickCount: number): Promise<string[]> {
  const x = position('x', 'x', scale, { tickCount, labelOverlap: false, labelBound: false });
  const specification = { data: { values: [{ x: scale.domain[0] }] }, mark: 'point', width: 5000, encoding: { x } };
  const { spec } = compile(specification as unknown as TopLevelSpec);
  const svg = await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG();
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text).filter((text) => text !== 'x');
}

it('a drawing has the same labels', async () => {
  const ranges: [number, number][] = [
    ...([
      [0, 1],
      [1000, 1001],
      [999_999_999, 1e9],
      [-1e-12, 3e-12],
      [0, 1e6],
      [-6e23, 1e23],
      [1.778478e153, 1.778714e153],
      [4e-30, 4.0001e-30],
    ] as [number, number][]),
    ...fc.sample(range, { numRuns: 60 }),
  ];
  for (const values of ranges) {
    const domain = axisDomain(values);
    const labels = await drawnLabels({ type: 'linear', domain, length: 5000 }, 5);
    expect(labels, JSON.stringify(values)).toEqual(tickLabels(niceTicks(domain, 5)));
  }
});

describe('a logarithmic axis', () => {
  it('holds what is above 0 and has at least two numbers, of at most twelve characters', async () => {
    const values = fc.array(fc.oneof(any, fc.constantFrom(0, -1, 5e-324, 1.7e308, 1.3, 2.2, 5.1)), { maxLength: 5 });
    fc.assert(
      fc.property(values, (numbers) => {
        const [low, high] = logDomain(numbers);
        expect(low).toBeGreaterThan(0);
        expect(high).toBeGreaterThan(low);
        expect(logTicks([low, high]).length).toBeGreaterThanOrEqual(2);
        for (const value of numbers.filter((one) => one >= 1e-300 && one <= 8e307)) {
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high);
        }
      }),
      { numRuns: 3000 },
    );
    for (const numbers of fc.sample(values, { numRuns: 40 })) {
      const labels = await drawnLabels({ type: 'log', domain: logDomain(numbers), length: 5000 }, 5);
      expect(labels.length).toBeGreaterThanOrEqual(2);
      expect(labels.filter((label) => label.length > 12)).toEqual([]);
    }
  });

  it('is around 1 where nothing is above 0', () => {
    expect(logDomain([0, 0])).toEqual(logDomain([1]));
    expect(logDomain([])).toEqual(logDomain([1]));
  });
});

it('an axis with room for 0 has it, and powers of ten on both sides', () => {
  expect(symlogTicks([0, 20_000], 1)).toEqual([0, 1, 10, 100, 1000, 10_000]);
  expect(symlogTicks([-500, 20], 10)).toEqual([-100, -10, 0, 10]);
});

it('a label in five digits has at most twelve characters, whatever the number', () => {
  const values = Array.from({ length: 40 }, (_, index) => [
    -9.50853e-20 * 10 ** index,
    1.23456e-20 * 10 ** index,
  ]).flat();
  const signals = values.map((value, index) => ({
    ...{ name: `label${index}`, update: shortNumber.replaceAll('datum.value', `(${value})`) },
  }));
  const view = new vega.View(vega.parse({ signals })).run();
  const labels = signals.map(({ name }) => String(view.signal(name)));
  expect(labels.filter((label) => label.length > 12)).toEqual([]);
  expect(labels).toContain('−9.5085e−6');
});
