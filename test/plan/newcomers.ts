/**
 * Fifty slips of newcomers, as people make them who know PyTorch, Keras, scikit-learn, JAX, Quarto, R Markdown, Jupyter
 * Book, LaTeX or another generator: where the problem must stand, and what it must tell them to write.
 */
import { block, page, waves } from '../report-folder.js';

export interface Slip {
  /** What the newcomer knows. */
  readonly from: string;
  /** The report's files; ⟦ stands before the place of the problem. */
  readonly files: Readonly<Record<string, string>>;
  /** What the problem has to say in so many words. */
  readonly write: string;
}

const optimizer = 'optimizer: { kind: sgd, rate: 0.1 }';
const network = 'network: { hidden: [4] }';

/** A training, with these lines in place of its own of the same option. */
function net(...lines: readonly string[]): string {
  const given = new Set(lines.map((line) => line.replace('⟦', '').split(':')[0]));
  const own = ['data: waves', network, optimizer, 'steps: 10'].filter((line) => !given.has(line.split(':')[0] ?? ''));
  return block('train #net', ...own, ...lines);
}

const plain = net();

const inPage = (from: string, write: string, ...blocks: readonly string[]): Slip => ({
  from,
  write,
  files: { 'index.md': page(...blocks) },
});
const training = (from: string, write: string, ...lines: readonly string[]): Slip =>
  inPage(from, write, waves, net(...lines));
const data = (from: string, write: string, ...lines: readonly string[]): Slip =>
  inPage(from, write, block('dataset #d', ...lines));
const figure = (from: string, write: string, ...lines: readonly string[]): Slip =>
  inPage(from, write, waves, plain, block('figure #fig-a', ...lines));
const table = (from: string, write: string, ...lines: readonly string[]): Slip =>
  inPage(from, write, waves, plain, block('table #tbl-a', ...lines));
const prose = (from: string, write: string, ...text: readonly string[]): Slip =>
  inPage(from, write, waves, plain, ...text);
const setting = (from: string, write: string, text: string): Slip => ({
  from,
  write,
  files: { 'index.md': page('Text.'), 'colophon.yaml': text },
});

