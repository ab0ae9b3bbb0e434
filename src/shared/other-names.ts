/**
 * What PyTorch, Keras, scikit-learn, JAX, pandas, matplotlib, Quarto and others call what has another name here, so that
 * a problem can say what to write. Names are compared without case, hyphens, underscores, dots and blanks: "learning rate"
 * stands for learning_rate, learningRate and learning-rate.
 */
import { dictionary } from './dictionary.js';

/** The names that something of ours has elsewhere, by its own name. */
export type Elsewhere = Readonly<Record<string, readonly string[]>>;

export interface OtherNames {
  /** By the path of an option of this kind. */
  readonly options?: Elsewhere;
  /** What is no option of this kind by any name, and what to do instead. */
  readonly advice?: readonly { readonly names: readonly string[]; readonly hint: string }[];
  /** Values of an option, by its path, and what to write in their place. */
  readonly values?: Readonly<Record<string, readonly OtherValue[]>>;
}

interface OtherValue {
  /** Names as above, without a module before and a call behind them; or the form of what is written. */
  readonly names: readonly string[] | RegExp;
  readonly write: string | ((written: string) => string);
}

const seedNames = ['random state', 'random seed', 'manual seed', 'rng', 'rng seed', 'prng key', 'key', 'set seed'];
const trainingNames = ['model', 'net', 'network', 'training', 'run', 'from', 'estimator'];
const captionNames = ['title', 'fig cap', 'tbl cap', 'tab cap', 'cap', 'legend', 'description', 'fig title'];

const endChoices: readonly OtherValue[] = [
  { names: ['final', 'end', 'latest', 'best', 'best.pt', '-1'], write: 'write [last]' },
  { names: ['first', 'init', 'start', 'initial'], write: 'write [0]' },
];
const checkpointChoices: readonly OtherValue[] = [
  ...endChoices,
  { names: ['all', ':'], write: 'list the steps, as in [0, 1000, last]' },
];
/** Of what is looked at over the course of a training. */
const courseChoices: readonly OtherValue[] = [...endChoices, { names: ['every', ':'], write: 'write all' }];

const courseNames = ['checkpoint', 'checkpoints', 'step', 'steps', 'epoch', 'epochs', 'iteration'];

const gradientNames: OtherNames = {
  options: {
    of: trainingNames,
    at: courseNames,
    parameters: ['params', 'weights', 'layer', 'layers', 'variables', 'wrt', 'argnums'],
    on: ['data', 'inputs', 'x', 'points', 'eval on', 'grid', 'dataset'],
    'on.grid': ['linspace', 'num points', 'n points'],
  },
  values: { at: checkpointChoices },
};

const pixels: readonly OtherValue[] = [
  {
    names: /^\d+(?:\.\d+)?\s*px$/,
    write: (written) => `write ${Math.round(Number.parseFloat(written))}, without a unit`,
  },
  { names: /./, write: 'write a number of CSS pixels, such as 400' },
];

