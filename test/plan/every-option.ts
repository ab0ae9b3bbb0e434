/** Every option of every kind, with a value to change it to, in a report in which all of them are at work. */
import { readFileSync } from 'node:fs';
import { block, page } from '../report-folder.js';

export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
type Body = { readonly [option: string]: Value };

export interface Written {
  readonly kind: string;
  readonly id: string;
  readonly body: Body;
}

const sgd = { kind: 'sgd', rate: 0.02, momentum: 0.5, 'weight-decay': 0.001 };
const adam = { kind: 'adam', rate: 0.01, betas: [0.8, 0.9], epsilon: 1e-7, 'weight-decay': 0.001 };
const rmsprop = { kind: 'rmsprop', alpha: 0.9, epsilon: 1e-7, momentum: 0.5, centered: false, 'weight-decay': 0.001 };
const specification = { mark: 'point', encoding: { x: { field: 'step', type: 'quantitative' } } };

/** A small report in which something depends on every step. */
export const written: readonly Written[] = [
  {
    kind: 'dataset',
    id: 'sines',
    body: {
      function: { sine: { frequency: 20, amplitude: 1, phase: 0 } },
      samples: 20,
      inputs: 'uniform',
      domain: [0, 1],
      noise: 0.1,
      test: { grid: 30, 'with-training-inputs': false },
      seed: 1,
    },
  },
  { kind: 'dataset', id: 'steps', body: { function: { step: { at: 0.5 } }, samples: 20 } },
  {
    kind: 'dataset',
    id: 'table',
    body: { function: { csv: { file: 'a.csv', inputs: ['x'], target: 'y' } }, test: { fraction: 0.2 }, seed: 1 },
  },
  {
    kind: 'dataset',
    id: 'formula',
    body: {
      function: { expression: 'x1 * x2' },
      samples: 12,
      features: 2,
      inputs: 'normal',
      labels: { noise: 0.5, permuted: true, seed: 1 },
      standardize: 'inputs',
      test: { samples: 9 },
    },
  },
  { kind: 'dataset', id: 'ring', body: { function: { circle: 'angle' }, samples: 12 } },
  { kind: 'dataset', id: 'rings', body: { function: { circles: { factor: 0.5 } }, samples: 12 } },
  { kind: 'dataset', id: 'arms', body: { function: { spirals: { turns: 1, arms: 2 } }, samples: 12 } },
  {
    kind: 'dataset',
    id: 'taught',
    body: { function: { teacher: { hidden: [2], activation: 'tanh', inputs: 2, seed: 1 } }, samples: 12 },
  },
  {
    kind: 'dataset',
    id: 'words',
    body: {
      function: { csv: { file: 'e.csv', inputs: ['y'], target: 'x', classes: true } },
      test: { column: 'z', value: '0' },
    },
  },
  { kind: 'dataset', id: 'two-files', body: { function: { csv: { file: 'e.csv' } }, test: { file: 'b.csv' } } },
  {
    kind: 'dataset',
    id: 'arrays',
    body: { function: { arrays: { file: 'a.npz', inputs: 'x', target: 'y' } }, test: { fraction: 0.5 } },
  },
  ...['formula', 'ring', 'rings', 'arms', 'taught', 'words', 'two-files', 'arrays'].map((data) => ({
    ...{ kind: 'train', id: `on-${data}` },
    body: { data, network: { hidden: [2] }, optimizer: { kind: 'sgd', rate: 0.1 }, steps: 5 },
  })),
  {
    kind: 'dataset',
    id: 'grades',
    body: { function: { csv: { file: 'g.csv', inputs: ['x'], target: 'y' } } },
  },
  {
    kind: 'train',
    id: 'told',
    body: {
      data: 'grades',
      network: { hidden: [4] },
      loss: 'cross-entropy',
      optimizer: { kind: 'sgd', rate: 0.1 },
      steps: 20,
    },
  },
  {
    kind: 'train',
    id: 'descent',
    body: {
      data: 'sines',
      network: { hidden: [4], activation: 'relu', elbows: 'uniform' },
      parameters: 'all',
      optimizer: sgd,
      batch: { size: 10, 'with-replacement': false },
      steps: 20,
      checkpoints: { every: 10, and: [3] },
      seed: 1,
    },
  },
  {
    kind: 'train',
    id: 'scheduled',
    body: {
      data: 'steps',
      network: { hidden: [2], activation: 'sine', initial: { weight: 2, bias: 0.1 } },
      optimizer: { ...rmsprop, rate: { schedule: 'warm-up', from: 0.001, to: 0.01, steps: 10 } },
      steps: 20,
    },
  },
  {
    kind: 'train',
    id: 'falling',
    body: {
      data: 'steps',
      network: { hidden: [2], parametrization: 'ntk' },
      'output-scale': 2,
      centered: false,
      optimizer: { ...sgd, nesterov: true, rate: { schedule: 'exponential', from: 0.1, factor: 0.5, every: 10 } },
      steps: 20,
    },
  },
  {
    kind: 'train',
    id: 'waving',
    body: {
      data: 'steps',
      network: { hidden: [2] },
      optimizer: { ...adam, kind: 'adamw', rate: { schedule: 'cosine', from: 0.1, to: 0.01, period: 10 } },
      steps: 20,
    },
  },
  {
    kind: 'train',
    id: 'stepping',
    body: {
      data: 'steps',
      network: { hidden: [2] },
      optimizer: { kind: 'sgd', rate: { schedule: 'piecewise', rates: [0.1, 0.05], at: [10] } },
      steps: 20,
    },
  },
  { kind: 'train', id: 'adaptive', body: { data: 'steps', network: { hidden: [4] }, optimizer: adam, steps: 20 } },
  {
    kind: 'train',
    id: 'plain',
    body: { data: 'steps', network: { hidden: [4] }, optimizer: { kind: 'sgd', rate: 0.1 }, steps: 20 },
  },
  {
    kind: 'train',
    id: 'solved',
    body: {
      data: 'table',
      network: { hidden: [4] },
      parameters: 'output',
      optimizer: { kind: 'ridge', penalty: 0.01 },
    },
  },
  {
    kind: 'features',
    id: 'gradients',
    body: { of: 'descent', at: [0, 20], parameters: ['0.weight'], on: { grid: 11, domain: [0, 1] }, kernel: true },
  },
  {
    kind: 'svd',
    id: 'spectrum',
    body: {
      of: 'descent',
      at: [0, 20],
      parameters: 'all',
      rows: { grid: 11, domain: [0, 1] },
      on: { grid: 12, domain: [0, 1] },
      precision: 'float32',
      penalties: [0.01],
      method: 'direct',
    },
  },
  {
    kind: 'kernel',
    id: 'products',
    body: {
      of: 'descent',
      at: [0, 20],
      parameters: 'all',
      on: { grid: 11, domain: [0, 1] },
      normalize: 'none',
      layers: true,
      compare: 0,
      against: 'plain',
    },
  },
  {
    kind: 'linearize',
    id: 'linear',
    body: {
      of: 'plain',
      at: 0,
      steps: [20],
      on: { grid: 11, domain: [0, 1] },
      ridge: [0.1],
      threshold: 0.2,
    },
  },
  { kind: 'svd', id: 'plain-spectrum', body: { of: 'plain', at: [0, 20], on: 'train' } },
  { kind: 'project', id: 'along', body: { onto: 'plain-spectrum', step: 0, of: 'plain', components: 3 } },
  { kind: 'curvature', id: 'sharp', body: { of: 'descent', at: [0, 20], eigenvalues: 2 } },
  { kind: 'spectral', id: 'frequencies', body: { of: 'descent', at: [0, 20], points: 32 } },
  { kind: 'elbows', id: 'bends', body: { of: 'descent', at: [0, 20] } },
  {
    kind: 'limit-kernel',
    id: 'wide',
    body: { of: 'descent', on: { grid: 5, domain: [0, 1] }, 'weight-variance': 2, 'bias-variance': 1 },
  },
  { kind: 'svd', id: 'adaptive-spectrum', body: { of: 'adaptive', on: 'train' } },
  { kind: 'features', id: 'solved-gradients', body: { of: 'solved' } },
  { kind: 'features', id: 'told-gradients', body: { of: 'told', output: 'fair', on: 'train' } },
  { kind: 'svd', id: 'told-spectrum', body: { of: 'told', output: 'fair', on: 'train' } },
  { kind: 'kernel', id: 'told-kernel', body: { of: 'told', output: 'fair', on: 'train' } },
  {
    kind: 'figure',
    id: 'fig-fit',
    body: {
      show: 'descent.fit',
      facet: ['step'],
      at: [0, 20],
      caption: 'A fit.',
      alt: 'A curve',
      width: 200,
      height: 150,
      wide: false,
    },
  },
  { kind: 'figure', id: 'fig-gradients', body: { show: 'gradients.features', parameters: ['0.weight'] } },
  { kind: 'figure', id: 'fig-components', body: { show: 'spectrum.principal-features', components: 3 } },
  { kind: 'figure', id: 'fig-moved', body: { show: 'descent.linearisation', move: { unit: 1, by: 0.1 } } },
  { kind: 'figure', id: 'fig-slice', body: { show: 'products.slice', slice: 0.4 } },
  { kind: 'figure', id: 'fig-images', body: { show: 'rings.images', shape: [1, 2] } },
  { kind: 'figure', id: 'fig-curves', body: { show: 'descent.learning-curves' } },
  { kind: 'figure', id: 'fig-bars', body: { show: 'descent.residual-histogram', bins: 10, slider: 'step' } },
  {
    kind: 'figure',
    id: 'fig-labelled',
    body: {
      show: [{ of: 'descent.learning-curves', label: 'descent' }],
      ...{ x: { min: 1, max: 20, scale: 'log' }, y: { min: 0.1, max: 3, scale: 'linear' } },
    },
  },
  { kind: 'figure', id: 'fig-parameters', body: { show: 'descent.parameters-by-step' } },
  { kind: 'figure', id: 'fig-errors', body: { show: 'ways.errors' } },
  { kind: 'figure', id: 'fig-own', body: { show: 'descent', columns: ['step'], 'vega-lite': specification } },
  {
    kind: 'table',
    id: 'tbl-end',
    body: {
      rows: [{ of: 'descent', label: 'descent' }],
      columns: [{ value: 'test-error', label: 'error', step: 20, format: '.3f' }],
      seeds: 'each',
      caption: 'The end.',
    },
  },
  {
    kind: 'results',
    id: 'logged',
    body: {
      from: 'd.csv',
      arrays: { loss: 'x', accuracy: 'y' },
      axes: { loss: ['epoch'] },
      by: [],
      source: 'Someone, elsewhere',
    },
  },
  { kind: 'figure', id: 'fig-logged', body: { show: 'logged.learning-curves', columns: ['loss'] } },
  {
    kind: 'program',
    id: 'own',
    body: {
      run: ['node', 'p.mjs'],
      files: ['p.mjs'],
      environment: [],
      inputs: {},
      with: { repeats: 3 },
      outputs: { mean: { row: 0 } },
      seed: 1,
    },
  },
  {
    kind: 'train',
    id: 'ways',
    body: {
      ...{ data: 'sines', network: { hidden: [2] }, optimizer: { kind: 'sgd', rate: 0.1 }, steps: 5 },
      sweep: { 'network.activation': ['relu', 'tanh'], 'optimizer.rate': [0.1, 0.2] },
    },
  },
  { kind: 'dataset', id: 'alone', body: { function: { step: { at: 0.5 } }, samples: 21 } },
  {
    kind: 'train',
    id: 'drawn',
    body: {
      ...{ data: 'alone', network: { hidden: [2] }, optimizer: { kind: 'sgd', rate: 0.1 }, steps: 5 },
      sweep: { seed: [1, 2] },
    },
  },
  { kind: 'table', id: 'tbl-drawn', body: { rows: 'drawn', columns: ['train-error'] } },
  {
    kind: 'table',
    id: 'tbl-spectrum',
    body: { rows: 'spectrum', columns: [{ value: 'singular-values', component: 1 }] },
  },
];

