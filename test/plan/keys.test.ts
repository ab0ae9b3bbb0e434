/** What a key holds and what it does not. */
import { describe, expect, it } from 'vitest';
import { planReport } from '../../src/plan/plan-report.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

function keys(files: Readonly<Record<string, string>>): Map<string, string> {
  const { report, problems } = readReport(reportFolder(files), directiveKinds);
  const planned = planReport(report, { memory: 4e9, addressable: 4e9 });
  expect([...problems, ...planned.problems]).toEqual([]);
  return new Map(planned.plan.steps.map(({ name, key }) => [name, key]));
}

const features = block('features #g', 'of: small', 'at: [0, 20]');
const svd = block('svd #s', 'of: small', 'on: { grid: 11 }');
const base = { 'index.md': page(waves, small, features, svd) };
const before = keys(base);

const changed = (text: string): string[] => {
  const after = keys({ 'index.md': text });
  expect([...after.keys()]).toEqual([...before.keys()]);
  return [...after].flatMap(([name, key]) => (before.get(name) === key ? [] : [name]));
};

describe('keys stay the same', () => {
  const text = base['index.md'];
  it.each([
    ['when prose changes', text.replace('A page', 'Another page')],
    ['with CRLF line endings and a byte order mark', `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['when options are reordered', text.replace('samples: 20\nnoise: 0.1', 'noise: 0.1\nsamples: 20')],
    [
      'when a default is written out',
      text.replace('batch: 10', 'batch: { size: 10, with-replacement: false }\nparameters: all'),
    ],
    ['when directives are reordered', page(svd, features, waves, small)],
  ])('%s', (_what, edited) => {
    const after = keys({ 'index.md': edited });
    expect(new Map([...after].sort())).toEqual(new Map([...before].sort()));
  });

  it('when the same activation is named for each hidden layer', () => {
    const named = (activation: string): string | undefined => {
      const network = `network: { hidden: [4, 3], activation: ${activation} }`;
      const net = block('train #net', 'data: waves', network, 'optimizer: { rate: 0.1 }', 'steps: 5');
      return keys({ 'index.md': page(waves, net) }).get('net');
    };
    expect(named('[tanh, tanh]')).toBe(named('tanh'));
    expect(named('[tanh, relu]')).not.toBe(named('tanh'));
  });

  it('when a dataset is renamed', () => {
    const renamed = keys({ 'index.md': text.replaceAll('waves', 'ripples') });
    expect(renamed.get('small[hidden=4]')).toBe(before.get('small[hidden=4]'));
  });
});

describe('changing an option changes exactly its step and what is computed from it', () => {
  const nets = ['small[hidden=4]', 'small[hidden=5]'];
  const looks = ['g[hidden=4]', 'g[hidden=5]', 's[hidden=4]', 's[hidden=5]'];
  const text = base['index.md'];
  it.each([
    ['of the dataset', text.replace('noise: 0.1', 'noise: 0.2'), ['waves', ...nets, ...looks]],
    ['of the training', text.replace('rate: 0.02', 'rate: 0.03'), [...nets, ...looks]],
    ['of the features', text.replace('at: [0, 20]', 'at: [0]'), ['g[hidden=4]', 'g[hidden=5]']],
    ['of the svd', text.replace('grid: 11', 'grid: 12'), ['s[hidden=4]', 's[hidden=5]']],
  ])('%s', (_what, edited, expected) => {
    expect(changed(edited).sort()).toEqual([...expected].sort());
  });
});

describe('a set of seeds is the axis seed of a sweep', () => {
  const plain = block(
    'train #n',
    'data: waves',
    'network: { hidden: [4] }',
    'optimizer: { kind: sgd, rate: 1 }',
    'steps: 9',
  );
  const planned = (...options: readonly string[]): [string, string][] => [
    ...keys({ 'index.md': page(waves, plain.replace('steps: 9', ['steps: 9', ...options].join('\n'))) }),
  ];

  it('with the keys and names of the sweep over the same seeds', () => {
    const counted = planned('seed: { count: 3 }');
    expect(counted.map(([name]) => name)).toEqual(['waves', 'n[seed=0]', 'n[seed=1]', 'n[seed=2]']);
    expect(counted).toEqual(planned('sweep: { seed: [0, 1, 2] }'));
    expect(planned('seed: [0, 1, 2]')).toEqual(counted);
    expect(planned('seed: [0, 1, 5]').slice(0, 3)).toEqual(counted.slice(0, 3));
  });

  it('called as its directive, where that is its name', () => {
    const named = page(waves, plain.replace('#n', '#seed').replace('steps: 9', 'steps: 9\nseed: [0, 1]'));
    expect([...keys({ 'index.md': named }).keys()]).toEqual(['waves', 'seed[seed=0]', 'seed[seed=1]']);
  });

  it('varying fastest beside other options', () => {
    const both = planned('seed: { count: 2 }', 'sweep: { optimizer.rate: [1, 2] }').map(([name]) => name);
    expect(both.slice(1)).toEqual(['n[rate=1,seed=0]', 'n[rate=1,seed=1]', 'n[rate=2,seed=0]', 'n[rate=2,seed=1]']);
  });

  it('of datasets too, and of all that is computed from them', () => {
    const seeded = keys({ 'index.md': page(waves.replace('seed: 1', 'seed: [4, 7]'), plain) });
    expect([...seeded.keys()]).toEqual(['waves[seed=4]', 'waves[seed=7]', 'n[seed=4]', 'n[seed=7]']);
  });
});
