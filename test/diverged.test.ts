/** Runs that diverge, through the real command: no number, table or claim says of them what is not so. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { colophon } from './colophon.js';
import { block, page, reportFolder, waves } from './report-folder.js';

/** At rate 50 it diverges at step 11. */
const training = (id: string, ...more: readonly string[]): string =>
  block(
    `train #${id}`,
    'data: waves',
    'network: { hidden: [4] }',
    'optimizer: { kind: sgd, rate: 50 }',
    'steps: 2000',
    ...more,
  );
const bad = training('bad', 'checkpoints: { every: 100, and: [2] }');
const rates = training('rates', 'checkpoints: { every: 2 }', 'sweep: { optimizer.rate: [0.05, 50] }');
/** Of whose seeds 2, 4 and 5 diverge. */
const many = block(
  'train #many',
  'data: waves',
  'network: { hidden: [40], activation: leaky-relu }',
  'optimizer: { kind: sgd, rate: 0.7 }',
  'steps: 200',
  'checkpoints: { every: 2 }',
  'seed: { count: 8 }',
);
const spectrum = block('svd #spectrum', 'of: bad', 'at: [0, 2, last]', 'on: { grid: 10 }');

interface Built {
  readonly folder: string;
  readonly code: number | null;
  readonly err: string;
  /** The page without its markup. */
  readonly text: () => string;
  readonly html: () => string;
}

function build(...blocks: readonly string[]): Built {
  const folder = reportFolder({ 'report/index.md': page(waves, ...blocks) });
  const { code, err } = colophon(folder, 'build', 'report');
  const html = (): string => readFileSync(join(folder, 'site/index.html'), 'utf8');
  return { folder, code, err, html, text: () => html().replace(/<[^>]+>/g, '') };
}

describe('numbers in the text', () => {
  it('of a run that diverged say where, but for a step before that', () => {
    const { text, err } = build(
      bad,
      spectrum,
      'A `= bad.test-error .3f`, b `= bad[step=2].test-error .3g`, c `= bad[step=100].test-error .3f`, d `= bad.test-error / bad[step=0].test-error .1x`, e `= bad.parameter-count d`, f `= bad.diverged-at d`, g `= max(bad.test-error, bad[step=0].test-error) .3f`, h `= spectrum.rank d`, i `= spectrum[step=2].rank d`, j `= diverged(bad.test-error) d`, l `= bad[out=0].2.bias .2f`.',
    );
    expect(err).toContain('svd spectrum  diverged at step 11');
    const said = text();
    const gone = 'diverged at step 11';
    expect(said).toMatch(
      new RegExp(
        `A ${gone}, b \\d\\.\\d+×10\\S+, c ${gone}, d ${gone}, e 13, f 11, g ${gone}, h ${gone}, i \\d, j 1, l ${gone}\\.`,
      ),
    );
    expect(said).not.toContain('– ± –');
  });

  it('over seeds say how many diverged; of the others where the author writes so, and then how many they are', () => {
    const { text } = build(
      many,
      'A `= many.test-error .3f`, b `= many.test-error .3f median`, c `= max(many.test-error) .3f`, d `= converged(many.test-error) .3f`, e `= converged(many.test-error) .3f median`, f `= mean(converged(many.test-error)) .3f ms`, g `= diverged(many.test-error) d`, h `= many.parameter-count d`, i `= converged(many[seed=2].test-error) .3f`, j `= converged(many[seed=0].test-error) .3f`.',
    );
    expect(text()).toMatch(
      /A 3 of 8 diverged, b 3 of 8 diverged, c 3 of 8 diverged, d 0\.\d{3} ± 0\.\d{3} \(5 of 8\), e 0\.\d{3} \(0\.\d{3}–0\.\d{3}\) \(5 of 8\), f 0\.\d{3}\u202fms \(5 of 8\), g 3, h 121, i diverged at step \d+, j 0\.\d{3}\./,
    );
  });

  it('say so when all diverged', () => {
    const { text } = build(
      training('gone', 'seed: { count: 2 }'),
      'A `= gone.test-error .3f`, b `= converged(gone.test-error) .3f`.',
    );
    expect(text()).toContain('A all 2 diverged, b all 2 diverged.');
  });
});

