/** A slider that cannot move is a problem at its place, before anything runs. */
import { expect, it } from 'vitest';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { prepare } from '../../src/pipeline/prepare.js';
import type { Problem } from '../../src/shared/problem.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

function problemsOf(text: string): readonly Problem[] {
  return prepare(reportFolder({ 'index.md': text }), { memory: 4e9, engine: referenceEngine }).problems;
}

const rows = block('svd #spectrum', 'of: small', 'rows: test');

it.each([
  ['slider: stpe', 'small.fit', '30:9 unknown-slider these results do not differ in "stpe"; did you mean "step"?'],
  ['slider: [step, width]', 'small.fit', '30:16 unknown-slider these results do not differ in "width"'],
  ['slider: [step, unit]', 'small.fit', '30:16 unknown-slider these results do not differ in "unit"'],
  ['slider: step', 'waves.data', '30:9 no-slider "data" does not change in training; sliders are for fit'],
  ['slider: step', 'spectrum.singular-values', '30:9 no-slider the page decomposes the gradients of all parameters'],
])('%s of %s', (slider, show, expected) => {
  const text = page(waves, small, rows, block('figure #f', `show: ${show}`, slider));
  const told = problemsOf(text).map(
    ({ place, rule, message, hint }) => `${place?.line ?? 0}:${place?.column ?? 0} ${rule} ${message}; ${hint}`,
  );
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(expected);
});

it('the singular values of a page have the rank of float32 alone, its principal features none', () => {
  const told = (show: string): string[] => {
    const svd = block('svd #spectrum', 'of: small', 'precision: float64');
    const text = page(waves, small, svd, block('figure #f', `show: ${show}`, 'slider: step'));
    return problemsOf(text).map(({ rule, message }) => `${rule} ${message}`);
  };
  expect(told('spectrum.singular-values')).toEqual([
    'no-slider the page finds singular values through inner products, and no rank with the tolerance of float64',
  ]);
  expect(told('spectrum.principal-features')).toEqual([]);
});

it('the page has the gradients of plain parameters alone, and moves the function of any', () => {
  const told = (show: string): string[] => {
    const scaled = small.replace('steps:', 'output-scale: 2\nsteps:');
    const features = block('features #f', 'of: small', 'kernel: true');
    const text = page(waves, scaled, features, block('figure #g', `show: ${show}`, 'slider: step'));
    return problemsOf(text).map(({ rule, message }) => `${rule} ${message}`);
  };
  const refused =
    'no-slider the page finds the gradients with respect to plain parameters only, and this training has others';
  expect(told('f.features')).toEqual([refused]);
  expect(told('f.kernel')).toEqual([refused]);
  expect(told('small.fit')).toEqual([]);
});

it('a scale of the scrubber is for figures with a slider, and those of one training agree on it', () => {
  const figure = (id: string, ...more: string[]): string => block(`figure #${id}`, 'show: small.fit', ...more);
  const told = (...figures: string[]): string[] =>
    problemsOf(page(waves, small, ...figures)).map(
      ({ place, rule, message }) => `${place?.line ?? 0}:${place?.column ?? 0} ${rule} ${message}`,
    );
  expect(told(figure('a', 'step-scale: log'))).toEqual([
    '25:13 invalid-option "step-scale" is for figures with a slider',
  ]);
  const [log, sqrt] = ['log', 'sqrt'].map((scale) => ['slider: step', `step-scale: ${scale}`]);
  expect(told(figure('a', ...(log ?? [])), figure('b', 'slider: step'), figure('c', ...(sqrt ?? [])))).toEqual([
    '37:13 invalid-option the figures of "small" on this page share one scrubber, and #a says "log"',
  ]);
  expect(told(figure('a', ...(log ?? [])), figure('c', ...(log ?? [])))).toEqual([]);
});

it('a slider over steps, a swept option and singular directions has no problem', () => {
  const svd = block('svd #spectrum', 'of: small');
  const figure = block('figure #f', 'show: spectrum.principal-features', 'slider: [step, hidden, component]');
  expect(problemsOf(page(waves, small, svd, figure))).toEqual([]);
});
