/** Which runs a name on the command line means. */
import { expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { stepsNamed } from '../../src/commands/print-results.js';
import { block, page, reportFolder, waves } from '../report-folder.js';

const net = block(
  'train #net',
  'data: waves',
  'network: { hidden: [3] }',
  'optimizer: { kind: sgd, rate: 0.1 }',
  'steps: 5',
  'sweep: { network.hidden: [[3], [4, 4]], seed: [0, 1] }',
);
const { plan } = prepare(reportFolder({ 'index.md': page(waves, net) }), { memory: 4e9, engine: referenceEngine });

function named(name: string): string[] | string {
  const steps = stepsNamed(plan, name);
  return 'message' in steps ? `${steps.message}; ${steps.hint}` : steps.map((step) => step.name);
}

it.each([
  ['waves', ['waves']],
  ['net[hidden=4x4,seed=1]', ['net[hidden=4x4,seed=1]']],
  ['net[seed=1, hidden=4x4]', ['net[hidden=4x4,seed=1]']],
  ['net[seed=1]', ['net[hidden=3,seed=1]', 'net[hidden=4x4,seed=1]']],
  ['net[width=3]', ['net[hidden=3,seed=0]', 'net[hidden=3,seed=1]']],
])('%s: all runs that have these coordinates', (name, runs) => {
  expect(named(name)).toEqual(runs);
});

it.each([
  ['nett[seed=1]', 'there is no result "nett"; did you mean "net"?'],
  ['net[sed=1]', 'nothing is swept over "sed" here; did you mean "seed"?'],
  ['net[seed=2]', 'there is no run with seed=2; choose from 0, 1'],
  ['waves[seed=1]', 'nothing is swept over "seed" here; there is none to choose from'],
])('%s: what is wrong, and what there is', (name, said) => {
  expect(named(name)).toBe(said);
});