describe('claims', () => {
  it('that need what a diverged run does not have are false, and say why; not is no way around', () => {
    const claim = (that: string): string => block('claim', `that: ${that}`, 'sentence: So it is.');
    const { code, err } = build(
      bad,
      many,
      claim('bad.test-error < 1'),
      claim('not bad.test-error < 1'),
      claim('bad.test-error > 1 or bad.test-error <= 1'),
      claim('many.test-error < 1000'),
      // These hold.
      claim('bad.test-error < 1 or bad[step=0].test-error < 100'),
      claim('converged(many.test-error) < 100 and diverged(many.test-error) == 3'),
      claim('max(converged(many.test-error)) < 100'),
      claim('bad[step=2].test-error > 1'),
    );
    expect(code).toBe(1);
    expect(err).toContain(
      'bad.test-error < 1 (no number < 1: bad diverged at step 11); make the training converge, or claim something of a step before it, as in [step=0]',
    );
    expect(err).toContain('not bad.test-error < 1 (no number < 1: bad diverged at step 11)');
    expect(err).toContain('no number > 1; no number <= 1: bad diverged at step 11)');
    expect(err).toMatch(
      /many\.test-error < 1000 \(.*: many\[seed=2\] diverged at step \d+, many\[seed=4\] diverged at step \d+ and many\[seed=5\] diverged at step \d+\); make the training converge, or leave those runs out with converged\(\.\.\.\)/,
    );
    expect(err).toContain('4 problems; nothing was published');
  });
});

describe('tables', () => {
  const cells = (html: string, id: string): string[] => {
    const table =
      new RegExp(`id="${id}".*?</table></section>(?:<p class="table-note">.*?</p>)?`, 's').exec(html)?.[0] ?? '';
    return Array.from(table.matchAll(/<(?:td[^>]*|p class="table-note")>(.*?)<\/(?:td|p)>/g), ([, cell = '']) =>
      cell.replace(/<[^>]+>/g, ''),
    );
  };

  it('mark the cells of a run that diverged, and say below what the mark means', () => {
    const table = block(
      'table #tbl-rates',
      'rows: rates',
      'columns: [test-error, { value: test-error, step: 2 }, diverged-at]',
    );
    const { html, folder } = build(rates, table);
    const [first = [], second = [], note] = [0, 4, 8].map((at) => cells(html(), 'tbl-rates').slice(at, at + 4));
    expect(first).toEqual(['0.05', expect.stringMatching(/^0\.\d+$/), expect.stringMatching(/^0\.\d+$/), 'no number']);
    expect(second).toEqual(['50', 'diverged at step 11†', expect.stringMatching(/×10/), '11']);
    expect(note).toEqual(['† rates[rate=50] diverged at step 11. A run that diverged has no final value.']);
    const csv = readFileSync(join(folder, 'site/figures/tbl-rates.csv'), 'utf8');
    expect(csv).toMatch(/^50,diverged at step 11,.*,11\r$/m);
  });

  it('over seeds say how many diverged, or with an option print the numbers of the others', () => {
    const table = (id: string, ...more: readonly string[]): string =>
      block(`table #${id}`, 'rows: many', 'columns: [test-error]', ...more);
    const { html } = build(
      many,
      table('tbl-mean', 'seeds: mean'),
      table('tbl-others', 'seeds: median', 'diverged: leave-out'),
    );
    const ends = [2, 4, 5].map((seed) => `many\\[seed=${seed}\\] diverged at step \\d+`);
    const runs = `${ends[0]}, ${ends[1]} and ${ends[2]}`;
    expect(cells(html(), 'tbl-mean')).toEqual([
      '8',
      '3 of 8 diverged†',
      expect.stringMatching(new RegExp(`^† ${runs}\\. A run that diverged has no final value\\.$`)),
    ]);
    expect(cells(html(), 'tbl-others')).toEqual([
      '8',
      expect.stringMatching(/^0\.\d+ \(0\.\d+–0\.\d+\) \(5 of 8\)†$/),
      expect.stringMatching(new RegExp(`^† ${runs}\\. .*; where there is a number, it is of the other runs\\.$`)),
    ]);
  });
});

