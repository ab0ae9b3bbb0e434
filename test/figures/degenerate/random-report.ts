/** Small random reports over all kinds, their options at the extremes, with every picture of every result. */
import { block, page } from '../../report-folder.js';

export interface RandomReport {
  readonly seed: number;
  /** By path in the folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly device: 'wasm' | 'reference';
}

interface Choose {
  /** One of these. */
  <Value>(...values: readonly Value[]): Value;
}

/** Numbers from a seed (mulberry32): the same report for the same seed on every machine. */
function chooser(seed: number): Choose {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (...values) => values[Math.floor(next() * values.length)] as (typeof values)[number];
}

const seeds = [0, 1, 4_294_967_295];

interface Data {
  readonly features: number;
  readonly samples: number;
  /** Of all samples, where their number is known. */
  readonly batches: readonly string[];
  readonly test: boolean;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

function functionData(choose: Choose): Data {
  const samples = choose(1, 1, 2, 3, 8, 20);
  const kind = choose(
    ...['piecewise-linear', 'piecewise-linear-as-published', 'sin(20x)', 'step', '{ step: { at: 1000000000 } }'],
    ...['{ sine: { frequency: 0, amplitude: 0 } }', '{ sine: { frequency: 6, amplitude: 1000000 } }'],
    ...['{ sine: { frequency: 6, amplitude: 1e-12 } }', '{ sine: { frequency: 1e9, amplitude: 1e9, phase: -1e9 } }'],
  );
  const domain = choose('', '', '[1000, 1001]', '[-1e9, 1e9]', '[999999999, 1e9]', '[0, 1e-9]', '[-1e-9, 1e9]');
  const test = choose('', 'none', '{ grid: 2 }', '{ grid: 30, with-training-inputs: true }');
  const text = block(
    'dataset #data',
    `function: ${kind}`,
    `samples: ${samples}`,
    `inputs: ${samples === 1 ? 'uniform' : choose('uniform', 'grid')}`,
    ...(domain === '' ? [] : [`domain: ${domain}`]),
    `noise: ${choose('0', '0', '0.1', '1000000', '1e-12')}`,
    ...(test === '' ? [] : [`test: ${test}`]),
    `seed: ${choose(...seeds)}`,
  );
  return { features: 1, samples, batches: [String(samples)], test: test !== 'none', text, files: {} };
}

function csvData(choose: Choose): Data {
  const rows = choose(1, 2, 5, 12);
  const features = choose(1, 2);
  const [input, target] = [choose('equal', 'near', 'far', 'spread'), choose('equal', 'tiny', 'huge', 'spread')];
  const at = (how: string, row: number): string => {
    if (how === 'equal') return '0.25';
    if (how === 'near') return String(1 + row * 1e-15);
    if (how === 'far') return String(1000 + row);
    if (how === 'tiny') return String((row % 3) * 1e-12);
    if (how === 'huge') return String((row - 3) * 1e6);
    return String(row / rows);
  };
  const lines = Array.from({ length: rows }, (_, row) =>
    [...Array.from({ length: features }, () => at(input, row)), at(target, row)].join(','),
  );
  const names = ['x', 'z'].slice(0, features);
  const held = rows > 2 && choose(true, false);
  const text = block(
    'dataset #data',
    `function: { csv: { file: data.csv, inputs: [${names.join(', ')}], target: y } }`,
    ...(held ? ['test: { fraction: 0.4 }'] : []),
    `seed: ${choose(...seeds)}`,
  );
  const csv = [[...names, 'y'].join(','), ...lines, ''].join('\n');
  const samples = held ? Math.ceil(rows / 2) : rows;
  const batches = held ? [] : [String(rows)];
  return { features, samples, batches, test: held, text, files: { 'report/data.csv': csv } };
}

interface Training {
  readonly hidden: readonly number[];
  readonly steps: number;
  readonly every: number;
  readonly axes: readonly string[];
  readonly ridge: boolean;
  readonly activation: string;
  readonly text: string;
}

function training(choose: Choose, data: Data): Training {
  const hidden = choose([], [1], [3], [1, 1], [4, 4], [2, 1, 2], [40]);
  const optimizer = choose(
    ...['{ kind: sgd, rate: 0.05 }', '{ kind: sgd, rate: 0.05, momentum: 0.9 }', '{ kind: sgd, rate: 1e-9 }'],
    ...['{ kind: sgd, rate: 5 }', '{ kind: sgd, rate: 1e9 }', '{ kind: sgd, rate: 0.01, weight-decay: 90 }'],
    ...['{ kind: sgd, rate: 0.3, weight-decay: 1 }', '{ kind: adam, rate: 0.1 }', '{ kind: adam, rate: 1e9 }'],
    ...['{ kind: ridge, penalty: 1e-300 }', '{ kind: ridge, penalty: 1e12 }'],
  );
  const ridge = optimizer.includes('ridge');
  const activation = choose('relu', 'relu', 'leaky-relu', 'tanh', 'identity', 'gelu', 'softplus');
  const steps = ridge ? 1 : choose(1, 2, 7, 40, 200);
  const every = choose(1, 1, 7, 1000);
  const sweep = ridge
    ? choose('', '', '{ seed: [0, 4294967295] }')
    : choose(
        '',
        '',
        '',
        '{ optimizer.rate: [0.01, 1000] }',
        '{ seed: [0, 1, 2, 3, 4] }',
        '{ network.hidden: [[1], [2]] }',
      );
  const axes = ['rate', 'seed', 'hidden'].filter((axis) => sweep.includes(axis));
  const text = block(
    'train #net',
    'data: data',
    `network: { hidden: [${hidden.join(', ')}], activation: ${activation}, elbows: ${data.features === 1 ? choose('none', 'uniform') : 'none'} }`,
    `parameters: ${ridge ? 'output' : choose('all', 'all', 'output')}`,
    `optimizer: ${optimizer}`,
    `batch: ${ridge ? 'full' : choose('full', '1', ...data.batches, `{ size: ${data.samples + 3}, with-replacement: true }`)}`,
    ...(ridge ? [] : [`steps: ${steps}`]),
    `checkpoints: { every: ${every} }`,
    ...(sweep === '' ? [] : [`sweep: ${sweep}`]),
    ...(axes.includes('seed') ? [] : [`seed: ${choose(...seeds)}`]),
  );
  return {
    hidden: axes.includes('hidden') ? [1] : hidden,
    steps,
    every,
    axes,
    ridge,
    activation,
    text,
  };
}

interface Figure {
  readonly show: string;
  readonly sliders: readonly string[];
}

/** The pictures that the results have, and what each can slide over. */
function picturesOf(
  data: Data,
  { hidden, axes, ridge, activation }: Training,
  { whole, rank, projected, every }: Readonly<Record<'whole' | 'rank' | 'projected' | 'every', boolean>>,
): Figure[] {
  const line = data.features === 1;
  const sliders = ['step', ...axes];
  const over = axes.find((axis) => axis !== 'seed');
  const figures: (Figure | false)[] = [
    line && { show: 'data.data', sliders: [] },
    line && data.test && { show: 'data.test-data', sliders: [] },
    line && { show: 'net.fit', sliders },
    line && { show: 'net.learning-curves', sliders },
    !line && { show: 'net.learning-curves', sliders: [] },
    line && hidden.length === 1 && { show: 'net.elbows', sliders },
    line && hidden.length === 1 && { show: 'net.linearisation', sliders },
    { show: 'sharp.sharpness', sliders: [] },
    line && data.files['report/data.csv'] === undefined && { show: 'frequencies.error-by-frequency', sliders: [] },
    line && activation.includes('relu') && hidden.length > 0 && { show: 'elbows.elbow-flow', sliders: [] },
    hidden.length === 1 && { show: 'net.unit-weights', sliders: line ? sliders : [] },
    { show: 'net.parameters-by-step', sliders },
    { show: 'net.parameter-change', sliders: line ? sliders : [] },
    { show: 'net.parameter-histogram', sliders: line ? sliders : [] },
    { show: 'net.predictions', sliders: line ? sliders : [] },
    { show: 'net.residual-histogram', sliders: line ? sliders : [] },
    line && { show: 'grads.features', sliders: hidden.length > 0 ? [...sliders, 'unit'] : sliders },
    line && { show: 'grads.kernel', sliders: every ? sliders : [] },
    line && { show: 'grads.cosine', sliders: every ? sliders : [] },
    line && { show: 'products.kernel', sliders: [] },
    line && { show: 'products.slice', sliders: [] },
    line && axes.length === 0 && { show: 'products.cross', sliders: [] },
    !ridge && { show: 'linear.errors', sliders: [] },
    !ridge && line && { show: 'linear.functions', sliders },
    projected && { show: 'along.decay', sliders: [] },
    data.features === 2 && { show: 'net.field', sliders: [] },
    !line && { show: `data.images\nshape: [1, ${data.features}]`, sliders: [] },
    !line && { show: `net.images\nshape: [${data.features}, 1]`, sliders: [] },
    over !== undefined && { show: `net.errors\nover: ${over}`, sliders: [] },
    { show: 'spectrum.singular-values', sliders: line && rank ? sliders : [] },
    { show: 'spectrum.singular-value-histogram', sliders: line && rank ? sliders : [] },
    line && { show: 'spectrum.principal-features', sliders: whole ? [...sliders, 'component'] : [] },
  ];
  return figures.filter((figure) => figure !== false);
}

function figureOptions(choose: Choose, { show }: Figure): string[] {
  const picture = show.slice(show.indexOf('.') + 1);
  const own: Readonly<Record<string, readonly string[]>> = {
    'principal-features': ['', 'components: 1', 'components: 13', 'components: 1000', 'facet: [component]'],
    'residual-histogram': ['', 'bins: 2', 'bins: 200', 'at: [0]'],
    'parameter-histogram': ['', 'bins: 2', 'bins: 200', 'facet: [parameter]'],
    'singular-value-histogram': ['', 'bins: 2', 'bins: 200'],
    slice: ['', 'slice: 0', 'slice: -1e9'],
    fit: ['', 'at: [0]'],
    linearisation: ['', 'move: { by: 0 }', 'move: { by: -1e6 }', 'move: { by: 1e-9 }\nat: [0]'],
    predictions: ['', 'at: [0]'],
  };
  return [choose(...(own[picture] ?? [''])), choose('', '', '', 'width: 40', 'height: 40', 'wide: true')].filter(
    (option) => option !== '',
  );
}

/** What only some reports have. */
interface Addition {
  readonly blocks: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const none: Addition = { blocks: [], files: {} };

/** A table of numbers that were computed elsewhere: few or many, equal, huge, missing or infinite. */
function logged(choose: Choose): Addition {
  const rows = choose(1, 2, 7);
  const seeds = choose(1, 2, 5);
  const value = (row: number): string =>
    choose(String(row), '0.5', '0', '-3', '', 'nan', 'inf', '1e300', '1e-300', String(1 / (row + 1)));
  const first = choose(0, 100_000_000);
  const lines = Array.from({ length: seeds }, (_, seed) =>
    Array.from({ length: rows }, (_, row) => `${seed},${first + row},${value(row)},${value(row)}`),
  ).flat();
  const columns = choose('', 'columns: [loss]', 'columns: [loss, other]');
  return {
    blocks: [
      block('results #logged', 'from: logged.csv', 'by: seed', 'source: A table of numbers.'),
      block('figure #fig-logged', 'show: logged.learning-curves', ...(columns === '' ? [] : [columns])),
      block('figure #fig-logged-dots', 'show: logged.scatter', `columns: [${choose('step', 'other', 'seed')}, loss]`),
    ],
    files: { 'report/logged.csv': ['seed,step,loss,other', ...lines, ''].join('\n') },
  };
}

/** A program of the report's own, which writes numbers that are equal, huge, missing or infinite; of none at all Vega warns. */
function ownProgram(choose: Choose): Addition {
  const rows = choose(1, 2, 7);
  const finite = ['0', '0.5', '-3', '1e300', '1e-300'];
  const values = Array.from({ length: rows }, (_, row) => choose(...finite, ...(row === 0 ? [] : ['NaN', 'Infinity'])));
  const program = [
    "import { writeFileSync } from 'node:fs';",
    `const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (${rows},), }".padEnd(117) + '\\n';`,
    "const start = Buffer.from('\\x93NUMPY\\x01\\x00\\x76\\x00' + header, 'latin1');",
    `const numbers = Buffer.from(Float64Array.of(${values.join(', ')}).buffer);`,
    "writeFileSync('outputs/numbers.npy', Buffer.concat([start, numbers]));",
  ];
  return {
    blocks: [
      block(
        'program #own',
        ...['run: [node, own.mjs]', 'files: [own.mjs]', `outputs: { numbers: { row: ${rows} } }`],
        `inputs: ${choose('{}', '{ data: data }', '{ net: net }')}`,
      ),
      block(
        'figure #fig-own-program',
        ...['show: own', 'columns: [row, numbers]', 'vega-lite:', '  mark: point', '  encoding:'],
        '    x: { field: row, type: quantitative }',
        '    y: { field: numbers, type: quantitative }',
      ),
    ],
    files: { 'report/own.mjs': [...program, ''].join('\n') },
  };
}

function ownFigures(choose: Choose, test: boolean): string[] {
  const error = test ? 'test-error' : 'train-error';
  return [
    block(
      'figure #fig-own',
      'show: net',
      `columns: [step, ${error}]`,
      'vega-lite:',
      `  mark: ${choose('line', 'point')}`,
      '  encoding:',
      `    x: { field: step, type: quantitative${choose('', ', scale: { type: log }', ', scale: { type: symlog }')} }`,
      `    y: { field: ${error}, type: quantitative${choose('', ', scale: { type: log, nice: false }')} }`,
    ),
  ];
}

/** The report of a seed. */
export function randomReport(seed: number): RandomReport {
  const choose = chooser(seed);
  const data = choose(true, true, true, false) ? functionData(choose) : csvData(choose);
  const net = training(choose, data);
  const at = choose('[0]', '[0, last]', '[0, last]', '[last]');
  const points = (): string => {
    const far = '{ grid: 3, domain: [-1e9, 1e9] }';
    const plain = ['train', ...(data.test ? ['test'] : [])];
    return data.features === 1 ? choose(...plain, '{ grid: 2 }', '{ grid: 20 }', far) : choose(...plain);
  };
  const some = (): string => {
    const last = `${2 * net.hidden.length}`;
    return net.axes.includes('hidden') ? 'all' : choose('all', 'all', `[${last}.weight]`, `[${last}.bias]`);
  };
  const [parameters, rows, precision] = [some(), points(), choose('float32', 'float64')];
  // The page decomposes all gradients at the training inputs, knows the rank of float32, and the kernel of all gradients.
  const whole = parameters === 'all' && rows === 'train';
  const projected = rows === 'train';
  const featuresOf = some();
  const shown = { whole, projected, rank: whole && precision === 'float32', every: featuresOf === 'all' };
  const steps = [
    ...(net.ridge
      ? []
      : [block('linearize #linear', 'of: net', `on: ${points()}`, `ridge: ${choose('[]', '[0]', '[1e-300, 1e12]')}`)]),
    ...(projected ? [block('project #along', 'onto: spectrum', `step: ${at === '[last]' ? 'last' : 0}`)] : []),
    block('features #grads', 'of: net', `at: ${at}`, `parameters: ${featuresOf}`, `on: ${points()}`),
    block(
      ...(['kernel #products', 'of: net', `at: ${at}`, `on: ${points()}`] as const),
      ...[`normalize: ${choose('none', 'cosine')}`, `layers: ${choose('true', 'false')}`],
      ...(net.axes.length === 0 ? ['against: net'] : []),
      ...choose([], ['compare: 0'], ['compare: last']),
    ),
    block(
      ...(['svd #spectrum', 'of: net', `at: ${at}`] as const),
      ...[`parameters: ${parameters}`, `rows: ${rows}`, `on: ${points()}`],
      ...[`precision: ${precision}`, `method: ${choose('auto', 'auto', 'direct')}`],
    ),
  ];
  steps.push(block('curvature #sharp', 'of: net', `eigenvalues: ${choose(1, 3)}`));
  if (data.files['report/data.csv'] === undefined)
    steps.push(block('spectral #frequencies', 'of: net', `points: ${choose(2, 33)}`));
  if (data.features === 1 && net.activation.includes('relu') && net.hidden.length > 0)
    steps.push(block('elbows #elbows', 'of: net'));
  if (['relu', 'leaky-relu', 'identity'].includes(net.activation)) {
    const on = data.features === 1 ? choose('{ grid: 2, domain: [0, 1] }', '{ grid: 20, domain: [0, 1e-9] }') : 'train';
    const variances = [`weight-variance: ${choose(0, 2, 1e6)}`, `bias-variance: ${choose(0, 1)}`];
    steps.push(block('limit-kernel #wide', 'of: net', `on: ${on}`, ...variances));
  }
  const figures = picturesOf(data, net, shown).map((figure, index) => {
    const slider = figure.sliders.length === 0 || choose(true, false) ? [] : [`slider: [${figure.sliders.join(', ')}]`];
    return block(`figure #fig-${index}`, `show: ${figure.show}`, ...figureOptions(choose, figure), ...slider);
  });
  // In some of them, as they cost time.
  const elsewhere = choose(true, false, false) ? logged(choose) : none;
  const own = choose(true, false, false, false) ? ownProgram(choose) : none;
  const table = block('table #tbl-net', 'rows: net', 'columns: [train-error]');
  // Of several widths or rates a number has to say which.
  const told = net.axes.every((axis) => axis === 'seed')
    ? [
        'The error ends at `= net.train-error .3g`, or `= net.train-error / (net.train-error - net.train-error) .2f`.',
        block('claim', 'that: net.parameter-count > 0', 'sentence: It has parameters.'),
      ]
    : [block('claim', 'that: 1 > 0', 'sentence: One is more than nothing.')];
  const text = page(
    data.text,
    net.text,
    ...steps,
    ...figures,
    ...ownFigures(choose, data.test),
    table,
    ...told,
    ...elsewhere.blocks,
    ...own.blocks,
  );
  return {
    seed,
    files: { 'report/index.md': text, ...data.files, ...elsewhere.files, ...own.files },
    device: choose('wasm', 'wasm', 'wasm', 'reference'),
  };
}
