/** The pictures of classes, built by the real pipeline: what they say, and that nothing of them is silly at the extremes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { block, page, reportFolder } from '../report-folder.js';
import { colophon } from '../colophon.js';

const names = ['setosa', 'a name that is far too long for any cell', '<b>&'];
const flowers = `a,b,kind\n${Array.from({ length: 60 }, (_, i) => `${Math.sin(i) / 3 + (i % 3)},${Math.cos(i)},${names[i % 3]}`).join('\n')}\n`;
const many = `a,kind\n${Array.from({ length: 60 }, (_, i) => `${i},k${i % 30}`).join('\n')}\n`;
const net = (id: string, data: string, ...more: string[]): string =>
  block(
    `train #${id}`,
    `data: ${data}`,
    'network: { hidden: [8] }',
    'loss: cross-entropy',
    'steps: 200',
    'checkpoints: { every: 50 }',
    ...more,
  );

it('confusion and accuracy', () => {
  const text = page(
    block(
      'dataset #flowers',
      'function: { csv: { file: f.csv, inputs: [a, b], target: kind } }',
      'test: { fraction: 0.25 }',
    ),
    block('dataset #many', 'function: { csv: { file: m.csv, inputs: a, target: kind } }'),
    net('net', 'flowers', 'optimizer: { kind: sgd, rate: 0.1 }', 'sweep: { seed: [0, 1] }'),
    net('wild', 'flowers', 'optimizer: { kind: sgd, rate: 1e9, momentum: 0.9, weight-decay: 1000 }'),
    net('crowd', 'many', 'optimizer: { kind: adam }'),
    block('dataset #moons', 'function: moons', 'samples: 40', 'test: none'),
    net('odds', 'moons', 'optimizer: { kind: adam, rate: 0.05 }').replace('cross-entropy', 'logistic'),
    net('both', 'moons', 'optimizer: { kind: adam, rate: 0.05 }'),
    block('figure #fig-odds', 'show: odds.field', 'slider: step'),
    block('figure #fig-both', 'show: both.field', 'at: [0, 200]'),
    block('figure #fig-three', 'show: net.field', 'where: { seed: 0 }', 'slider: step', 'at: [0, 200]'),
    block('figure #fig-still', 'show: net.field', 'where: { seed: 0 }'),
    'Right: `= 40 * odds.train-accuracy .0f`, `= 40 * both.train-accuracy .0f`, `= 45 * net[seed=0].train-accuracy .0f`.',
    block('figure #fig-confusion', 'show: net.confusion', 'at: [0, 200]'),
    block('figure #fig-accuracy', 'show: net.accuracy'),
    block('figure #fig-curves', 'show: net.learning-curves'),
    block('figure #fig-wild', 'show: wild.confusion'),
    block('figure #fig-crowd', 'show: [crowd.confusion]'),
    'The end: `= net[seed=0].test-accuracy .2f`, `= net[seed=0,true=0,predicted=0].test-confusion`.',
  );
  const folder = reportFolder({ 'report/index.md': text, 'report/f.csv': flowers, 'report/m.csv': many });
  const built = colophon(folder, 'build', 'report');
  expect(built.code, built.err).toBe(0);
  expect(built.err).not.toContain('warning');
  const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
  const figure = (id: string): string => (html.split(`<figure id="${id}"`)[1] ?? '').split('</figure>')[0] ?? '';
  const drawing = (id: string): string => /<svg[\s\S]*?<\/svg>/.exec(figure(id))?.[0] ?? '';
  const confusion = drawing('fig-confusion');
  for (const word of ['true class', 'predicted class', 'setosa', '&lt;b&gt;&amp;', 'step 0', 'step 200'])
    expect(confusion).toContain(word);
  // Two runs at two steps, three classes: so many cells.
  expect(figure('fig-confusion')).toMatch(/step 200: \d+ of 15 samples are taken for what they are/);
  expect(drawing('fig-accuracy')).toContain('accuracy');
  expect(figure('fig-accuracy')).toMatch(/test-accuracy/);
  expect(drawing('fig-curves')).toContain('loss');
  expect(drawing('fig-curves')).not.toContain('mean squared error');
  expect(drawing('fig-wild')).toMatch(/diverged/);
  // Of two classes their probabilities over the plane; whoever is on the right side of the boundary is counted as right.
  const counted = [...(/Right: [\s\S]*?<\/p>/.exec(html)?.[0] ?? '').matchAll(/>(\d+)</g)].map(([, told]) => told);
  expect(counted).toHaveLength(3);
  // Of three each has its colour, and what is the most probable is counted as right where it is.
  for (const word of ['setosa', '&lt;b&gt;&amp;', 'probability 33% to 60%', '90% to 100%', 'another class becomes'])
    expect(drawing('fig-still')).toContain(word);
  for (const id of ['fig-three', 'fig-still'])
    expect(figure(id)).toContain(`${counted[2]} of 45 training samples on the right side of the boundary`);
  for (const [index, id] of ['fig-odds', 'fig-both'].entries()) {
    expect(figure(id)).toContain('where both classes are as likely');
    expect(figure(id)).toContain(`${counted[index]} of 40 training samples on the right side of the boundary`);
  }
  // Of thirty classes no counts would fit, and every few a name.
  expect(drawing('fig-crowd')).toContain('>k10<');
  expect(html).not.toMatch(/NaN|undefined/);
  expect(html).toMatch(/The end: [\s\S]{0,400}?\b[01]\.\d\d\b/);
}, 120_000);
