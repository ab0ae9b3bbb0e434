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
