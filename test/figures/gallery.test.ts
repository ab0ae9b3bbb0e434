/** Every picture, drawn by the real command from real results: what it says, how it is built, and how large it is. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiledAlike } from '../../src/figures/compiled-alike.js';
import { compileWhole } from '../../src/figures/compile-specification.js';
import type { Specification } from '../../src/figures/drawing.js';
import { vegaExpressions } from '../../src/figures/expressions/vega-expressions.js';
import { withPolylines } from '../../src/figures/polylines.js';
import { figureConfig } from '../../src/figures/theme.js';
import { withoutUnusedData } from '../../src/figures/unused-data.js';
import type { VegaSpecification } from '../../src/figures/vega-figure.js';
import { measureTextIn } from '../../src/figures/vega-world.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { block, page, reportFolder, waves } from '../report-folder.js';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

interface Expectation {
  readonly options: readonly string[];
  /** Text in the drawing: axis titles, panel headings, the key, marks. */
  readonly words: readonly string[];
  /** The generated text alternative. */
  readonly says: RegExp;
}

const gallery: Readonly<Record<string, Expectation>> = {
  data: {
    options: ['show: waves.data'],
    words: ['input x', 'target y'],
    says: /^20 training samples of waves, over the true function.*inputs from .* targets from /,
  },
  'test-data': { options: ['show: waves.test-data'], words: ['input x'], says: /30 test samples of waves/i },
  fit: {
    options: ['show: net.fit', 'where: { hidden: 4 }', 'at: [0, 20]'],
    words: [
      'input x',
      'step 0',
      'step 20',
      'training samples',
      'true function',
      'network',
      'elbows, as large as the kink',
    ],
    says: /outputs of net\[hidden=4\].*step 0: from .* 4 elbows.*step 20: from .* training error/,
  },
  'fit with elbows': {
    options: ['show: net.fit', 'facet: [hidden, step]', 'at: [0, 20]'],
    words: ['elbows', 'step 0', 'step 20'],
    says: /elbows/i,
  },
  'learning curves': {
    options: ['show: net.learning-curves', 'facet: [hidden]'],
    words: ['step', 'error', '4 hidden units', '5 hidden units', 'training', 'test'],
    says: /logarithmic/i,
  },
  'learning curves of several directives': {
    options: ['show: [net.learning-curves, slower.learning-curves]', 'where: { hidden: 4 }'],
    words: ['net', 'slower', 'training error (test error is solid)', 'step'],
    says: /curves of net and slower.*net, 4 hidden units: training error from .* to .*, test error from .*slower, .*: training error from /i,
  },
  'seed bands': {
    options: ['show: seeds.learning-curves'],
    words: [
      'training error',
      'test error',
      'lines: median of 5 seeds; bands: between their quartiles',
      '5 hidden units',
    ],
    says: /4 hidden units, 5 seeds: median training error from .* to .* \(quartiles .* and .*\), median test error .*5 hidden units, 5 seeds/,
  },
  elbows: { options: ['show: net.elbows', 'facet: [hidden]'], words: ['step', '4 hidden units'], says: /elbows/i },
  'parameters by step': {
    options: ['show: net.parameters-by-step', 'facet: [hidden]'],
    words: ['step', '4 hidden units', '0.weight', '0.bias', '2.weight', '2.bias', 'value'],
    says: /4 hidden units: 13 parameters, from .* at step 0 and from .* at step 20; \d\.(weight|bias)\[\d\] changes most, from .* to /,
  },
  'some parameters by step': {
    options: ['show: net.parameters-by-step', 'where: { hidden: 5 }', 'parameters: [0.weight, "2.weight[0,3]"]'],
    words: ['0.weight', '2.weight'],
    says: /: 6 parameters, from /,
  },
  predictions: {
    options: ['show: net.predictions', 'facet: [hidden]'],
    words: ['target', 'prediction', '5 hidden units', 'training samples', 'test samples', 'prediction equals target'],
    says: /4 hidden units, step 20: training error .* over 20 samples, farthest off by .*, test error .* over 30 samples/,
  },
  'predictions in training': {
    options: ['show: net.predictions', 'where: { hidden: 4 }', 'at: [0, 10, 20]'],
    words: ['step 0', 'step 10', 'step 20'],
    says: /4 hidden units, step 0: training error .*4 hidden units, step 10: training error /,
  },
  'parameter change': {
    options: ['show: net.parameter-change', 'facet: [hidden]'],
    words: ['at step 0', 'at step 20', 'unchanged', '0.weight', '0.bias', '2.weight', '2.bias', '4 hidden units'],
    says: /5 hidden units, step 20: 16 parameters; .* changes most, from .* to /,
  },
  'residual histogram': {
    options: ['show: net.residual-histogram', 'at: [0, 20]', 'bins: 8'],
    words: ['prediction − target', 'training samples', 'prediction equals target', 'step 0', '4 hidden units', 'mean'],
    says: /histograms of the residuals of net.*4 hidden units, step 20: 20 residuals from .*, mean .*, standard deviation /i,
  },
  'parameter histogram': {
    options: ['show: net.parameter-histogram', 'where: { hidden: 4 }'],
    words: ['value', 'parameters', 'step 0', 'step 20', 'deviation'],
    says: /step 0: 13 parameters from .*step 20: 13 parameters from /,
  },
  'parameter histogram by block': {
    options: ['show: net.parameter-histogram', 'where: { hidden: 5 }', 'facet: [parameter, step]'],
    words: ['0.weight', '0.bias', '2.weight', '2.bias', 'step 20'],
    says: /0\.weight, step 0: 5 parameters from /,
  },
  'singular value histogram': {
    options: ['show: spectrum.singular-value-histogram', 'facet: [hidden, step]'],
    words: ['singular value', 'singular values', 'tolerance of the rank', 'step 0', '5 hidden units', 'of 13', 'of 16'],
    says: /logarithmic axis.*4 hidden units, step 0: 13 singular values from .*, \d+ of them above /,
  },
  features: {
    options: ['show: grads.features', 'facet: [parameter, step]', 'where: { hidden: 4 }'],
    words: ['input x', '0.weight', '2.bias'],
    says: /gradient/i,
  },
  'many lines': {
    options: ['show: wide-grads.features', 'parameters: [2.weight]', 'at: [20]'],
    words: ['range of all', 'middle half of all', '40 of the lines', '1,600 features, 40 drawn', 'gradient'],
    says: /2\.weight at step 20: 1,600 features between .* Of more than 60 lines in a panel .* and 40 lines/,
  },
  'many lines beside few': {
    options: ['show: wide-grads.features', 'facet: [parameter, step]', 'slider: [step, unit]'],
    words: ['0.weight', '4.bias', '1,600 features, 40 drawn', 'range of all'],
    says: /0\.weight at step 0: 40 features .*2\.weight at step 20: 1,600 features/,
  },
  kernel: {
    options: ['show: grads.kernel', 'facet: [hidden, step]'],
    words: ['input x', 'input x′', '4 hidden units', 'step 0', 'k(x, x′), as a share of the panel’s largest', '90%'],
    says: /kernel of the gradient features of grads.* inputs, as a heat map\. 4 hidden units, step 0: from .* to .*of an input with itself/,
  },
  'one kernel': {
    options: ['show: grads.kernel', 'where: { hidden: 4 }', 'at: [20]'],
    words: ['k(x, x′), as a share of the largest, '],
    says: /heat map\. .*Step 20: from /i,
  },
  'singular values': {
    options: ['show: spectrum.singular-values', 'facet: [hidden]'],
    words: ['index', 'singular value', 'tolerance of the rank', 'step 0', 'step 20'],
    says: /logarithmic axis.*rank \d+/i,
  },
  'principal features': {
    options: ['show: spectrum.principal-features', 'where: { hidden: 4 }', 'components: 4'],
    words: ['component', '1', '4', 'input x', 'step 0', 'step 20', 'on the right its singular value'],
    says: /principal features of spectrum.*step 0: 4 principal features, the first singular values .*step 20: 4 principal/i,
  },
  'principal features by component': {
    options: ['show: spectrum.principal-features', 'where: { hidden: 4 }', 'components: 4', 'facet: component'],
    words: ['component 1', 'component 4', 'input x', 'training inputs', 'step 0', 'step 20'],
    says: /principal features/i,
  },
  'many principal features': {
    options: ['show: spectrum.principal-features', 'where: { hidden: 5 }', 'components: 14'],
    words: ['input x', 'principal feature', 'the first 3', 'the others'],
    says: /principal features/i,
  },
  'very many principal features': {
    options: ['show: wide-spectrum.principal-features', 'components: 70', 'at: [20]'],
    words: ['70 features, 40 drawn', 'the first 3', 'range of all'],
    says: /step 20: 70 principal features, the first singular values .*of more than 60 lines/i,
  },
  'own specification': {
    options: [
      'show: net',
      'columns: [hidden, step, test-error]',
      'vega-lite:',
      '  mark: line',
      '  encoding:',
      '    x: { field: step, type: quantitative, title: updates }',
      '    y: { field: test-error, type: quantitative }',
      '    color: { field: hidden, type: nominal }',
    ],
    words: ['updates', 'test-error'],
    says: /6 rows of hidden, step and test-error of net/i,
  },
};