/** By what they belong to: a kind of directive, front matter, or colophon.yaml. */
export const otherNames = dictionary<OtherNames>({
  results: {
    options: {
      from: ['file', 'files', 'path', 'paths', 'folder', 'logdir', 'glob', 'pattern', 'url', 'filename', 'data'],
      arrays: ['columns', 'usecols', 'names', 'keys', 'tags', 'scalars', 'variables'],
      axes: ['dims', 'dimensions', 'coords', 'index', 'shape', 'axis'],
      by: ['group by', 'hue', 'split by', 'runs', 'coordinates'],
      source: ['credit', 'provenance', 'origin', 'citation', 'author', 'description', 'by whom'],
    },
    advice: [
      {
        names: ['seed', 'seeds'],
        hint: 'name it in braces, as in seed={seed}.npz, or in "by", where a file holds several',
      },
    ],
  },
  dataset: {
    options: {
      function: ['target', 'f', 'fn', 'func', 'generator', 'type', 'target function'],
      samples: ['n samples', 'num samples', 'n', 'size', 'n points', 'num points', 'count', 'n train', 'length'],
      inputs: ['sampling', 'x', 'spacing', 'distribution'],
      domain: ['range', 'interval', 'bounds', 'xlim', 'limits', 'low high', 'x range'],
      noise: ['sigma', 'std', 'noise std', 'noise level', 'stddev', 'noise scale', 'scale'],
      seed: seedNames,
      'function.csv': ['data files'],
      'function.csv.inputs': ['features', 'feature columns', 'columns', 'usecols', 'x cols'],
      'function.csv.target': ['label', 'labels', 'y', 'target column', 'output', 'y col'],
      'function.csv.file': ['path', 'filename', 'url', 'source', 'filepath or buffer'],
      'function.sine.frequency': ['freq', 'omega', 'w', 'k'],
      'function.csv.categorical': [
        'cat features',
        'categorical features',
        'categories',
        'one hot',
        'dummies',
        'factors',
      ],
      'function.expression': ['formula', 'y', 'equation', 'lambda'],
      'function.arrays': ['npz', 'npy', 'numpy'],
      standardize: ['normalize', 'transform', 'scaler', 'standardise', 'scaling'],
      labels: ['label noise', 'noisy labels', 'random labels', 'corruption', 'flip y'],
      features: ['n features', 'num features', 'input dim', 'dimensions', 'dim', 'd'],
      'test.grid': ['test points'],
      'test.samples': ['test samples', 'n test', 'num test'],
    },
    advice: [
      {
        names: ['test size', 'test split', 'train size', 'validation split', 'val split', 'split', 'test fraction'],
        hint: 'write test: { fraction: 0.2 } for a CSV file, test: { grid: 1000 } for a function',
      },
      {
        names: ['shuffle', 'batch size', 'num workers', 'drop last'],
        hint: 'leave it out: "batch" of the training says how samples are drawn',
      },
    ],
    values: {
      function: [
        {
          names: /\.(?:csv|tsv|txt)$/i,
          write: (file) => `write { csv: { file: ${file}, inputs: [x], target: y } } with the names of its columns`,
        },
        {
          names: /\.np[yz]$/i,
          write: (file) => `write { arrays: { file: ${file}, inputs: x, target: y } } with the names of its arrays`,
        },
        { names: ['make_moons', 'two moons'], write: 'write moons' },
        { names: ['make_circles'], write: 'write circles' },
        { names: ['spiral', 'two spirals'], write: 'write spirals' },
        { names: ['sin', 'sine', 'cos', 'cosine', 'sinus'], write: 'write { sine: { frequency: 1 } }' },
        { names: ['heaviside', 'sign', 'step function'], write: 'write step' },
        { names: ['pwl', 'linear', 'piecewise'], write: 'write piecewise-linear' },
      ],
      domain: [{ names: /./, write: 'write where it starts and ends, as in [0, 1]' }],
      inputs: [
        { names: ['random', 'rand', 'iid'], write: 'write uniform' },
        { names: ['gaussian', 'randn'], write: 'write normal' },
        { names: ['linspace', 'arange', 'even', 'regular', 'meshgrid'], write: 'write grid' },
      ],
    },
  },
  train: {
    options: {
      data: ['dataset', 'train data', 'training data', 'x', 'train loader', 'loader', 'on'],
      network: ['model', 'net', 'architecture', 'mlp', 'module'],
      'network.hidden': [
        ...['layers', 'hidden layers', 'hidden layer sizes', 'hidden size', 'hidden dim', 'hidden dims', 'width'],
        ...['widths', 'hidden units', 'units', 'hidden features', 'layer sizes', 'features'],
      ],
      'network.activation': ['act', 'nonlinearity', 'activation function', 'activation fn', 'act fn'],
      'network.initial': ['init', 'initializer', 'kernel initializer', 'weight init', 'init fn', 'initialization'],
      'network.elbows': ['kinks', 'bias init', 'knots'],
      'network.parametrization': ['parameterization', 'param', 'width scaling', 'scaling', 'mup'],
      'output-scale': ['alpha', 'scale', 'output multiplier', 'lazy scale', 'output factor'],
      centered: ['center', 'centred', 'zero start', 'subtract start', 'symmetrized'],
      parameters: ['trainable', 'params', 'trainable params', 'train layers'],
      loss: ['criterion', 'loss fn', 'loss function', 'objective'],
      optimizer: ['optim', 'optimiser', 'opt', 'algorithm', 'solver', 'method', 'tx'],
      'optimizer.kind': ['name', 'type', 'algorithm', 'class', 'optimizer'],
      'optimizer.rate': ['lr', 'learning rate', 'learning rate init', 'step size', 'eta', 'eta0', 'base lr'],
      'optimizer.momentum': ['beta', 'mu', 'mom'],
      'optimizer.weight-decay': ['wd', 'l2', 'decay', 'l2 regularization', 'lambda', 'kernel regularizer', 'alpha'],
      'optimizer.epsilon': ['eps'],
      'optimizer.alpha': ['rho', 'smoothing', 'discounting factor', 'smoothing constant'],
      'optimizer.nesterov': ['nag', 'accelerated', 'use nesterov'],
      'optimizer.penalty': ['alpha', 'lambda', 'lam', 'l2', 'ridge', 'reg', 'regularization', 'lmbda', 'weight decay'],
      batch: ['batch size', 'minibatch', 'minibatch size', 'bs'],
      'batch.size': ['batch size', 'minibatch size', 'n', 'k', 'length'],
      'batch.with-replacement': ['replacement', 'replace', 'bootstrap'],
      steps: [
        ...['num steps', 'n steps', 'max steps', 'iterations', 'n iter', 'max iter', 'num iterations', 'updates'],
        ...['train steps', 'iters', 'total steps', 'num updates'],
      ],
      'checkpoints.every': [
        ...['checkpoint every', 'save every', 'save freq', 'log every', 'log interval', 'eval every', 'interval'],
        ...['save steps', 'eval steps', 'logging steps', 'frequency', 'freq', 'period', 'save interval'],
      ],
      'checkpoints.and': ['at', 'steps', 'also', 'extra'],
      checkpoints: ['checkpoint', 'snapshots', 'save', 'callbacks', 'record', 'log'],
      seed: seedNames,
    },
    advice: [
      {
        names: ['epochs', 'epoch', 'num epochs', 'n epochs', 'max epochs', 'num train epochs', 'nb epoch'],
        hint: 'write "steps", which counts updates: one epoch is samples / batch of them',
      },
      {
        names: ['metrics'],
        hint: 'leave it out: losses are recorded at every checkpoint, and of classes their accuracy and counts',
      },
      {
        names: [
          ...['lr scheduler', 'scheduler', 'lr schedule', 'schedule', 'learning rate schedule', 'warmup', 'lr decay'],
          ...['warmup steps', 'gamma', 'step lr', 'cosine decay', 'annealing', 'learning rate decay'],
        ],
        hint: 'write it as the rate: rate: { schedule: cosine, from: 0.1, to: 0, period: 10000 }',
      },
      {
        names: ['dampening', 'amsgrad', 'maximize', 'fused', 'foreach', 'capturable', 'clipnorm'],
        hint: 'leave it out: there is no such variant here',
      },
      {
        names: ['beta 1', 'beta 2', 'b1', 'b2', 'beta1', 'beta2'],
        hint: 'write both in one option: betas: [0.9, 0.999]',
      },
      {
        names: ['n layers', 'num layers', 'depth', 'num hidden layers', 'n hidden'],
        hint: 'list the width of each hidden layer: network: { hidden: [10, 10] }',
      },
      {
        names: ['dropout', 'batch norm', 'layer norm', 'residual', 'bias', 'use bias', 'in features', 'out features'],
        hint: 'leave it out: networks are fully connected, with a bias in every layer, as many inputs as the data have, and one output, or one for each class',
      },
      {
        names: ['early stopping', 'patience', 'tol', 'n iter no change', 'min delta'],
        hint: 'leave it out: a training takes all its steps; choose a checkpoint where it is shown',
      },
      {
        names: ['bias initializer', 'zero init', 'init bias'],
        hint: 'leave it out: biases start as "initial" says; network: { elbows: uniform } places the kinks',
      },
      {
        names: ['shuffle', 'sampler', 'data loader', 'num workers', 'drop last'],
        hint: 'leave it out: each step draws its batch anew; batch: { size: 10, with-replacement: true } draws as numpy.random.choice does',
      },
      { names: ['dtype', 'precision', 'amp', 'mixed precision'], hint: 'leave it out: the device decides it' },
      { names: ['validation split', 'val split', 'validation data', 'test size'], hint: 'write "test" in the dataset' },
    ],
    values: {
      loss: [
        { names: ['mse loss', 'mean squared error', 'l2', 'squared error', 'regression'], write: 'write mse' },
        {
          names: [
            'cross entropy loss',
            'categorical crossentropy',
            'sparse categorical crossentropy',
            'nll loss',
            'softmax',
          ],
          write: 'write cross-entropy',
        },
        {
          names: ['bce', 'bce loss', 'bce with logits loss', 'binary crossentropy', 'log loss', 'sigmoid'],
          write: 'write logistic',
        },
      ],
      'optimizer.kind': [
        {
          names: ['nadam', 'adamax', 'radam', 'amsgrad', 'adabelief', 'lion'],
          write: 'write adam, or adamw, whose weight-decay is not added to the gradient',
        },
        {
          names: ['adagrad', 'adadelta', 'lamb', 'rprop'],
          write: 'write rmsprop or adam',
        },
        { names: ['momentum'], write: 'write { kind: sgd, momentum: 0.9, rate: 0.01 }' },
        { names: ['nesterov', 'nag'], write: 'write { kind: sgd, momentum: 0.9, nesterov: true, rate: 0.01 }' },
        { names: ['gd', 'gradient descent', 'batch gradient descent'], write: 'write sgd' },
        {
          names: ['lbfgs', 'kernel ridge', 'tikhonov', 'newton', 'ridge regression'],
          write: 'write ridge',
        },
        { names: ['lstsq', 'ols', 'minimum norm', 'pinv', 'linear regression'], write: 'write least-squares' },
      ],
      'network.initial': [
        { names: ['he', 'he uniform', 'kaiming'], write: 'write kaiming-uniform' },
        { names: ['he normal'], write: 'write kaiming-normal' },
        { names: ['glorot', 'glorot uniform', 'xavier'], write: 'write xavier-uniform' },
        { names: ['glorot normal'], write: 'write xavier-normal' },
        { names: ['semi-orthogonal', 'delta orthogonal'], write: 'write orthogonal' },
        { names: ['normal', 'gaussian', 'lecun normal', 'standard'], write: 'write { weight: 1, bias: 1 }' },
        { names: ['default', 'linear'], write: 'write pytorch' },
      ],
      'network.activation': [
        { names: ['hard tanh', 'tan h'], write: 'write tanh' },
        { names: ['logistic', 'hard sigmoid', 'expit'], write: 'write sigmoid' },
        { names: ['swish', 'hard swish', 'mish'], write: 'write silu' },
        { names: ['sin', 'siren', 'cos', 'snake'], write: 'write sine' },
        { names: ['softsign', 'arctan', 'atan'], write: 'write tanh or erf' },
        { names: ['elu', 'selu', 'celu'], write: 'write gelu or softplus' },
        { names: ['linear', 'none', 'no activation'], write: 'write identity' },
        { names: ['prelu', 'rrelu'], write: 'write leaky-relu' },
      ],
      'optimizer.rate.schedule': [
        { names: ['linear', 'warmup', 'linear lr'], write: 'write warm-up' },
        { names: ['step', 'multi step', 'multi step lr', 'constant', 'milestones'], write: 'write piecewise' },
        { names: ['exp', 'exponential lr', 'decay', 'exponential decay'], write: 'write exponential' },
        { names: ['cosine annealing', 'cosine decay', 'cosine annealing lr', 'cos'], write: 'write cosine' },
      ],
      'optimizer.betas': [{ names: /./, write: 'write both: [0.9, 0.999]' }],
      parameters: [{ names: ['last', 'last layer', 'head', 'readout', 'output layer'], write: 'write output' }],
      batch: [{ names: ['all', 'none', 'full batch'], write: 'write full' }],
    },
  },
  features: gradientNames,
  kernel: {
    ...gradientNames,
    options: {
      ...gradientNames.options,
      parameters: ['params', 'weights', 'variables', 'wrt', 'argnums'],
      normalize: ['normalise', 'normalization', 'scale', 'metric', 'similarity', 'cosine'],
      layers: ['layer', 'by layer', 'layerwise', 'per layer', 'blocks'],
      compare: ['reference', 'baseline', 'relative to', 'compare to', 'drift'],
      against: ['other', 'versus', 'vs', 'with', 'compare with', 'second'],
    },
  },
  linearize: {
    options: {
      of: trainingNames,
      at: ['checkpoint', 'around', 'linearize at', 'expansion point'],
      steps: ['checkpoints', 'times', 'ts', 'epochs', 'iterations'],
      on: ['data', 'inputs', 'x', 'points', 'eval on', 'grid', 'dataset'],
      'on.grid': ['linspace', 'num points', 'n points'],
      ridge: ['penalty', 'penalties', 'alpha', 'alphas', 'lambda', 'l2', 'regularization'],
      threshold: ['tolerance', 'tol', 'parting', 'epsilon'],
    },
  },
  project: {
    options: {
      onto: ['svd', 'basis', 'spectrum', 'directions', 'vectors'],
      step: ['at', 'checkpoint', 'from step'],
      of: trainingNames,
      components: ['n components', 'k', 'num components', 'top k', 'modes'],
    },
  },
  curvature: {
    options: {
      ...{ of: trainingNames, at: courseNames },
      eigenvalues: ['k', 'n components', 'top k', 'num eigenvalues', 'top n', 'neigs'],
    },
    values: { at: courseChoices },
  },
  'limit-kernel': {
    options: {
      of: trainingNames,
      on: ['data', 'inputs', 'x', 'points', 'eval on', 'grid', 'dataset'],
      'weight-variance': ['w std', 'sigma w', 'weight std', 'w var', 'weight scale'],
      'bias-variance': ['b std', 'sigma b', 'bias std', 'b var', 'bias scale'],
    },
    advice: [
      { names: ['at', 'step', 'steps', 'checkpoint'], hint: 'leave it out: these are the kernels before training' },
    ],
  },
  spectral: {
    options: {
      of: trainingNames,
      at: courseNames,
      points: ['n', 'grid', 'samples', 'n points', 'num points', 'n fft'],
    },
    values: { at: courseChoices },
  },
  elbows: { options: { of: trainingNames, at: courseNames }, values: { at: courseChoices } },
  svd: {
    options: {
      ...gradientNames.options,
      precision: ['dtype', 'rcond', 'tol'],
      penalties: ['lambda', 'lambdas', 'alpha', 'alphas', 'penalty', 'ridge', 'reg'],
      method: ['solver', 'algorithm', 'driver'],
    },
    advice: [
      {
        names: ['k', 'n components', 'rank', 'full matrices', 'num components', 'top k'],
        hint: 'leave it out: all are computed; "components" of a figure says how many are shown',
      },
    ],
    values: { at: checkpointChoices, method: [{ names: ['lapack', 'full', 'exact', 'gesdd'], write: 'write direct' }] },
  },
  figure: {
    options: {
      show: ['plot', 'picture', 'of', 'data', 'what', 'draw', 'source', 'results', 'kind', 'type'],
      facet: ['hue', 'by', 'col', 'row', 'subplots', 'panels', 'color', 'colour', 'wrap', 'group', 'col wrap', 'grid'],
      where: ['filter', 'query', 'select', 'subset', 'runs'],
      at: ['checkpoint', 'checkpoints', 'step', 'steps', 'epoch', 'epochs'],
      parameters: ['params', 'weights', 'layers'],
      components: ['n components', 'k', 'num components'],
      slice: ['x0', 'cut', 'section'],
      move: ['drag', 'shift', 'nudge', 'perturb', 'delta'],
      shape: ['image shape', 'image size', 'pixels', 'reshape', 'imshape'],
      bins: ['n bins', 'maxbins', 'breaks'],
      over: ['against', 'versus', 'across'],
      order: ['sort by', 'group by'],
      slider: ['interactive', 'widget', 'animate', 'animation frame', 'sliders'],
      caption: captionNames,
      alt: ['fig alt', 'alt text'],
      width: ['out width', 'fig width'],
      height: ['out height', 'fig height'],
      wide: ['full width', 'column', 'fig column'],
      'vega-lite': ['vega', 'spec', 'chart', 'altair', 'specification'],
    },
    advice: [
      {
        names: ['figsize', 'fig size', 'size', 'fig asp', 'aspect'],
        hint: 'write width: 400 and height: 300, in CSS pixels of one panel',
      },
      {
        names: ['xlabel', 'ylabel', 'style', 'cmap', 'palette', 'linewidth', 'marker'],
        hint: 'leave it out, or draw a picture of your own with "columns" and "vega-lite"',
      },
      { names: ['xlim', 'ylim', 'xscale', 'yscale', 'log'], hint: 'write x: { min: 0, max: 1, scale: log }, or y' },
      { names: ['id', 'name', 'ref', 'fig id', 'label'], hint: 'write it after the kind: ```figure #fig-name' },
      {
        names: ['fig align', 'align', 'fig pos', 'dpi', 'fig format', 'fig env', 'echo', 'eval', 'code fold'],
        hint: 'leave it out',
      },
    ],
    values: { width: pixels, height: pixels, wide: [{ names: ['yes', 'on', 'page', 'screen'], write: 'write true' }] },
  },
  table: {
    options: {
      rows: ['index', 'data', 'of', 'results', 'models', 'runs', 'show', 'from'],
      columns: ['values', 'metrics', 'cols', 'fields', 'y', 'measures'],
      where: ['filter', 'query', 'select', 'subset'],
      caption: captionNames,
      seeds: ['aggfunc', 'agg', 'aggregate', 'errorbar', 'estimator', 'reduce'],
      'columns.format': ['floatfmt', 'fmt'],
    },
    advice: [
      {
        names: ['digits', 'precision', 'decimals', 'round', 'float format', 'format', 'floatfmt'],
        hint: 'give the column a format: columns: [{ value: test-error, format: .3f }]',
      },
      {
        names: ['header', 'headers', 'col names', 'labels'],
        hint: 'give the column a label: columns: [{ value: test-error, label: Error }]',
      },
      { names: ['std', 'mean', 'group by', 'groupby', 'ci'], hint: 'write seeds: mean, or seeds: median' },
      { names: ['id', 'name', 'ref', 'label'], hint: 'write it after the kind: ```table #tbl-name' },
      { names: ['sort', 'sort by', 'order by'], hint: 'leave it out: readers sort a table by a click on its head' },
    ],
    values: {
      seeds: [
        { names: ['std', 'average', 'avg', 'sd', 'mean std'], write: 'write mean' },
        { names: ['iqr', 'quartiles', 'quantiles'], write: 'write median' },
        { names: ['all', 'none', 'separate'], write: 'write each' },
      ],
    },
  },
  claim: {
    options: {
      that: ['assert', 'condition', 'expr', 'expression', 'test', 'check', 'if'],
      sentence: ['text', 'message', 'msg', 'statement', 'caption', 'claim'],
    },
  },
  'front-matter': {
    options: {
      authors: ['author', 'by', 'creator'],
      description: ['abstract', 'summary', 'subtitle', 'excerpt', 'desc', 'lead'],
      order: ['nav order', 'weight', 'position', 'sidebar position', 'sort', 'number', 'index'],
      language: ['lang', 'locale'],
      licence: ['license', 'rights', 'copyright'],
      date: ['date modified', 'published', 'publish date', 'created', 'lastmod', 'updated', 'pub date'],
      title: ['pagetitle', 'nav title', 'short title'],
      fold: ['code fold'],
    },
    advice: [
      { names: ['bibliography', 'bib', 'references'], hint: 'write it in colophon.yaml, for all pages' },
      { names: ['csl', 'citation style'], hint: 'write citation-style in colophon.yaml, for all pages' },
      { names: ['nocite'], hint: 'cite them in the text: the list at the end has what the page cites' },
      { names: ['number sections'], hint: 'write number-sections: true in colophon.yaml, for all pages' },
      {
        names: [
          ...['format', 'output', 'jupyter', 'kernelspec', 'execute', 'engine', 'layout', 'toc', 'tags', 'slug'],
          ...['categories', 'theme', 'jupytext', 'params', 'knitr', 'permalink', 'keywords', 'editor', 'template'],
          ...['image', 'header includes', 'html document', 'filters', 'hide', 'type', 'id', 'aliases'],
        ],
        hint: 'leave it out',
      },
    ],
  },
  'colophon.yaml': {
    options: {
      title: ['site name', 'site title', 'name', 'website', 'book'],
      url: ['site url', 'base url', 'canonical url', 'repo url', 'homepage'],
      language: ['lang', 'locale', 'default language', 'language code'],
      bibliography: ['bib', 'references', 'bibtex bibfiles', 'bib file', 'bibtex'],
      'citation-style': ['csl', 'biblio style', 'citation', 'sphinx bibtex style', 'cite style', 'cite method'],
      'number-sections': ['numbered sections', 'section numbers', 'numbering', 'secnum'],
    },
    advice: [
      {
        names: [
          ...['project', 'format', 'execute', 'theme', 'nav', 'toc', 'extensions', 'markdown extensions'],
          ...['output', 'output dir', 'sidebar', 'version', 'myst', 'site', 'parts', 'sphinx', 'launch buttons'],
        ],
        hint: 'leave it out: pages are ordered by "order" in their front matter, and theme.css changes the look',
      },
      { names: ['author', 'authors'], hint: 'write authors in the front matter of the first page' },
      { names: ['description'], hint: 'write description in the front matter of the first page' },
    ],
  },
});