export const slips: readonly Slip[] = [
  training('PyTorch', 'write rate: 0.1', 'optimizer: { kind: sgd, ⟦lr: 0.1 }'),
  training('PyTorch', 'write { kind: adam }', 'optimizer: ⟦torch.optim.Adam'),
  training('PyTorch', 'did you mean "adamw"?', 'optimizer: { kind: ⟦AdamW, rate: 0.01 }'),
  training('PyTorch', 'write momentum: 0.9 beside it', 'optimizer: { kind: sgd, rate: 0.1, nesterov: ⟦true }'),
  training('PyTorch', 'write epsilon: 1e-8', 'optimizer: { kind: adam, ⟦eps: 1e-8 }'),
  training('PyTorch', 'write "steps", which counts updates: one epoch is samples / batch of them', '⟦num_epochs: 100'),
  training('PyTorch', 'write optimizer: { kind: sgd, rate: 0.1, weight-decay: 0.01 }', '⟦weight_decay: 0.01'),
  training('PyTorch', 'write "loss"', '⟦criterion: MSELoss'),
  training('Keras', 'write network: { hidden: [4], activation: tanh }', '⟦activation: tanh'),
  training('Keras', 'write checkpoints: { every: 100 }', '⟦save_freq: 100'),
  training('Keras', 'betas: [0.9, 0.999]', 'optimizer: { kind: adam, ⟦beta_1: 0.9 }'),
  training('Keras', 'write { hidden: [64, 64] }', 'network: ⟦[64, 64]'),
  training('scikit-learn', 'write network: { hidden: [10, 10] }', '⟦hidden_layer_sizes: [10, 10]'),
  training('scikit-learn', 'write steps: 200', '⟦maxIter: 200'),
  training(
    'scikit-learn',
    'write penalty: 0.1',
    'parameters: output',
    'optimizer: { kind: ridge, ⟦alpha: 0.1 }',
    'steps: 1',
  ),
  training('scikit-learn', 'write seed: 0', '⟦random_state: 0'),
  training(
    'optax',
    'write it as the rate: rate: { schedule: cosine, from: 0.1, to: 0, period: 10000 }',
    '⟦lr_schedule: cosine_decay',
  ),
  training('optax', 'write { every: 100 }', 'checkpoints: ⟦100'),
  training('JAX', 'write batch: 5', '⟦batchSize: 5'),
  data('scikit-learn', 'write samples: 100', 'function: step', '⟦n_samples: 100'),
  data('scikit-learn', 'write test: { fraction: 0.2 }', 'function: step', 'samples: 50', '⟦test_size: 0.2'),
  data('NumPy', 'write { sine: { frequency: 1 } }', 'function: ⟦sin(x)', 'samples: 50'),
  data('pandas', 'write { csv: { file: points.csv, inputs: [x], target: y } }', 'function: ⟦points.csv'),
  data('PyTorch', 'write { grid: 50 }', 'function: step', 'samples: 50', 'test: ⟦50'),
  data('NumPy', 'write domain: [-1, 1]', 'function: step', 'samples: 50', '⟦xlim: [-1, 1]'),
  inPage('Weights & Biases', 'write of: net', waves, plain, block('svd #s', '⟦model: net', 'on: train')),
  inPage('NumPy', 'write [last]', waves, plain, block('svd #s', 'of: net', 'at: ⟦-1', 'on: train')),
  figure('Quarto', 'write caption: The fit', 'show: net.fit', '⟦fig-cap: The fit'),
  figure('Quarto', 'write it as an option: caption: The fit', '⟦#| fig-cap: The fit', 'show: net.fit'),
  figure('matplotlib', 'write a number of CSS pixels, such as 400', 'show: net.fit', 'width: ⟦50%'),
  figure('matplotlib', 'did you mean "learning-curves"?', 'show: ⟦net.loss'),
  figure('seaborn', 'write facet: hidden', 'show: net.fit', '⟦hue: hidden'),
  table('knitr', 'columns: [{ value: test-error, format: .3f }]', 'rows: net', 'columns: [test-error]', '⟦digits: 3'),
  table('pandas', 'write rows: net', '⟦index: net', 'columns: [test-error]'),
  prose('PyTorch', 'did you mean "test-error"?', 'It ends at `= ⟦net.val_loss`.'),
  prose('R Markdown', 'write `= net.test-error .3f`', 'It ends at ⟦`r round(net$test_error, 3)`.'),
  prose('Jupyter Book', 'write `= net.test-error .3f`', 'It ends at ⟦`{python} f"{net.test_error:.3f}"`.'),
  {
    from: 'Quarto',
    write: 'write width=400, in CSS pixels',
    files: { 'index.md': page('![A photo](a.png)⟦{width=5em}'), 'a.png': '' },
  },
  prose('Quarto', 'name a Markdown file of the report', 'Before.', '⟦{{< include _intro.qmd >}}'),
  prose('Pandoc', 'put it right above or below its table', '⟦Table: The sizes {#tbl:q}', 'See.', '| a |\n|---|\n| 1 |'),
  prose('Pandoc', 'write | a | b |, below it |---|---|', '⟦+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+'),
  prose('pandoc-crossref', 'write @fig-one', 'As ⟦@fig:one shows.'),
  prose(
    'LaTeX',
    'write ![Its caption](a.png){#fig-one}',
    '⟦\\begin{figure}\n\\includegraphics{a.png}\n\\label{fig:one}\n\\end{figure}',
  ),
  prose('MyST', 'write ::: note … :::', '⟦:::{note}\nMind this.\n:::'),
  prose('MyST', 'write @fig-one', 'As ⟦{numref}`fig-one` shows.'),
  prose(
    'Jupyter',
    'write ```python to show it, and a directive such as train for what it computes',
    '⟦```{code-cell} python\nprint(1)\n```',
  ),
  prose('MkDocs', 'write > [!WARNING] Mind', '⟦!!! warning "Mind"\n    The gap.'),
  prose('Obsidian', 'write [notes](notes.md)', 'See ⟦[[notes]].'),
  setting('Quarto', 'write citation-style: apa.csl', '⟦csl: apa.csl\n'),
  setting('MkDocs', 'write title: My notes', '⟦site_name: My notes\n'),
];
