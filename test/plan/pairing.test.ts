/** `seed: {follows: data}`: each training takes the seed of the dataset that it is trained on. */
import { expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import type { Plan } from '../../src/plan/plan.js';
import { block, page, reportFolder } from '../report-folder.js';

function planned(...blocks: readonly string[]): { plan: Plan; said: string[] } {
  const folder = reportFolder({ 'index.md': page(...blocks) });
  const { plan, problems } = prepare(folder, { memory: 4e9, engine: { ...referenceEngine, addressable: 4e9 } });
  const said = problems.map(
    ({ place, rule, message, hint }) => `${place?.line ?? 0}:${place?.column ?? 0} ${rule} ${message}; ${hint}`,
  );
  return { plan, said };
}

const data = (seed: string): string => block('dataset #d', 'function: step', 'samples: 10', 'noise: 0.1', seed);
const net = (...options: readonly string[]): string =>
  block(
    'train #net',
    'data: d',
    'network: { hidden: [3] }',
    'optimizer: { kind: sgd, rate: 0.1 }',
    'steps: 5',
    ...options,
  );
const nets = ({ steps }: Plan): [string, string][] =>
  steps.flatMap(({ id, name, key }): [string, string][] => (id === 'net' ? [[name, key]] : []));

const pairs = planned(data('seed: { count: 8 }'), net('seed: { follows: data }'), '`= net.test-error .3f`');

it('as many runs as the data have seeds, with the keys of the same runs written by hand', () => {
  expect(pairs.said).toEqual([]);
  expect(nets(pairs.plan).map(([name]) => name)).toEqual(Array.from({ length: 8 }, (_, seed) => `net[seed=${seed}]`));
  for (const [seed, [, key]] of nets(pairs.plan).entries()) {
    const byHand = planned(data(`seed: ${seed}`), net(`seed: ${seed}`));
    expect(nets(byHand.plan)).toEqual([['net', key]]);
  }
});

it('a number in the text takes the pairs together, and a sweep multiplies them', () => {
  const [number] = pairs.plan.values.values();
  expect(number?.sources).toEqual(['net']);
  expect(number?.expression).toMatchObject({ runs: { length: 8 } });
  const swept = planned(data('seed: [3, 7]'), net('seed: { follows: data }', 'sweep: { network.hidden: [[3], [4]] }'));
  expect(nets(swept.plan).map(([name]) => name)).toEqual([
    'net[seed=3,hidden=3]',
    'net[seed=7,hidden=3]',
    'net[seed=3,hidden=4]',
    'net[seed=7,hidden=4]',
  ]);
});

it('without it every seed of the one meets every seed of the other', () => {
  expect(nets(planned(data('seed: { count: 8 }'), net('seed: { count: 8 }')).plan)).toHaveLength(64);
});

it.each([
  [
    'an option that is none',
    net('seed: { follows: dta }'),
    '"dta" is no option that names a step; did you mean "data"?',
  ],
  ['a misspelt word', net('seed: { folows: data }'), '"folows" is not an option of seed; did you mean "follows"?'],
  ['no name', net('seed: { follows: 3 }'), '"follows" must name an option; write {follows: data}'],
  ['both', net('seed: { count: 2, follows: data }'), 'the seeds are both counted and followed; keep one of the two'],
  ['a sweep besides', net('seed: { follows: data }', 'sweep: { seed: [1, 2] }'), 'the seeds are given twice'],
  [
    'a dataset',
    block('dataset #e', 'function: step', 'seed: { follows: data }'),
    'this is computed from no other step',
  ],
  [
    'a kind without a seed',
    block('features #g', 'of: net', 'seed: { follows: of }'),
    '"seed" is not an option of features',
  ],
])('%s is a problem', (_name, directive, words) => {
  const { said } = planned(data('seed: 1'), ...(directive.includes('#net') ? [] : [net()]), directive);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(words);
});