/** Fields of front matter that are ours by another name: they are read as if they had it. */
export const sameFields = dictionary<string>({ author: 'authors', lang: 'language', license: 'licence' });

/** Results of steps, in numbers in the text, claims, tables and columns. */
export const otherResults: Elsewhere = {
  'test-error': [
    'test loss',
    'val loss',
    'validation loss',
    'test mse',
    'mse',
    'test',
    'generalization error',
    'score',
    'eval loss',
    'val mse',
    'valid loss',
  ],
  'train-error': ['loss', 'train loss', 'training loss', 'train mse', 'train', 'training error'],
  'batch-error': ['batch loss', 'minibatch loss', 'running loss', 'step loss'],
  'parameter-count': ['params', 'num parameters', 'n params', 'count params', 'num params', 'size', 'parameters'],
  'singular-values': ['s', 'sigma', 'singular value', 'spectrum', 'eigenvalues', 'svals', 'svdvals'],
  rank: ['matrix rank', 'numerical rank'],
  hessian: ['sharpness', 'top eigenvalue', 'max eigenvalue', 'lambda max', 'hessian eigenvalue'],
  step: ['epoch', 'iteration', 'iter', 'global step'],
  inputs: ['x', 'x train', 'features'],
  targets: ['y', 'y train', 'labels'],
  'test-inputs': ['x test'],
  'test-targets': ['y test'],
};

