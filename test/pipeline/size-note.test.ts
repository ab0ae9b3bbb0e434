/** A plan of many steps says how many they are, and from which axes, before any of them runs. */
import { expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder } from '../report-folder.js';

const report = (seeds: string): string =>
  page(
    block('dataset #d', 'function: step', 'samples: 5', 'seed: { count: 8 }'),
    block(
      'train #net',
      'data: d',
      'network: { hidden: [3] }',
      'optimizer: { kind: sgd, rate: 0.1 }',
      'steps: 2',
      `seed: ${seeds}`,
      'sweep: { network.hidden: [[2], [3]] }',
    ),
  );

it.each([
  [
    '{ count: 8 }',
    /^136 steps would run: net 128 \(8 d\.seed x 2 hidden x 8 seed\), d 8 \(8 seed\); about [\d.]+ s on \d+ threads$/m,
  ],
  ['{ follows: data }', /^24 steps, 24 would run/m],
])(
  'seeds %s, in plan and in build',
  (seeds, said) => {
    const folder = reportFolder({ 'report/index.md': report(seeds) });
    const { out } = colophon(folder, 'plan', 'report');
    expect(out).toMatch(said);
    expect(/steps would run:/.test(out)).toBe(seeds.includes('count'));
    const built = colophon(folder, 'build', 'report');
    expect(/steps would run:/.test(built.err + built.out)).toBe(seeds.includes('count'));
    expect(/steps would run:/.test(colophon(folder, 'plan', 'report').out)).toBe(false);
  },
  60_000,
);
