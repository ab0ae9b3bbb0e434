/** How long what has to run takes: steps that run side by side do not take the sum of their times. */
import { expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { causesOf, type Explanation } from '../../src/run/explain.js';
import { block, page, reportFolder, waves } from '../report-folder.js';

const net = block(
  'train #net',
  'data: waves',
  'network: { hidden: [3] }',
  'optimizer: { kind: sgd, rate: 0.1 }',
  'steps: 5',
  'seed: { count: 8 }',
);
const { plan } = prepare(reportFolder({ 'index.md': page(waves, net) }), { memory: 4e9, engine: referenceEngine });

function total(seconds: readonly number[], jobs: number): number | undefined {
  const nets = plan.steps.filter(({ id }) => id === 'net');
  const explanations = nets.map(
    (step, index): Explanation => ({
      ...{ step, cached: false, why: '', changes: [], waitsFor: [] },
      seconds: seconds[index] ?? 1,
    }),
  );
  return causesOf(explanations, plan, jobs)[0]?.seconds;
}

it('eight equal steps take an eighth of their sum on eight threads, and all of it on one', () => {
  const [one = 0, two = 0, eight = 0] = [1, 2, 8].map((jobs) => total([], jobs));
  expect([one / two, one / eight]).toEqual([2, 8]);
});

it('never less than the longest of them', () => {
  expect(total([20], 8)).toBe(20);
});