const train = (id: string, network: string, ...more: readonly string[]): string =>
  block(
    `train #${id}`,
    'data: waves',
    `network: ${network}`,
    'optimizer: { kind: sgd, rate: 0.02 }',
    'batch: 10',
    'steps: 20',
    'checkpoints: { every: 10 }',
    ...more,
  );
const widths = 'network.hidden: [[4], [5]]';

const steps = [
  waves,
  train('net', '{ hidden: [4], elbows: uniform }', `sweep: { ${widths} }`),
  train('slower', '{ hidden: [4], elbows: uniform }', `sweep: { ${widths}, optimizer.rate: [0.01] }`),
  train('seeds', '{ hidden: [4] }', `sweep: { ${widths} }`, 'seed: { count: 5 }'),
  train('wide', '{ hidden: [40, 40] }'),
  block('features #grads', 'of: net', 'at: [0, 20]'),
  block('svd #spectrum', 'of: net', 'at: [0, 20]', 'on: { grid: 50 }'),
  block('features #wide-grads', 'of: wide', 'at: [0, 20]', 'on: { grid: 300 }'),
  block('svd #wide-spectrum', 'of: wide', 'at: [20]', 'rows: { grid: 80 }', 'on: { grid: 100 }'),
];

const idOf = (name: string): string => `fig-${name.replaceAll(' ', '-')}`;

