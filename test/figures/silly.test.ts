/** Experiments that leave a picture little or nothing to show: it is drawn all the same, and says why it is as it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { colophon, type Ended } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { faultsOf } from './degenerate/svg-faults.js';

const figure = (id: string, show: string, ...more: readonly string[]): string =>
  block(`figure #fig-${id}`, `show: ${show}`, ...more);
const train = (id: string, data: string, hidden: string, optimizer: string, ...more: readonly string[]): string =>
  block(`train #${id}`, `data: ${data}`, `network: { hidden: ${hidden} }`, `optimizer: ${optimizer}`, ...more);
const csv = (id: string, file: string): string =>
  block(`dataset #${id}`, `function: { csv: { file: ${file}, inputs: [x], target: y } }`);

const report = page(
  waves,
  small,
  // Weights that have decayed to nothing: gradients and singular values of 0.
  train('gone', 'waves', '[10]', '{ kind: sgd, rate: 0.01, weight-decay: 90 }', 'steps: 300'),
  block('svd #zeros', 'of: gone', 'at: [last]', 'parameters: [0.weight]'),
  figure('zeros', 'zeros.singular-values'),
  figure('zero-bars', 'zeros.singular-value-histogram'),
  // One sample, and several that are equal.
  block('dataset #one', 'function: sin(20x)', 'samples: 1', 'test: none'),
  train('single', 'one', '[3]', '{ kind: sgd, rate: 0.1 }', 'steps: 5'),
  block('features #single-grads', 'of: single', 'at: [last]'),
  figure('single', 'single-grads.features', 'slider: step'),
  csv('equal', 'equal.csv'),
  train('alike', 'equal', '[3]', '{ kind: sgd, rate: 0.1 }', 'steps: 5'),
  block('features #alike-grads', 'of: alike', 'at: [last]'),
  figure('alike', 'alike-grads.features'),
  figure('alike-kernel', 'alike-grads.kernel'),
  // A line far above all samples.
  train('high', 'waves', '[3]', '{ kind: adam, rate: 1000 }', 'steps: 3'),
  figure('high', 'high.fit', 'at: [3]'),
  // Elbows far away.
  csv('distant', 'distant.csv'),
  train('nowhere', 'distant', '[3]', '{ kind: sgd, rate: 1e-9 }', 'steps: 2'),
  figure('nowhere', 'nowhere.elbows'),
  // One tiny difference.
  csv('tiny', 'tiny.csv'),
  train('close', 'tiny', '[]', '{ kind: sgd, rate: 0.45 }', 'steps: 7'),
  figure('close', 'close.residual-histogram'),
  // Step 0 on an author's own axes.
  ...['log', 'symlog'].map((type) =>
    figure(
      type,
      'small',
      'where: { hidden: 4 }',
      'columns: [step, test-error]',
      'vega-lite:',
      '  mark: point',
      '  encoding:',
      `    x: { field: step, type: quantitative, scale: { type: ${type} } }`,
      '    y: { field: test-error, type: quantitative }',
    ),
  ),
);

const files = {
  'report/index.md': report,
  'report/equal.csv': 'x,y\n0.25,1\n0.25,2\n0.25,3\n',
  'report/distant.csv': 'x,y\n1000,1\n1000.5,2\n1001,3\n',
  'report/tiny.csv': 'x,y\n0,1e-8\n',
};

let ended: Ended = { code: null, out: '', err: '' };
let html = '';

beforeAll(() => {
  const folder = reportFolder(files);
  ended = colophon(folder, 'build', 'report');
  expect(ended.code, ended.err).toBe(0);
  html = readFileSync(join(folder, 'site/index.html'), 'utf8');
});

const figureOf = (id: string): string => html.split(`<figure id="fig-${id}"`)[1]?.split('</figure>')[0] ?? '';
/** One, or those of the panels of a figure that moves; without that for narrow screens, which stands right behind another. */
const drawingsOf = (id: string): string[] =>
  [...figureOf(id).matchAll(/(?<!<\/svg>)<svg [^>]*class="figure-drawing"[\s\S]*?<\/svg>/g)].map(([svg]) => svg);
/** The titles of panels that move stand above their drawings. */
const textsOf = (id: string): string[] =>
  [
    ...figureOf(id).matchAll(/<p class="moving-title">([\s\S]*?)<\/p>/g),
    ...drawingsOf(id).flatMap((svg) => [...svg.matchAll(/<text[^>]*>([\s\S]*?)<\/text>/g)]),
  ].map(([, text = '']) => text.replaceAll(/<[^>]*>/g, ' ').trim());
/** How many dots and lines of that colour there are in each drawing. */
const marksOf = (id: string, colour: string): number[] =>
  drawingsOf(id).map((svg) => svg.split(`--figure-${colour},`).length - 1);

describe('a picture of', () => {
  it('nothing but zeros says so', () => {
    expect(textsOf('zeros')).toContain('rank 0');
    expect(textsOf('zeros')).toContain('0, or below 1e−18 of the largest');
    expect(textsOf('zero-bars').join(' ')).toContain('rank 0 of 10, all are 0');
  });

  it('a single input, or of equal ones, has a dot for every feature', () => {
    for (const id of ['single', 'alike']) {
      expect(textsOf(id)).toContain('0.weight');
      for (const marks of marksOf(id, 'c1')) expect(marks).toBeGreaterThan(0);
    }
    // Four panels that move, and one drawing of all four.
    expect(drawingsOf('single')).toHaveLength(4);
    expect(drawingsOf('alike')).toHaveLength(1);
    expect(textsOf('alike-kernel')).toContain('input x');
  });

  it('a line that is not in it says where the line is', () => {
    expect(textsOf('high').join(' ')).toMatch(
      /the line (is (above|below) the picture, from|leaves the picture, (up|down) to) −?\d/,
    );
  });

  it('elbows of which none is in sight says so', () => {
    expect(textsOf('nowhere').join(' ')).toContain('no elbow within this range at any step');
  });

  it('one tiny difference has an axis of that size', () => {
    const numbers = textsOf('close').filter((text) => /^−?[\d.]+e−\d+$/.test(text));
    expect(numbers.length).toBeGreaterThan(2);
    expect(textsOf('close')).not.toContain('1.0');
    expect(textsOf('close').join(' ')).toMatch(/mean −?\d.*; 0 is on the (left|right) of all/s);
  });

  it('step 0 on a logarithmic scale of an author leaves it out and says so; symlog shows it', () => {
    expect(ended.err).toMatch(
      /index\.md:\d+:\d+ {2}figure-warning {2}rows with numbers that are not above 0 are left out: a logarithmic scale has no place/,
    );
    expect(textsOf('log')).not.toContain('0');
    expect(textsOf('symlog').filter((text) => ['0', '1', '10'].includes(text))).toEqual(['0', '1', '10']);
  });

  it('any of these has no number that is none, and none of more than twelve characters', () => {
    const ids = [...html.matchAll(/<figure id="fig-([\w-]+)"/g)].map(([, id = '']) => id);
    expect(ids.length).toBe(10);
    for (const id of ids) {
      expect(drawingsOf(id), id).not.toEqual([]);
      expect(drawingsOf(id).flatMap(faultsOf), id).toEqual([]);
    }
  });
});
