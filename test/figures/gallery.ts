/** The gallery: every picture over small real results, and what a reader is to find in it. */
import { block, page, waves } from '../report-folder.js';

interface Expectation {
  /** What a new reader sees in it without its caption. */
  readonly sees: string;
  readonly options: readonly string[];
  /** Text in the drawing: axis titles, panel headings, the key, marks. */
  readonly words: readonly string[];
  /** The generated text alternative. */
  readonly says: RegExp;
}

export const gallery: Readonly<Record<string, Expectation>> = {
  data: {
    sees: 'Orange dots scatter a little around a jagged line with two peaks.',
    options: ['show: waves.data'],
    words: ['input x', 'target y'],
    says: /^20 training samples of waves, over the true function.*inputs from .* targets from /,
  },
  'test-data': {
    sees: 'Blue dots lie exactly on a jagged line with two peaks.',
    options: ['show: waves.test-data'],
    words: ['input x'],
    says: /30 test samples of waves/i,
  },
  fit: {
    sees: 'A nearly straight blue line crosses a jagged function that it does not follow yet, and after 20 steps it has risen.',
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
    sees: 'Of two networks, before and after 20 steps, each line bends only at its green dots, and neither follows the jagged function.',
    options: ['show: net.fit', 'facet: [hidden, step]', 'at: [0, 20]'],
    words: ['elbows', 'step 0', 'step 20'],
    says: /elbows/i,
  },
  'learning curves': {
    sees: 'Both errors fall with 4 hidden units, the training error further, and with 5 they hardly change.',
    options: ['show: net.learning-curves', 'facet: [hidden]'],
    words: ['step', 'error', '4 hidden units', '5 hidden units', 'training', 'test'],
    says: /logarithmic/i,
  },
  'learning curves of several directives': {
    sees: 'The errors of net fall faster than those of slower, and dashed training errors lie below solid test errors.',
    options: ['show: [net.learning-curves, slower.learning-curves]', 'where: { hidden: 4 }'],
    words: ['net', 'slower', 'training error (test error is solid)', 'step'],
    says: /curves of net and slower.*net, 4 hidden units: training error from .* to .*, test error from .*slower, .*: training error from /i,
  },
  'seed bands': {
    sees: 'The median errors fall slowly, training below test, and the band of the training error is the wider one.',
    options: ['show: seeds.learning-curves'],
    words: [
      'training error',
      'test error',
      'lines: median of 5 seeds; bands: between their quartiles',
      '5 hidden units',
    ],
    says: /4 hidden units, 5 seeds: median training error from .* to .* \(quartiles .* and .*\), median test error .*5 hidden units, 5 seeds/,
  },
  field: {
    sees: 'At first all is nearly one shade; after 400 steps lines part two dark corners from two light ones, and nearly every dot lies in its own shade.',
    options: ['show: apart.field', 'at: [0, 400]'],
    words: [
      'input 1',
      'input 2',
      'step 0',
      'step 400',
      'where the output is 0.5',
      'training samples, in the shade of their targets',
    ],
    says: /^The outputs of apart over the plane of its two inputs.*Step 0: from .*step 400: from .*, (5\d|60) of 60 training samples on the right side of the boundary/i,
  },
  errors: {
    sees: 'Both errors fall as the rate grows over two decades, training below test, each with a pale band about it.',
    options: ['show: rates.errors'],
    words: ['rate', 'mean squared error', 'training error', 'test error', 'lines: median of 4 seeds'],
    says: /^Errors of rates against rate\. Training error from \S+ at rate 0\.001 to \S+ at rate \S+, smallest \S+ at rate \S+, test error from /,
  },
  'errors by category': {
    sees: 'At three named activations the dashed training errors lie below the solid test errors, and those of 4 units above those of 5.',
    options: ['show: ways.errors', 'over: activation', 'y: { scale: linear, min: 0 }'],
    words: ['activation', 'relu', 'tanh', '4 hidden units', 'training error (test error is solid)'],
    says: /^Errors of ways against activation\. 4 hidden units: training error from \S+ at activation relu to /,
  },
  'labels and axes': {
    sees: 'Errors named fast and slow lie between 0 and 1, and what changes changes after step 1.',
    options: [
      'show: [{ of: net.learning-curves, label: fast }, { of: slower.learning-curves, label: slow }]',
      'where: { hidden: 4 }',
      'x: { scale: symlog }',
      'y: { scale: linear, min: 0, max: 1 }',
    ],
    words: ['fast', 'slow', '0.2', '0.8', '1.0'],
    says: /^Learning curves of fast and slow\. Fast, 4 hidden units: training error from .*slow, 4 hidden units/i,
  },
  elbows: {
    sees: 'Four or five lines, one for each unit, run nearly level over the steps, one dips, and dashed rules stand at tenths.',
    options: ['show: net.elbows', 'facet: [hidden]'],
    words: ['step', '4 hidden units'],
    says: /elbows of net during training, with rules at the knots of the target, 0, 0\.1, .*4 hidden units: of 4 elbows, 4 are in the drawn range at step 0 \(\d of them within 0\.02 of a knot\) and 4 at step 20 \(\d of them within 0\.02 of a knot\): 0\.\d+, /,
  },
  linearisation: {
    sees: 'Beside a nearly straight blue line a dashed one is the same but for a step of the shaded height between two green dots.',
    options: ['show: net.linearisation', 'where: { hidden: 4 }', 'at: [20]', 'move: { unit: 1, by: 0.2 }'],
    words: [
      'input x',
      'network with the elbow moved',
      'linearised network',
      'their difference',
      'network before',
      'elbows',
    ],
    says: /^The outputs of net once an elbow has been moved by its bias, the linearised network dashed, and the difference of the two shaded\. 4 hidden units, step 20: the elbow of unit 1 goes from 0\.\d+ to 0\.\d+; they differ by at most 0\.\d+\.$/,
  },
  'elbow flow': {
    sees: 'Thin lines keep their heights but for the lowest, which dips, while the blue or orange dots on each keep their sizes over three steps.',
    options: ['show: bends.elbow-flow', 'facet: [hidden]'],
    words: [
      'step',
      'position of the elbow',
      'bends up, as large as the kink',
      'bends down',
      'elbow of one unit',
      '5 hidden units',
    ],
    says: /^Elbows of bends during training, each as large as its kink\. 4 hidden units: 4 elbows at step 0, the sharpest at \S+ with a kink of \S+, 4 elbows at step 20/,
  },
  'elbow flow of two layers': {
    sees: 'Dots of two colours and many sizes stand in two columns without lines between them.',
    options: ['show: wide-bends.elbow-flow'],
    words: ['bends up', 'bends down', 'knots of the target'],
    says: /^Elbows of wide-bends during training, each as large as its kink\. \d+ elbows at step 0, the sharpest at /,
  },
  sharpness: {
    sees: 'An orange dashed line on a wide blue one is nearly level, far below a dashed rule.',
    options: ['show: sharp.sharpness', 'facet: [hidden]'],
    words: ['step', 'largest eigenvalue', 'Hessian', 'Gauss–Newton matrix', 'limit of stability', '4 hidden units'],
    says: /^Largest eigenvalues of the Hessian of the training error of net, and of its Gauss–Newton matrix, during training\. 4 hidden units: Gauss–Newton matrix from \S+ to \S+, Hessian from \S+ to \S+, limit of stability 100, until step 20/,
  },
  'error by frequency': {
    sees: 'Of six lines from pale to dark the palest falls and the next, far below the others, rises, and four stay level.',
    options: ['show: frequencies.error-by-frequency', 'where: { hidden: 4 }'],
    words: ['step', 'mean squared error', 'modes 0', 'modes 2–3', 'modes 16–31'],
    says: /^Mean squared difference between the output of net and the target by octaves of cosine modes, during training, on a logarithmic axis\. 4 hidden units: modes 0 from \S+ to \S+, modes 1 from .* until step 20/,
  },
  'unit weights': {
    sees: 'Each green dot has hardly left the grey curve on which it started.',
    options: ['show: net.unit-weights', 'facet: [hidden]'],
    words: ['output weight', '4 hidden units', 'where it ends'],
    says: /4 hidden units: 4 units, at step 0 output weights from .* to .*, and from .* to .* what leads in; at step 20 /,
  },
  'images of samples': {
    sees: 'Twelve small squares of nine shaded pixels, none like another.',
    options: ['show: tiles.images'],
    words: ['input x'],
    says: /^The first training samples of tiles as images of 3 × 3 pixels\. Tiles: from /,
  },
  'images of weights': {
    sees: 'Four squares of nine pixels, some blue, some orange, at two steps: hardly a shade changes.',
    options: ['show: tiled.images', 'at: [0, 20]', 'shape: [3, 3]'],
    words: ['step 0', 'step 20', 'value'],
    says: /^The weights from the inputs to each unit of the first layer of tiled as images of 3 × 3 pixels\. Step 0: from /,
  },
  'parameters by step': {
    sees: 'Every row keeps its shade from left to right: no parameter changes much, the output bias of the left network most.',
    options: ['show: net.parameters-by-step', 'facet: [hidden]'],
    words: ['step', '4 hidden units', '0.weight', '0.bias', '2.weight', '2.bias', 'value'],
    says: /4 hidden units: 13 parameters, from .* at step 0 and from .* at step 20; \d\.(weight|bias)\[\d\] changes most, from .* to /,
  },
  'some parameters by step': {
    sees: 'Five rows of one block and one of another keep their shades, from dark orange to blue.',
    options: ['show: net.parameters-by-step', 'where: { hidden: 5 }', 'parameters: [0.weight, "2.weight[0,3]"]'],
    words: ['0.weight', '2.weight'],
    says: /: 6 parameters, from /,
  },
  'parameters of each unit by step': {
    sees: 'Four groups of three rows, one for each unit, keep their shades from left to right, and one row alone grows paler.',
    options: ['show: net.parameters-by-step', 'where: { hidden: 4 }', 'order: unit'],
    words: ['unit 0', 'unit 3', '2.bias', 'value'],
    says: /: 13 parameters, from /,
  },
  predictions: {
    sees: 'The predictions form a flat band, far from the diagonal on which they would equal the targets.',
    options: ['show: net.predictions', 'facet: [hidden]'],
    words: ['target', 'prediction', '5 hidden units', 'training samples', 'test samples', 'prediction equals target'],
    says: /4 hidden units, step 20: training error .* over 20 samples, farthest off by .*, test error .* over 30 samples/,
  },
  'predictions in training': {
    sees: 'In three panels, one below the other, the flat band of predictions rises from step to step and stays far from the diagonal.',
    options: ['show: net.predictions', 'where: { hidden: 4 }', 'at: [0, 10, 20]'],
    words: ['step 0', 'step 10', 'step 20'],
    says: /4 hidden units, step 0: training error .*4 hidden units, step 10: training error /,
  },
  'parameter change': {
    sees: 'Nearly all dots lie on the diagonal: few parameters are after 20 steps other than they were.',
    options: ['show: net.parameter-change', 'facet: [hidden]'],
    words: ['at step 0', 'at step 20', 'unchanged', '0.weight', '0.bias', '2.weight', '2.bias', '4 hidden units'],
    says: /5 hidden units, step 20: 16 parameters; .* changes most, from .* to /,
  },
  'residual histogram': {
    sees: 'Bars around a dashed rule at zero show errors as large as the targets themselves, before and after 20 steps.',
    options: ['show: net.residual-histogram', 'at: [0, 20]', 'bins: 8'],
    words: ['prediction − target', 'training samples', 'prediction equals target', 'step 0', '4 hidden units', 'mean'],
    says: /histograms of the residuals of net.*4 hidden units, step 20: 20 residuals from .*, mean .*, standard deviation /i,
  },
  'parameter histogram': {
    sees: 'The values of the parameters are spread on both sides of zero, alike before and after.',
    options: ['show: net.parameter-histogram', 'where: { hidden: 4 }'],
    words: ['value', 'parameters', 'step 0', 'step 20', 'deviation'],
    says: /step 0: 13 parameters from .*step 20: 13 parameters from /,
  },
  'parameter histogram by block': {
    sees: 'In a row for each block a few bars stand apart, nearly alike before and after.',
    options: ['show: net.parameter-histogram', 'where: { hidden: 5 }', 'facet: [parameter, step]'],
    words: ['0.weight', '0.bias', '2.weight', '2.bias', 'step 20'],
    says: /0\.weight, step 0: 5 parameters from /,
  },
  'singular value histogram': {
    sees: 'The bars come in two heaps, and the left one is below the rule of the tolerance.',
    options: ['show: spectrum.singular-value-histogram', 'facet: [hidden, step]'],
    words: ['singular value', 'singular values', 'tolerance of the rank', 'step 0', '5 hidden units', 'of 13', 'of 16'],
    says: /of net, on a logarithmic axis.*4 hidden units, step 0: 13 singular values, the largest \S+, and rank \d+, as many as are above the tolerance \S+, the smallest of these /,
  },
  features: {
    sees: 'In each of four rows lines start or end at kinks, and the last row is the constant one.',
    options: ['show: grads.features', 'facet: [parameter, step]', 'where: { hidden: 4 }'],
    words: ['input x', '0.weight', '2.bias'],
    says: /^Gradient features of net\. .*0\.weight at step 0: 4 features between .*2\.bias at step 20: 1 feature equal to 1 everywhere/,
  },
  'many lines': {
    sees: 'A pale band holds very many thin lines, most of which are near zero.',
    options: ['show: wide-grads.features', 'parameters: [2.weight]', 'at: [20]'],
    words: ['range of all', 'middle half of all', '30 of the lines', '1,600 features, 30 drawn', 'gradient'],
    says: /2\.weight at step 20: 1,600 features between .* Of more than 60 lines in a panel .* and 30 lines/,
  },
  'many lines beside few': {
    sees: 'Panels with few lines show each of them, and the panels of 1,600 a band with a sample of lines.',
    options: ['show: wide-grads.features', 'facet: [parameter, step]'],
    words: ['0.weight', '4.bias', '1,600 features, 30 drawn', 'range of all'],
    says: /0\.weight at step 0: 40 features .*2\.weight at step 20: 1,600 features/,
  },
  kernel: {
    sees: 'A square of blue shades is darkest in one corner and symmetric about its diagonal.',
    options: ['show: grads.kernel', 'facet: [hidden, step]'],
    words: ['input x', 'input x′', '4 hidden units', 'step 0', 'k(x, x′), as a share of the panel’s largest', '90%'],
    says: /kernel of the gradient features of net, .* inputs, as a heat map\. 4 hidden units, step 0: from .* to .*of an input with itself/,
  },
  'one kernel': {
    sees: 'One square of blue shades is darkest in one corner and symmetric about its diagonal.',
    options: ['show: grads.kernel', 'where: { hidden: 4 }', 'at: [20]'],
    words: ['k(x, x′), as a share of the largest, '],
    says: /heat map\. .*Step 20: from /i,
  },
  cosine: {
    sees: 'A square is darkest along its diagonal and paler away from it.',
    options: ['show: grads.cosine', 'facet: [hidden, step]'],
    words: ['input x', 'input x′', '4 hidden units', 'step 0', 'cosine of φ(x) and φ(x′)', '0.9'],
    says: /^Cosines between the gradient features of net at every two of .* inputs, as a heat map\. 4 hidden units, step 0: from \S+ to 1, of the two ends /,
  },
  'kernels on one scale': {
    sees: 'Of four squares the lower two are darker than the upper two, and each is darkest in one corner.',
    options: ['show: products.kernel', 'facet: [hidden, step]'],
    words: ['input x', 'input x′', '4 hidden units', 'step 20', 'k(x, x′), as a share of the largest, '],
    says: /kernel of the gradient features of net, .* inputs, as a heat map\. 4 hidden units, step 0: from .* to /,
  },
  'cross kernel': {
    sees: 'A square of blue shades is darkest in one corner.',
    options: ['show: pair.cross', 'at: [20]'],
    words: ['k(x, x′), as a share of the largest, '],
    says: /heat map\. .*Step 20: from /i,
  },
  'slices of the kernel': {
    sees: 'In each panel two lines, for the two steps, fall in bends from left to right to the same level, past a dashed rule at the chosen input.',
    options: ['show: products.slice', 'facet: [hidden]', 'slice: 0.25'],
    words: ['input x', 'k(0.25, x)', 'step 0', 'step 20', '4 hidden units'],
    says: /^The kernel of the gradient features of net between the input 0\.25 and every other, as lines\. 4 hidden units, step 0: from /,
  },
  'errors of the linearisation': {
    sees: 'Two pale wide lines, training and test, fall slowly or stay level, and a dashed line of the same colour lies on each.',
    options: ['show: linear.errors', 'facet: [hidden]'],
    words: ['step', 'mean squared error', 'training error', 'test error', 'linearised network', '4 hidden units'],
    says: /^Errors of net and of the linearised network.* 4 hidden units: training error from \S+ to .*linearised: training error from .*they do not part/i,
  },
  'functions of the linearisation': {
    sees: 'A wide blue line and the dashed yellow one on it coincide at step 0 and nearly so at step 20, far from the jagged function.',
    options: ['show: linear.functions', 'where: { hidden: 4 }', 'at: [0, 20]'],
    words: ['input x', 'output', 'network', 'linearised network', 'true function', 'step 20'],
    says: /outputs of net and of the linearised network as lines\. .*step 0: from \S+ to \S+, linearised: from /i,
  },
  'decay by direction': {
    sees: 'Solid lines, one for each of three directions, fall or stay level, with dashed ones beside them.',
    options: ['show: along.decay', 'facet: [hidden]', 'components: 3'],
    words: ['step', 'residual along the direction', 'component 1', 'component 3', 'measured', '4 hidden units'],
    says: /^Residuals of net along left singular vectors, on a logarithmic axis\. 4 hidden units, component 1: measured from /,
  },
  'singular values': {
    sees: 'Dots fall slowly and then drop by many powers of ten past a dashed rule, where a label gives the rank.',
    options: ['show: spectrum.singular-values', 'facet: [hidden]'],
    words: ['index', 'singular value', 'tolerance of the rank', 'step 0', 'step 20'],
    says: /gradient features of net, on a logarithmic axis.*4 hidden units, step 0: 13 singular values, the largest \S+, and rank \d+, as many as are above the tolerance \S+, the smallest of these /,
  },
  'principal features': {
    sees: 'Four curves stand one above the other with their sizes on the right, the upper ones with fewer changes of sign.',
    options: ['show: spectrum.principal-features', 'where: { hidden: 4 }', 'components: 4'],
    words: ['component', '1', '4', 'input x', 'step 0', 'step 20', 'on the right its singular value'],
    says: /principal features of net.*step 0: 4 principal features, the first 4 singular values .*step 20: 4 principal/i,
  },
  'principal features by component': {
    sees: 'Each of four panels has two curves, one for each step, of about the same form but for the last.',
    options: ['show: spectrum.principal-features', 'where: { hidden: 4 }', 'components: 4', 'facet: component'],
    words: ['component 1', 'component 4', 'input x', 'training inputs', 'step 0', 'step 20'],
    says: /principal features/i,
  },
  'many principal features': {
    sees: 'Three orange lines reach far from zero, and the others stay near it.',
    options: ['show: spectrum.principal-features', 'where: { hidden: 5 }', 'components: 14'],
    words: ['input x', 'principal feature', 'the first 3', 'the others'],
    says: /principal features/i,
  },
  'very many principal features': {
    sees: 'Three orange lines reach far from zero, and the pale band of all others stays near it.',
    options: ['show: wide-spectrum.principal-features', 'components: 70', 'at: [20]'],
    words: ['70 features, 30 drawn', 'the first 3', 'range of the others'],
    says: /step 20: 70 principal features, the first 8 singular values .*of more than 60 lines/i,
  },
  'own specification': {
    sees: 'Two lines of test errors over 20 updates: one falls, one stays.',
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
    says: /6 rows of net: hidden 4 and 5; step 0, 10 and 20; test-error \S+, /i,
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
/** Four corners of a square, of which opposite ones are alike. */
export const planeFiles = {
  'report/plane.csv': `a,b,kind\n${Array.from({ length: 60 }, (_, index) => {
    const [right, high] = [index % 2, (index >> 1) % 2];
    const [a, b] = [right - 0.5 + 0.35 * Math.sin(3 * index), high - 0.5 + 0.35 * Math.cos(5 * index)];
    return `${a.toFixed(3)},${b.toFixed(3)},${right === high ? 1 : 0}\n`;
  }).join('')}`,
};

/** Samples of these, and a training that tells them apart. */
export const planeSteps = [
  block('dataset #plane', 'function: { csv: { file: plane.csv, inputs: [a, b], target: kind } }'),
  block(
    'train #apart',
    'data: plane',
    'network: { hidden: [12] }',
    'optimizer: { kind: adam, rate: 0.02 }',
    'steps: 400',
    'checkpoints: { every: 40 }',
  ),
];

const widths = 'network.hidden: [[4], [5]]';

const steps = [
  waves,
  ...planeSteps,
  block('dataset #tiles', 'function: { teacher: { hidden: [3], inputs: 9 } }', 'samples: 12', 'test: none'),
  train('tiled', '{ hidden: [4] }').replace('data: waves', 'data: tiles').replace('batch: 10', 'batch: 5'),
  train('net', '{ hidden: [4], elbows: uniform }', `sweep: { ${widths} }`),
  train('slower', '{ hidden: [4], elbows: uniform }', `sweep: { ${widths}, optimizer.rate: [0.01] }`),
  train('seeds', '{ hidden: [4] }', `sweep: { ${widths} }`, 'seed: { count: 5 }'),
  train('rates', '{ hidden: [4] }', 'sweep: { optimizer.rate: [0.001, 0.01, 0.1] }', 'seed: { count: 4 }'),
  train('ways', '{ hidden: [4] }', `sweep: { network.activation: [relu, tanh, gelu], ${widths} }`),
  train('wide', '{ hidden: [40, 40] }'),
  block('features #grads', 'of: net', 'at: [0, 20]'),
  block('linearize #linear', 'of: net', 'on: { grid: 40 }', 'threshold: 0.5'),
  block('project #along', 'onto: spectrum'),
  block('kernel #products', 'of: net', 'at: [0, 20]', 'on: { grid: 40 }'),
  block('kernel #pair', 'of: wide', 'at: [20]', 'on: { grid: 40 }', 'against: wide'),
  block('svd #spectrum', 'of: net', 'at: [0, 20]', 'on: { grid: 50 }'),
  block('features #wide-grads', 'of: wide', 'at: [0, 20]', 'on: { grid: 300 }'),
  block('curvature #sharp', 'of: net'),
  block('spectral #frequencies', 'of: net', 'points: 32'),
  block('elbows #bends', 'of: net'),
  block('elbows #wide-bends', 'of: wide', 'at: [0, 20]'),
  block('svd #wide-spectrum', 'of: wide', 'at: [20]', 'rows: { grid: 80 }', 'on: { grid: 100 }'),
];

/** Of its figure in the page. */
export const idOf = (name: string): string => `fig-${name.replaceAll(' ', '-')}`;

/** The whole gallery as one page of a report. */
export function galleryPage(): string {
  const figures = Object.entries(gallery).map(([name, { options }]) => block(`figure #${idOf(name)}`, ...options));
  return page(...steps, ...figures);
}