let said = '';
const drawings = new Map<string, string>();
const specifications = new Map<string, string>();

beforeAll(() => {
  const figures = Object.entries(gallery).map(([name, { options }]) => block(`figure #${idOf(name)}`, ...options));
  const folder = reportFolder({ 'report/index.md': page(...steps, ...figures) });
  const built = spawnSync(process.execPath, [cli, 'build', 'report'], { cwd: folder, encoding: 'utf8' });
  said = built.stderr;
  expect(built.status, said).toBe(0);
  const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
  for (const name of Object.keys(gallery)) {
    const [, rest = ''] = html.split(`<figure id="${idOf(name)}"`);
    drawings.set(name, /<svg[\s\S]*?<\/svg>/.exec(rest)?.[0] ?? '');
  }
  for (const { kind, values } of directoryStore(join(folder, '.colophon'), () => undefined).records()) {
    if (kind === 'drawing') specifications.set(values['svg'] as string, values['specification'] as string);
  }
}, 60_000);

it('nothing in the gallery gives a warning', () => {
  expect(said).not.toContain('warning');
});

measureTextIn(vega);

/** What Vega itself would write into a page. */
async function vegasOwn(specification: VegaSpecification, expr?: object): Promise<string> {
  const runtime = vega.parse(specification, {}, { ast: true });
  return new vega.View(runtime, { renderer: 'none', ...(expr && { expr }) }).toSVG();
}