/** Pictures of steps. */
export const otherPictures: Elsewhere = {
  'learning-curves': [
    'loss',
    'losses',
    'loss curve',
    'loss curves',
    'history',
    'train loss',
    'test error',
    'train error',
    'test loss',
    'curve',
    'curves',
    'convergence',
    'error',
  ],
  fit: ['predictions vs x', 'prediction', 'predict', 'regression', 'model', 'output', 'function', 'curve fit', 'plot'],
  scatter: ['points', 'dots', 'pairs', 'xy plot'],
  predictions: ['parity', 'predicted vs actual', 'pred vs true', 'y pred'],
  'residual-histogram': ['residuals', 'errors', 'residual', 'error histogram'],
  'parameter-histogram': ['histogram', 'weights', 'weight histogram', 'parameters', 'params'],
  'parameters-by-step': ['trajectories', 'weights by step', 'parameter trajectories', 'weights over time'],
  elbows: ['kinks', 'knots', 'breakpoints'],
  'singular-values': ['spectrum', 'scree', 's', 'eigenvalues', 'svd', 'singular value'],
  'principal-features': ['components', 'eigenvectors', 'modes', 'eigenfunctions', 'pca', 'u'],
  features: ['gradients', 'jacobian', 'activations', 'grad', 'gradient'],
  kernel: ['ntk', 'gram', 'gram matrix', 'heatmap'],
  data: ['samples', 'dataset', 'train data', 'plot', 'xy'],
};

/** Devices, in front matter, in directives and on the command line. */
export const otherDevices: Elsewhere = {
  cpu: ['processor', 'host'],
  gpu: ['cuda', 'cuda 0', 'mps', 'metal', 'vulkan', 'xpu', 'rocm'],
  tfjs: ['tensorflow', 'tf'],
};
