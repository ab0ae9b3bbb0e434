/** What each option is, for editors and for the documentation. A test holds this list to the schemas' options. */

export const describedOptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dataset: {
    function:
      'What the targets are: a name, {sine: {frequency, amplitude, phase}}, {step: {at}}, or the columns of a file, {csv: {file, inputs: [x], target: y}}.',
    samples: 'How many training samples. Default 200.',
    inputs: 'uniform: random and sorted; grid: evenly spaced. Default uniform.',
    domain: 'Where the inputs lie. Default [0, 1].',
    noise: 'Standard deviation of the normal noise on the training targets. Default 0.',
    test: 'Held-out data: {grid: 1000, with-training-inputs: false}; for a CSV file {fraction: 0.2}; or none.',
    seed: "Of NumPy's RandomState.",
  },
  train: {
    data: 'The id of a dataset.',
    network: 'hidden: the widths of the hidden layers; activation; elbows: where the kinks of the hidden units start.',
    parameters: 'Which parameters move: all, or only those of the output layer.',
    optimizer:
      'All minimise the mean squared error. sgd: rate, momentum, weight-decay. adam: rate, betas, epsilon, weight-decay, which is coupled: it is added to the gradient as in torch.optim.Adam, not as in AdamW. ridge: penalty, the plain factor of the sum of squares of the output layer beside the sum of squared errors; it solves that layer at once, and 0 is least squares of minimum norm.',
    batch: 'How many samples a step sees: full, a number, or {size, with-replacement}.',
    steps: 'How many updates; ridge takes one and needs none.',
    checkpoints: 'Which steps are recorded besides the first and the last: {every: 1000, and: [1, 10]}.',
    seed: "Of torch.manual_seed and NumPy's RandomState.",
  },
  features: {
    of: 'The id of a training.',
    at: 'Checkpoints: steps, or last.',
    parameters: 'The gradients with respect to these: all, or names such as 0.weight or 0.weight[3].',
    on: 'Where they are evaluated: train, test, or {grid: 1000, domain: [0, 1]}.',
    kernel: 'true: their inner products and cosines at every two points are results too, kernel and cosine.',
  },
  svd: {
    of: 'The id of a training.',
    at: 'Checkpoints: steps, or last.',
    parameters: 'The columns of the feature matrix: all, or names such as 0.weight.',
    rows: 'Its rows: train, test, or {grid: 1000}.',
    on: 'Where the principal features are evaluated.',
    precision:
      "The rank's tolerance is the largest singular value x max(rows, columns) x this precision's epsilon; a device that is less accurate leaves the work to the processor.",
    method:
      "direct: of the feature matrix; gram: of its rows' inner products; auto: gram only where the matrix is too large.",
  },
  figure: {
    show: 'What to draw: one-layer.fit, or several that are laid over each other.',
    facet: 'A swept option, step or parameter: one panel for each of its values; a pair is [rows, columns].',
    where: 'Only the runs with these coordinates: {hidden: 10}.',
    at: 'Only these checkpoints.',
    parameters: 'Only these parameters, or the gradients with respect to them: 0.weight, or 0.weight[3].',
    components: 'How many principal features, from the first.',
    diverged:
      'Of learning curves over seeds some of which diverged: say, where these count as larger than any number, or leave-out for the median and the band of the others.',
    bins: 'About how many bars a histogram has; their bounds are round numbers. Default 24.',
    caption: 'Under the figure; Markdown.',
    alt: 'Replaces the generated text alternative.',
    width: 'Of one panel, in CSS pixels.',
    height: 'Of one panel, in CSS pixels.',
    wide: 'May be wider than the text.',
    slider:
      'A slider in the page: step; [step, hidden] over swept options; component of principal features; unit of features.',
    columns: "With vega-lite: the arrays and values that become the data's columns.",
    'vega-lite': 'A Vega-Lite specification of your own.',
  },
  table: {
    rows: 'The ids whose runs are the rows, or a list of {of, label}.',
    columns: 'Names such as test-error, or {value, label, step, component, format}.',
    where: 'Only the runs with these coordinates.',
    seeds:
      'A row for each seed; or one row for all seeds, with the mean and standard deviation or the median and quartiles of each number.',
    diverged:
      'What a cell for several seeds says when some of them diverged: say how many, or leave-out for the numbers of the others.',
    caption: 'Over the table; Markdown.',
  },
  claim: {
    that: 'An expression over results: net[hidden=40].test-error < net[hidden=5].test-error.',
    sentence: 'The sentence that it supports, printed where the claim stands; Markdown.',
  },
  'front-matter': {
    title: 'Of the page; else its first heading.',
    authors: 'A name, or a list of names.',
    date: 'As YYYY-MM-DD. Pages never take a date from the clock.',
    description: 'One line, under the title and for search engines.',
    order: "The page's place among its neighbours; an index page's is its folder's.",
    device: "Where the page's steps run; the first page's word is for all pages that say nothing.",
  },
  'colophon.yaml': {
    title: "Of the site; else its first page's.",
    url: 'Where the site will stand; needed for sitemap.xml, canonical addresses and cards.',
    language: 'Of the prose.',
    bibliography: 'A BibTeX file of the report; [@key] cites from it.',
    'citation-style': 'How citations read: author-year or numeric.',
    'number-sections': 'Whether headings are numbered.',
  },
};
