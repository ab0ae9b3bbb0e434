/** The graph of a report's experiments. */
import { expect, it } from 'vitest';
import type { Experiment } from '../../src/render/experiments.js';
import { planGraph } from '../../src/render/plan-graph.js';

const experiment = (id: string, ...inputs: string[]): Experiment => ({
  ...{ id, title: id, href: `page.html#${id}`, noun: 'Training', page: 'A page', count: '1 run' },
  runs: [{ ...{ id, name: id, profile: '', device: '', inputs, coordinates: [] }, key: id.padEnd(64, '0') }],
  ...{ many: false, diverged: false, isOwnCode: false, keys: {}, list: '', on: '', uses: [] },
});
/** Where a box stands: its column and its row. */
const placeOf = (svg: string, id: string): number[] => {
  const [, x = '', y = ''] = new RegExp(`#${id}"><title>[^<]*</title><rect x="(\\d+)" y="(\\d+)"`).exec(svg) ?? [];
  return [Number(x) / 272, Number(y) / 56];
};

it('what was computed from something stands to its right, no two in one place, and edges are none that others imply', () => {
  const all = [
    ...[experiment('svd', 'net', 'data'), experiment('data'), experiment('net', 'data'), experiment('other', 'data')],
  ];
  const svg = planGraph(all);
  expect(['data', 'net', 'svd', 'other'].map((id) => placeOf(svg, id))).toEqual([
    ...[
      [0, 0],
      [1, 0],
      [2, 0],
      [1, 1],
    ],
  ]);
  expect(svg.match(/M\d+ \d+C/g)).toHaveLength(3);
  expect(svg).toContain(`data-keys="${'net'.padEnd(16, '0')}"`);
});

it('there is none of nothing, and none of more than a picture can show', () => {
  expect(planGraph([])).toBe('');
  expect(planGraph(Array.from({ length: 201 }, (_, index) => experiment(`e${index}`)))).toBe('');
});