describe('figures', () => {
  const pictures = {
    rates: [
      ...['fit', 'learning-curves', 'elbows', 'predictions', 'residual-histogram'],
      ...['parameters-by-step', 'parameter-change', 'parameter-histogram'],
    ],
    grads: ['features', 'kernel'],
    spec: ['singular-values', 'singular-value-histogram', 'principal-features'],
  };
  const derived = (of: string): string[] => [
    block('features #grads', `of: ${of}`, 'at: [0, 2, last]', 'on: { grid: 10 }'),
    block('svd #spec', `of: ${of}`, 'at: [0, 2, last]', 'on: { grid: 10 }'),
  ];
  const figures = (training: string, ...more: readonly string[]): string[] =>
    Object.entries(pictures).flatMap(([id, names]) =>
      names.map((name) =>
        block(`figure #fig-${name}`, `show: ${id === 'rates' ? training : id}.${name}`, 'wide: true', ...more),
      ),
    );
  const all = Object.values(pictures).flat();
  const svgOf = (folder: string, name: string): string =>
    readFileSync(join(folder, `site/figures/fig-${name}.svg`), 'utf8');
  /** The words that a reader of the drawing sees. */
  const words = (svg: string): string =>
    Array.from(svg.matchAll(/<text[^>]*>(.*?)<\/text>/g), ([, text = '']) => text.replace(/<[^>]+>/g, ' ')).join('|');
  const alternative = (svg: string): string => / aria-label="([^"]*)"/.exec(svg)?.[1] ?? '';

  it.each([
    ['one run', bad, 'bad', ''],
    ['one of two', rates, 'rates', 'rate 50'],
  ])('say where a run ended, in the drawing and in its description: %s', (_, written, id, name) => {
    const { folder, code, err } = build(written, ...derived(id), ...figures(id));
    expect(code, err).toBe(0);
    for (const picture of all) {
      const svg = svgOf(folder, picture);
      expect(words(svg), picture).toContain('diverged at step 11');
      expect(alternative(svg), picture).toMatch(new RegExp(`\\. ${name} ?diverged at step 11\\.$`, 'i'));
      expect(svg, picture).not.toMatch(/NaN|Infinity/);
    }
  });

  it('of a run that diverged before its first checkpoint say that', () => {
    const csv = 'x,y\n0,1e39\n0.5,-1e39\n1,1e39\n';
    const text = page(
      block('dataset #huge', 'function: { csv: { file: huge.csv, inputs: [x], target: y } }'),
      bad.replace('waves', 'huge').replace('rate: 50', 'rate: 0.1'),
      ...derived('bad'),
      ...figures('bad'),
      block('figure #fig-moving', 'show: bad.fit', 'slider: step'),
      'A `= bad.train-error .3f`, b `= spec.rank d`.',
    );
    const folder = reportFolder({ 'report/index.md': text, 'report/huge.csv': csv });
    const { code, err } = colophon(folder, 'build', 'report', '--device', 'wasm');
    expect(code, err).toBe(0);
    for (const picture of all) expect(words(svgOf(folder, picture)), picture).toContain('diverged at step 0');
    const html = readFileSync(join(folder, 'site/index.html'), 'utf8').replace(/<[^>]+>/g, '');
    expect(html).toContain('A diverged at step 0, b diverged at step 0.');
  });

  it('over seeds say how many diverged, and draw the others alone only where the author writes so', () => {
    const curves = (id: string, ...more: readonly string[]): string =>
      block(`figure #fig-${id}`, 'show: many.learning-curves', ...more);
    const { folder } = build(
      many,
      curves('all'),
      curves('others', 'diverged: leave-out'),
      curves('moving', 'slider: step'),
    );
    const [whole, others] = ['all', 'others'].map((name) => svgOf(folder, name));
    expect(words(whole ?? '')).toContain('3 of 8 seeds diverged');
    expect(words(whole ?? '')).toContain('median of 8 seeds; bands: quartiles; diverged counts as infinite|');
    expect(alternative(whole ?? '')).toContain('beyond all bounds');
    expect(words(others ?? '')).toContain('3 of 8 seeds diverged, and are left out');
    expect(words(others ?? '')).toContain('lines: median of the other seeds');
    expect(alternative(others ?? '')).not.toContain('beyond all bounds');
  });

  it('with a specification of their own have a column for it', () => {
    const { folder } = build(
      rates,
      block(
        'figure #fig-own',
        'show: rates',
        'columns: [step, rate, test-error, diverged-at]',
        'vega-lite: { mark: point, encoding: { x: { field: step, type: quantitative }, y: { field: diverged-at, type: quantitative } } }',
      ),
    );
    const rows = readFileSync(join(folder, 'site/figures/fig-own.csv'), 'utf8').trim().split('\r\n').slice(1);
    const ends = new Set(rows.map((row) => row.split(',')).map(([, rate, , end]) => `${rate} ${end}`));
    expect(ends).toEqual(new Set(['0.05 ', '50 11']));
    expect(alternative(svgOf(folder, 'own'))).toContain('Rate 50 diverged at step 11.');
  });
});

describe('results', () => {
  it('say where a run diverged as text, as JSON and beside .npy files', () => {
    const { folder } = build(rates, block('svd #spec', 'of: rates', 'on: { grid: 5 }'));
    for (const id of ['rates[rate=50]', 'spec[rate=50]']) {
      const text = colophon(folder, 'results', id).out;
      expect(text).toContain('  diverged at step 11, and has no final value\n');
      expect(text).toMatch(/ {2}step {2}\d+ {2}at step 10 10\n/);
      expect(JSON.parse(colophon(folder, 'results', id, '--json').out)).toMatchObject([{ name: id, divergedAt: 11 }]);
      const paths = colophon(folder, 'results', id, '--npy', join(folder, 'out')).out.trim().split('\n');
      expect(paths.every((path) => existsSync(path))).toBe(true);
      const about = paths.find((path) => path.endsWith(`${id}/about.json`)) ?? '';
      expect(JSON.parse(readFileSync(about, 'utf8'))).toMatchObject({ name: id, divergedAt: 11 });
    }
    const sound = colophon(folder, 'results', 'rates[rate=0.05]', '--json').out;
    expect(JSON.parse(sound)).toMatchObject([{ divergedAt: null }]);
  });
});
