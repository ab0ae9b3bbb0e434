/** What two snapshots differ in, case by case. */
import { describe, expect, it } from 'vitest';
import { align } from '../../src/diff/align.js';
import { arrayChanges, dataChange } from '../../src/diff/data-change.js';
import type { EngineDeviation } from '../../src/diff/causes.js';
import { differenceOf } from '../../src/diff/difference.js';
import { withTolerances } from '../../src/diff/engine-tolerance.js';
import { changeOf } from '../../src/diff/number-change.js';
import { changedOptions } from '../../src/diff/options.js';
import { overlay } from '../../src/diff/overlay.js';
import { sayCauses } from '../../src/diff/say.js';
import { readSnapshot, type Snapshot, type SnapshotStep } from '../../src/diff/snapshot.js';
import { asMarkdown } from '../../src/diff/text.js';
import { exceeding } from '../../src/diff/thresholds.js';
import { standardReader } from '../../src/source/markdown.js';

const array = (shape: number[], data: number[]) => ({ shape, data: Float64Array.from(data) });

describe('a number', () => {
  it('changes by a share of what it was, and in parts of the spread over its seeds', () => {
    const change = changeOf({ text: 'a', numbers: [1, 2, 3] }, { text: 'b', numbers: [2, 3, 4] });
    // Means 2 and 3, both with a standard deviation of 1.
    expect(change).toEqual({ before: 'a', after: 'b', relative: 0.5, seeds: { count: 3, spreads: 1 } });
  });

  it('that is the same is no change, whatever else there is', () => {
    expect(changeOf({ text: '1', numbers: [1] }, { text: '1', numbers: [1] })).toBeUndefined();
    expect(changeOf({ text: '1', numbers: [1] }, { text: '1.0', numbers: [1] })).toEqual({ before: '1', after: '1.0' });
    expect(changeOf({ text: '1', numbers: [1] }, { text: '1', numbers: [1 + 1e-12] })?.relative).toBeCloseTo(1e-12, 15);
  });

  it('that a diverged run no longer has is over every threshold', () => {
    const change = changeOf({ text: '1', numbers: [1] }, { text: 'diverged', numbers: [null] });
    expect(change).toEqual({ before: '1', after: 'diverged' });
    const number = {
      ...{ page: 'a.md', line: 1, context: '', written: [], causes: { directives: [] } },
      ...{ ...change, sources: ['net'] },
    };
    expect(exceeding([number], [{ share: 1e9 }])).toHaveLength(1);
    expect(exceeding([number], [{ id: 'other', share: 0 }])).toHaveLength(0);
    const small = { ...number, relative: -0.02 };
    expect(exceeding([small], [{ share: 0.01 }])).toHaveLength(1);
    // What is said of its own directive counts before what is said of all.
    expect(exceeding([small], [{ share: 0.01 }, { id: 'net', share: 0.05 }])).toHaveLength(0);
  });
});

it('an option is named by its path, and a list is one value', () => {
  const before = { network: { hidden: [10], activation: 'relu' }, steps: 10, seed: 1 };
  const after = { network: { hidden: [10, 10], activation: 'relu' }, steps: 10, batch: 5 };
  expect(changedOptions(before, after)).toEqual([
    { path: 'network.hidden', before: [10], after: [10, 10] },
    { path: 'seed', before: 1 },
    { path: 'batch', after: 5 },
  ]);
});

it('entries are paired in the order that both lists have; what stands in one place is a pair under other names too', () => {
  const pairs = align(['a', 'b', 'c', 'a'], ['a', 'x', 'c', 'y', 'a'], (text) => text);
  expect(pairs).toEqual([
    { before: 'a', after: 'a' },
    { before: 'b', after: 'x' },
    { before: 'c', after: 'c' },
    { after: 'y' },
    { before: 'a', after: 'a' },
  ]);
});

it('the data of a figure differ most where they do in parts of what their column spans', () => {
  const before = 'x,y,line\n0,1000,a\n1,2000,a\n';
  expect(dataChange(before, before)).toBeUndefined();
  expect(dataChange(before, 'x,y,line\n0.5,1010,a\n1,2000,a\n')).toEqual({
    column: 'x',
    row: 1,
    before: 0,
    after: 0.5,
  });
  expect(dataChange(before, 'x,y,line\n0,1000,a\n')).toEqual({ shapes: ['2 rows', '1 rows'] });
});