type OptionPath = readonly (string | number)[];

/** [directive, option, its new value]. */
export const changes: readonly (readonly [id: string, option: OptionPath, value: Value])[] = [
  ['sines', ['function'], 'piecewise-linear'],
  ['sines', ['function', 'sine'], { frequency: 21 }],
  ['sines', ['function', 'sine', 'frequency'], 21],
  ['sines', ['function', 'sine', 'amplitude'], 2],
  ['sines', ['function', 'sine', 'phase'], 1],
  ['sines', ['samples'], 21],
  ['sines', ['inputs'], 'grid'],
  ['sines', ['domain'], [0, 2]],
  ['sines', ['noise'], 0.2],
  ['sines', ['test'], { grid: 32 }],
  ['sines', ['test', 'grid'], 31],
  ['sines', ['test', 'with-training-inputs'], true],
  ['sines', ['seed'], 2],
  ['steps', ['function', 'step'], { at: 0.4 }],
  ['steps', ['function', 'step', 'at'], 0.4],
  ['table', ['function', 'csv'], { file: 'a.csv', inputs: ['z'], target: 'y' }],
  ['table', ['function', 'csv', 'file'], 'b.csv'],
  ['table', ['function', 'csv', 'inputs'], ['z']],
  ['table', ['function', 'csv', 'target'], 'z'],
  ['table', ['test', 'fraction'], 0.4],
  ['formula', ['function', 'expression'], 'x1 + x2'],
  ['formula', ['features'], 3],
  ['formula', ['inputs'], 'uniform'],
  ['formula', ['labels'], { permuted: true }],
  ['formula', ['labels', 'noise'], 0.25],
  ['formula', ['labels', 'seed'], 2],
  ['formula', ['standardize'], 'both'],
  ['formula', ['test', 'samples'], 8],
  ['formula', ['seed'], 3],
  ['ring', ['labels'], { permuted: true }],
  ['ring', ['function', 'circle'], 'sin(angle)'],
  ['rings', ['function', 'circles'], { factor: 0.25 }],
  ['rings', ['function', 'circles', 'factor'], 0.25],
  ['arms', ['function', 'spirals'], { turns: 2 }],
  ['arms', ['function', 'spirals', 'turns'], 2],
  ['arms', ['function', 'spirals', 'arms'], 3],
  ['taught', ['function', 'teacher'], { hidden: [3] }],
  ['taught', ['function', 'teacher', 'hidden'], [3]],
  ['taught', ['function', 'teacher', 'activation'], 'relu'],
  ['taught', ['function', 'teacher', 'inputs'], 3],
  ['taught', ['function', 'teacher', 'seed'], 2],
  ['words', ['function', 'csv', 'categorical'], ['y']],
  ['words', ['test', 'column'], 'x'],
  ['words', ['test', 'value'], '0.3333333333333333'],
  ['two-files', ['function', 'csv', 'classes'], true],
  ['two-files', ['test', 'file'], 'd.csv'],
  ['arrays', ['function', 'arrays'], { file: 'a.npz', target: 'names' }],
  ['arrays', ['function', 'arrays', 'file'], 'b.npz'],
  ['arrays', ['function', 'arrays', 'classes'], true],
  ['arrays', ['function', 'arrays', 'inputs'], 'y'],
  ['arrays', ['function', 'arrays', 'target'], 'names'],
  ['told', ['loss'], 'mse'],
  ['descent', ['data'], 'steps'],
  ['descent', ['network'], { hidden: [5] }],
  ['descent', ['network', 'hidden'], [5]],
  ['descent', ['network', 'activation'], 'leaky-relu'],
  ['descent', ['network', 'elbows'], 'none'],
  ['descent', ['parameters'], 'output'],
  ['descent', ['optimizer'], { kind: 'adam' }],
  ['descent', ['optimizer', 'rate'], 0.03],
  ['descent', ['optimizer', 'momentum'], 0.6],
  ['descent', ['optimizer', 'weight-decay'], 0.002],
  ['descent', ['batch'], 'full'],
  ['descent', ['batch', 'size'], 11],
  ['descent', ['batch', 'with-replacement'], true],
  ['descent', ['steps'], 21],
  ['descent', ['lab'], true],
  ['descent', ['checkpoints'], {}],
  ['descent', ['checkpoints', 'every'], 5],
  ['descent', ['checkpoints', 'and'], [4]],
  ['descent', ['seed'], 2],
  ['plain', ['optimizer', 'kind'], 'adam'],
  ['descent', ['optimizer', 'nesterov'], true],
  ['scheduled', ['network', 'initial'], 'xavier-normal'],
  ['falling', ['network', 'parametrization'], 'mean-field'],
  ['falling', ['output-scale'], 3],
  ['falling', ['centered'], true],
  ['scheduled', ['network', 'initial', 'weight'], 1],
  ['scheduled', ['network', 'initial', 'bias'], 0.2],
  ['scheduled', ['optimizer', 'alpha'], 0.8],
  ['scheduled', ['optimizer', 'centered'], true],
  ['scheduled', ['optimizer', 'rate'], { schedule: 'cosine', from: 0.001, to: 0.01, period: 10 }],
  ['scheduled', ['optimizer', 'rate', 'steps'], 5],
  ['falling', ['optimizer', 'rate', 'factor'], 0.6],
  ['falling', ['optimizer', 'rate', 'every'], 5],
  ['waving', ['optimizer', 'rate', 'from'], 0.2],
  ['waving', ['optimizer', 'rate', 'to'], 0.02],
  ['waving', ['optimizer', 'rate', 'period'], 5],
  ['stepping', ['optimizer', 'rate', 'rates'], [0.1, 0.01]],
  ['stepping', ['optimizer', 'rate', 'at'], [5]],
  ['adaptive', ['optimizer', 'betas'], [0.8, 0.99]],
  ['adaptive', ['optimizer', 'epsilon'], 1e-6],
  ['solved', ['optimizer', 'penalty'], 0.1],
  ['gradients', ['kernel'], false],
  ['gradients', ['of'], 'adaptive'],
  ['gradients', ['at'], [0]],
  ['gradients', ['parameters'], ['0.bias']],
  ['gradients', ['on'], 'train'],
  ['gradients', ['on', 'grid'], 12],
  ['gradients', ['on', 'domain'], [0, 0.5]],
  ['told-gradients', ['output'], 'good'],
  ['told-spectrum', ['output'], 'good'],
  ['told-kernel', ['output'], 'good'],
  ['spectrum', ['of'], 'adaptive'],
  ['spectrum', ['at'], [0]],
  ['spectrum', ['parameters'], ['0.weight']],
  ['spectrum', ['rows'], 'train'],
  ['spectrum', ['rows', 'grid'], 12],
  ['spectrum', ['rows', 'domain'], [0, 0.5]],
  ['spectrum', ['on'], 'train'],
  ['spectrum', ['on', 'grid'], 13],
  ['spectrum', ['on', 'domain'], [0, 0.5]],
  ['spectrum', ['precision'], 'float64'],
  ['spectrum', ['penalties'], [0.01, 1]],
  ['spectrum', ['method'], 'gram'],
  ['products', ['of'], 'adaptive'],
  ['products', ['at'], [0]],
  ['products', ['parameters'], ['0.weight']],
  ['products', ['on'], 'train'],
  ['products', ['on', 'grid'], 12],
  ['products', ['on', 'domain'], [0, 0.5]],
  ['products', ['normalize'], 'cosine'],
  ['products', ['layers'], false],
  ['products', ['compare'], 'last'],
  ['products', ['against'], 'adaptive'],
  ['linear', ['of'], 'adaptive'],
  ['linear', ['at'], 20],
  ['linear', ['steps'], [0]],
  ['linear', ['on'], 'train'],
  ['linear', ['on', 'grid'], 12],
  ['linear', ['on', 'domain'], [0, 0.5]],
  ['linear', ['ridge'], [0.2]],
  ['linear', ['threshold'], 0.3],
  ['along', ['onto'], 'adaptive-spectrum'],
  ['along', ['step'], 20],
  ['along', ['of'], 'adaptive'],
  ['along', ['components'], 4],
  ['sharp', ['of'], 'adaptive'],
  ['sharp', ['at'], 'all'],
  ['sharp', ['eigenvalues'], 3],
  ['frequencies', ['of'], 'adaptive'],
  ['frequencies', ['at'], 'all'],
  ['frequencies', ['points'], 64],
  ['bends', ['of'], 'adaptive'],
  ['bends', ['at'], 'all'],
  ['wide', ['of'], 'adaptive'],
  ['wide', ['on'], 'train'],
  ['wide', ['on', 'grid'], 6],
  ['wide', ['on', 'domain'], [0, 0.5]],
  ['wide', ['weight-variance'], 1],
  ['wide', ['bias-variance'], 0],
  ['own', ['run'], ['node', 'p.mjs', 'again']],
  ['own', ['files'], ['p.mjs', 'a.csv']],
  ['own', ['environment'], ['a.csv']],
  ['own', ['inputs'], { data: 'alone' }],
  ['own', ['with'], { repeats: 4 }],
  ['own', ['outputs'], { mean: {} }],
  ['own', ['seed'], 2],
  ['logged', ['from'], 'b.csv'],
  ['logged', ['arrays'], { loss: 'z', accuracy: 'y' }],
  ['logged', ['axes'], { loss: ['step'] }],
  ['logged', ['by'], ['z']],
  ['logged', ['source'], 'Someone else'],
  ['fig-fit', ['show'], 'descent.learning-curves'],
  ['fig-fit', ['facet'], 'step'],
  ['fig-fit', ['at'], [0]],
  ['fig-fit', ['where'], {}],
  ['fig-fit', ['caption'], 'Another caption.'],
  ['fig-fit', ['alt'], 'Another curve'],
  ['fig-fit', ['width'], 300],
  ['fig-fit', ['height'], 200],
  ['fig-fit', ['wide'], true],
  ['fig-fit', ['slider'], 'step'],
  ['fig-gradients', ['parameters'], ['0.weight[1]']],
  ['fig-components', ['components'], 4],
  ['fig-bars', ['bins'], 12],
  ['fig-bars', ['step-scale'], 'log'],
  ['fig-bars', ['axes'], 'moment'],
  ['fig-bars', ['lab'], true],
  ['fig-labelled', ['show', 0, 'of'], 'adaptive.learning-curves'],
  ['fig-labelled', ['show', 0, 'label'], 'another'],
  ['fig-labelled', ['x'], {}],
  ['fig-labelled', ['x', 'min'], 2],
  ['fig-labelled', ['x', 'max'], 19],
  ['fig-labelled', ['x', 'scale'], 'symlog'],
  ['fig-labelled', ['y'], {}],
  ['fig-labelled', ['y', 'min'], 0.2],
  ['fig-labelled', ['y', 'max'], 2],
  ['fig-labelled', ['y', 'scale'], 'log'],
  ['fig-parameters', ['order'], 'unit'],
  ['fig-errors', ['over'], 'rate'],
  ['fig-moved', ['move'], {}],
  ['fig-moved', ['move', 'unit'], 2],
  ['fig-moved', ['move', 'by'], 0.2],
  ['fig-slice', ['slice'], 0.7],
  ['fig-images', ['shape'], [2, 1]],
  ['fig-curves', ['diverged'], 'leave-out'],
  ['fig-own', ['columns'], ['step', 'test-error']],
  ['fig-own', ['vega-lite'], { ...specification, mark: 'line' }],
  ['tbl-end', ['diverged'], 'leave-out'],
  ['tbl-end', ['rows'], 'descent'],
  ['tbl-end', ['rows', 0, 'of'], 'adaptive'],
  ['tbl-end', ['rows', 0, 'label'], 'another'],
  ['tbl-end', ['columns'], ['train-error']],
  ['tbl-end', ['columns', 0, 'value'], 'train-error'],
  ['tbl-end', ['columns', 0, 'label'], 'another'],
  ['tbl-end', ['columns', 0, 'step'], 0],
  ['tbl-end', ['columns', 0, 'format'], '.4f'],
  ['tbl-end', ['where'], {}],
  ['tbl-end', ['seeds'], 'median'],
  ['tbl-end', ['diverged'], 'leave-out'],
  ['tbl-end', ['caption'], 'Another caption.'],
  ['tbl-drawn', ['pivot'], 'seed'],
  ['tbl-spectrum', ['columns', 0, 'component'], 2],
];

