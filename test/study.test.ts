/** The study in report/: every sentence of it that says how much prints what was computed or is held to it by a claim. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReport } from '../src/source/read-report.js';
import { directiveKinds } from '../src/steps/kinds.js';
import { quantitativeSentences } from './quantitative-sentences.js';
import { block, page, reportFolder, waves } from './report-folder.js';

it('no sentence of the study says how much without a computed number or a claim', () => {
  const { report } = readReport(join(import.meta.dirname, '..', 'report'), directiveKinds);
  const study = report.pages.filter(({ file }) => !file.startsWith('guide/'));
  expect(study.map(({ file }) => file)).toContain('training.md');
  expect(quantitativeSentences(study)).toEqual([]);
});

describe('the counter of quantitative sentences', () => {
  const net = block(
    'train #net',
    'data: waves',
    'network: { hidden: [30] }',
    'optimizer: { kind: sgd, rate: 0.02 }',
    'steps: 500',
  );
  const found = (...prose: readonly string[]): string[] => {
    const { report } = readReport(reportFolder({ 'index.md': page(waves, net, ...prose) }), directiveKinds);
    return quantitativeSentences(report.pages).map(({ sentence }) => sentence);
  };

  it.each([
    'The error is 0.31.',
    'Seven elbows find a knot.',
    'Width 30 has fewer elbows in a gap than it needs.',
    'It is twice as good.',
    'Most lines are zero.',
    'The error is smaller than before.',
    'The kernel rises in training.',
    'The rank falls.',
    'It never comes back.',
    'Both aim at nearly the same minimum.',
    'The 30 units do more.',
    'The error, $a < b$, is the lowest of all.',
  ])('counts "%s"', (sentence) => {
    expect(found(sentence)).toHaveLength(1);
  });

  it.each([
    'The error is `= net.test-error .2f`, the lowest of all.',
    'The error falls `claim net.test-error < 1`.',
    'The error falls. `claim net.test-error < 1`',
    'Its 30 units train for 500 steps at the rate 0.02.',
    'The rank is at most $2w + 1 = 7$ [@a, p. 7].',
    'A *kink* is where the slope rises.',
    'How many are there, more than 7?',
    'See @fig-seven.',
    '::: {#prp-most}\nAt most 7 are independent.\n:::',
    'The unit is on where $x > 0.5$.',
  ])('leaves "%s"', (sentence) => {
    expect(found(sentence)).toEqual([]);
  });

  it('looks into captions, alternative texts, headings and lists, and tells one sentence from its neighbour', () => {
    const figure = block(
      'figure #fig-a',
      'show: waves.data',
      'alt: There are 7 dots.',
      'caption: Most of them. Here is one.',
    );
    expect(found(figure, '## Seven of them', '- It is `= net.test-error .2f`. It rises. It stands.')).toEqual([
      'Seven of them',
      'It rises.',
      'Most of them.',
      'There are 7 dots.',
    ]);
  });
});