/** Its shapes and texts in their order, without what groups them and what is not seen. */
function shapesOf(svg: string): string[] {
  const parts = [...svg.matchAll(/<(path|line|rect|text|circle)\b([^>]*)>([^<]*)/g)];
  return parts.flatMap(([, tag, written = '', text]) => {
    const attributes = [...written.matchAll(/([\w-]+)="([^"]*)"/g)].filter(
      ([, name = '']) => !/^(class|role|aria)/.test(name),
    );
    const said = attributes.map(([, name, value]) => `${name}=${value}`).sort();
    const isSeen = said.some((each) => /^(fill|stroke)=/.test(each)) && !said.includes('display=none');
    return isSeen ? [`${tag} ${said.filter((each) => each !== 'transform=translate(0,0)').join(' ')} ${text}`] : [];
  });
}

describe.each(Object.entries(gallery))('%s', (name, { words, says }) => {
  const svg = (): string => drawings.get(name) ?? '';
  const texts = (): string[] => [...svg().matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

  it('names its axes, panels and series', () => {
    const shown = texts().join('\n');
    for (const word of words) expect(shown).toContain(word);
  });

  it('has a text alternative that says what the data show', () => {
    expect(svg()).toMatch(/role="img"/);
    expect(/aria-label="([^"]*)"/.exec(svg())?.[1]).toMatch(says);
  });

  it('is what Vega makes of it by its own generated code and by its interpreter, each line in a group of its own', async () => {
    const specification = JSON.parse(specifications.get(svg()) ?? '') as TopLevelSpec;
    const compiled = compile(specification, { config: figureConfig as never }).spec as unknown as VegaSpecification;
    const [byCode, interpreted, ours] = [
      await vegasOwn(compiled),
      await vegasOwn(compiled, expressionInterpreter),
      await vegasOwn(withPolylines(withoutUnusedData(compiled)), vegaExpressions),
    ].map(shapesOf);
    expect(byCode?.length).toBeGreaterThan(20);
    expect(interpreted).toEqual(byCode);
    expect(ours).toEqual(byCode);
  });

  it('is compiled from another of its kind, with other numbers and rows, as it is alone', () => {
    const whole = JSON.parse(specifications.get(svg()) ?? '') as Specification;
    const other = JSON.parse(JSON.stringify(whole), (key, value: unknown) => {
      if (key === 'values' && Array.isArray(value) && typeof value[0] === 'object') return value.slice(0, 3) as unknown;
      const isEnds = key === 'domain' && Array.isArray(value) && value.length < 4 && typeof value[0] === 'number';
      return isEnds ? (value as number[]).map((end) => end * 1.5) : value;
    }) as Specification;
    let compilings = 0;
    const compileKind = compiledAlike((specification) => {
      compilings += 1;
      return compileWhole(specification);
    });
    for (const specification of [whole, other, whole])
      expect(JSON.stringify(compileKind(specification))).toBe(JSON.stringify(compileWhole(specification)));
    // An author's own specification is compiled each time.
    expect(compilings).toBe('usermeta' in whole ? 1 : 3);
  });

  it('takes its colours from the page, says nothing that only a script could, and stays under 60 KB', () => {
    expect(svg()).toContain('var(--');
    expect(svg()).not.toMatch(/(?<!, )#[0-9a-f]{6}\b|NaN|undefined|<script|<a\b|<image|\bon\w+=|href="(?!#)/);
    expect(svg().length).toBeLessThan(60_000);
    expect(svg().length).toBeGreaterThan(1000);
  });
});

it('a learning curve has powers of ten on its axis', () => {
  const labels = [...(drawings.get('learning curves') ?? '').matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(labels.filter((label) => /^(10|0\.\d+|1|1e|10[⁰¹²³⁻])/.test(label ?? '')).length).toBeGreaterThan(0);
});

it('the singular values mark the rank that the step found', () => {
  expect(drawings.get('singular values')).toMatch(/>rank \d+</);
});