it('arrays differ most at a subscript; a number that is none any more is farther than any other', () => {
  const before = { arrays: { w: array([2, 3], [1, 2, 3, 4, 5, 6]), s: array([1], [1]) }, values: {} };
  const after = { arrays: { w: array([2, 3], [1, 2, 9, 4, Number.NaN, 6]), s: array([1], [1]) }, values: {} };
  expect(arrayChanges(before, after)).toEqual([{ name: 'w', at: [1, 1], before: 5, after: Number.NaN }]);
});

it('drawings are laid over each other only where their axes say the same', () => {
  const svg = (words: string, path: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>${words}</text><path d="${path}"/></svg>`;
  const laid = overlay(svg('0.5', 'M0,0'), svg('0.5', 'M1,1'));
  expect(laid).toContain('M0,0');
  expect(laid).toContain('M1,1');
  expect(overlay(svg('0.5', 'M0,0'), svg('0.6', 'M1,1'))).toBeUndefined();
});

describe('a comment', () => {
  const hostile =
    '@someone closes #1 <script>alert(1)</script> **b** [x](javascript:1) `c`\n# no ![i](http://x.org/a.png)';

  it('has at most 60 lines, however much changed', () => {
    const sections = Array.from({ length: 8 }, (_, index) => ({
      name: `part ${index}`,
      said: '500 changed',
      lines: Array.from({ length: 500 }, () => ({ text: hostile })),
    }));
    expect(asMarkdown('a → b', sections).trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  it('says what the report says as text: no markup, no mention, no link', () => {
    const written = asMarkdown('t', [{ name: 'numbers', said: '', lines: [{ text: hostile }] }]);
    const list = written.split('\n').find((line) => line.startsWith('- ')) ?? '';
    const [item] = standardReader.parse(list).children;
    expect(JSON.stringify(item)).not.toMatch(/"type":"(?:link|image|strong|html|inlineCode|emphasis|heading)"/);
    expect(list).not.toMatch(/@\w|(?<!&)#\d/);
  });
});

it('a snapshot that is none, or of another form, is refused with the place', () => {
  expect(readSnapshot('{')).toHaveProperty('refused');
  expect(readSnapshot('{"format":2}')).toEqual({ refused: expect.stringContaining('format') as string });
});

describe('another engine', () => {
  const step = (name: string, digest: string, inputs: readonly string[] = []): SnapshotStep => ({
    ...{ name, id: name.split('[')[0] ?? '', key: name, digest, profile: 'p', device: 'd', inputs: [...inputs] },
  });
  const number = (digits: number, ...sources: readonly string[]): Snapshot['values'][number] => ({
    ...{ page: 'a.md', line: 1, written: sources.join(), sentence: '', sources: [...sources] },
    ...{ text: String(digits), numbers: [digits] },
  });
  const snapshot = (digits: number, ...digests: readonly [string, string, string, string]): Snapshot => ({
    ...{ format: 1, colophon: '', pages: [], directives: [], tables: [], claims: [], figures: [] },
    values: [number(digits, 'net'), number(digits, 'spectrum'), number(digits, 'other')],
    steps: [
      step('net[seed=0]', digests[0]),
      step('net[seed=1]', digests[1]),
      step('spectrum', digests[2], ['net[seed=0]']),
      step('other', digests[3]),
    ],
  });
  const judgedBy = (shares: Readonly<Record<string, number>>) => {
    const [before, after] = [snapshot(1, 'a', 'b', 'c', 'd'), snapshot(2, 'A', 'B', 'C', 'D')];
    const asked: string[] = [];
    const difference = withTolerances(differenceOf(before, after), before, after, ({ name }) => {
      asked.push(name);
      const share = shares[name];
      return share === undefined ? undefined : ({ of: 'weights', share } satisfies EngineDeviation);
    });
    return { asked, said: difference.numbers.map(({ engines }) => engines?.share), difference };
  };

  it('is judged where it first changes a result, and the farthest of several counts for what comes from them', () => {
    const { asked, said, difference } = judgedBy({ 'net[seed=0]': 0.1, 'net[seed=1]': 3, other: 0.5 });
    // The spectrum is of another network: how far it may be off is not for its own kind to say.
    expect(asked).toEqual(['net[seed=0]', 'net[seed=1]', 'other']);
    expect(said).toEqual([3, 3, 0.5]);
    const words = difference.numbers.map(({ causes, engines }) => sayCauses(causes, engines));
    expect(words[0]).toBe('by another engine, beyond the tolerance of both: 3 of it, in weights');
    expect(words[2]).toBe('by another engine, within the tolerance of both: 0.5 of it');
  });

  it('is not judged where one of the results is in no store', () => {
    expect(judgedBy({ 'net[seed=0]': 0.1 }).said).toEqual([undefined, undefined, undefined]);
  });
});