/** The body with one option set. */
export function withValue(body: Value, [first, ...rest]: OptionPath, value: Value): Value {
  if (first === undefined) return value;
  if (Array.isArray(body)) {
    const items = body as readonly Value[];
    return items.map((item, index) => (index === first ? withValue(item, rest, value) : item));
  }
  const object = body as { readonly [key: string]: Value };
  return { ...object, [first]: withValue(object[first] ?? {}, rest, value) };
}

/** Writes no numbers at all. */
const program = `import { writeFileSync } from 'node:fs';
const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }".padEnd(117) + String.fromCharCode(10);
writeFileSync('outputs/mean.npy', Buffer.concat([Buffer.of(0x93), Buffer.from('NUMPY'), Buffer.of(1, 0, 118, 0), Buffer.from(header)]));
`;

export type Files = { readonly 'index.md': string; readonly 'b.csv': string; readonly 'a.csv': string } & Readonly<
  Record<string, string | Uint8Array>
>;

const arrays = readFileSync(new URL('../fixtures/data/arrays.npz', import.meta.url));

/** The files of the report, with some directives written otherwise. A directive has one option a line, in JSON. */
export function reportOf(directives: readonly Written[] = written): Files {
  const blocks = directives.map(({ kind, id, body }) =>
    block(`${kind} #${id}`, ...Object.entries(body).map(([option, value]) => `${option}: ${JSON.stringify(value)}`)),
  );
  const rows = Array.from({ length: 10 }, (_, row) => `${row / 10},${(row % 3) / 2},${(row % 4) / 3}`);
  return {
    'index.md': page(...blocks),
    'a.csv': ['x,y,z', ...rows].join('\n'),
    'b.csv': ['x,y,z', ...rows, '1,1,1'].join('\n'),
    'd.csv': ['x,y,z', ...rows].join('\n'),
    'e.csv': ['x,y,z', ...rows].join('\n'),
    'g.csv': [
      'x,y',
      ...rows.map((row, index) => `${row.split(',')[0] ?? ''},${index % 3 === 0 ? 'good' : 'fair'}`),
    ].join('\n'),
    'p.mjs': program,
    'a.npz': arrays,
    // The same archive with a comment.
    'b.npz': new Uint8Array([...arrays.subarray(0, -2), 1, 0, 65]),
  };
}

/** The report with one option changed. */
export function changed(id: string, option: OptionPath, value: Value, directives: readonly Written[] = written): Files {
  return reportOf(
    directives.map((directive) =>
      directive.id === id ? { ...directive, body: withValue(directive.body, option, value) as Body } : directive,
    ),
  );
}

/** A directive with those that it names, and those that they name: a report in which it can be planned. */
export function ancestryOf(id: string): Written[] {
  const named = new Set([id]);
  // A set that grows while it is gone through is gone through to its end.
  for (const one of named) {
    const words = new Set(JSON.stringify(written.find((directive) => directive.id === one)?.body).split(/[^\w-]+/));
    for (const other of written) if (words.has(other.id)) named.add(other.id);
  }
  return written.filter((directive) => named.has(directive.id));
}
