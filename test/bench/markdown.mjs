/** The measurements as BENCHMARKS.md has them: Markdown, ratios first. */

const ratio = (mine, theirs) => (theirs === undefined ? '–' : `${Number((mine / theirs).toPrecision(2))}x`);
const whole = (value) => (value === undefined ? '–' : Number(value.toPrecision(3)).toLocaleString('en'));
const time = (seconds) => {
  if (seconds === undefined) return '–';
  return seconds < 1 ? `${Number((seconds * 1000).toPrecision(3))} ms` : `${Number(seconds.toPrecision(3))} s`;
};
const percent = (share) => `${(100 * share).toFixed(0)} %`;
const giga = (rate) => (rate / 1e9).toFixed(1);

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function ceiling({ training, peak }) {
  const shares = training.flatMap(({ width, products }) =>
    products === undefined ? [] : [`${percent((products.steps * products.operations) / peak)} at ${width}`],
  );
  return (
    'With one input, two layers of relu are trained without products of matrices, a few operations for each weight ' +
    'instead of for each weight and sample (`engine/wasm/assembly/kinks.ts`). Other networks take products. One thread of ' +
    `this machine does at most ${giga(peak)} GFLOP/s of 128-bit multiplications and additions, measured in registers; of ` +
    `this whole steps of two layers over two inputs reach ${shares.join(', ')}.`
  );
}

const frameTimes = ({ median, slowest }) => `${median.toFixed(1)} / ${slowest.toFixed(0)} ms`;

export function toMarkdown(result) {
  const { machine, node, date, training, digits, peak, notebook, growth, svd, ownKinds, builds, wide, many, figures, study, frames, labs } = result;
  const { missing } = result;
  const parts = [
    `Measured by \`npm run bench\` on ${machine}, Node ${node} (${date}). Ratios first; every contender on one thread, PyTorch, ` +
      'JAX and NumPy held to one processor, all taking turns in one run. A step is the notebook\'s: 200 samples, batches of ' +
      '40 drawn without replacement, plain SGD.',
    table(
      ['hidden layers', 'width', 'against PyTorch (eager)', 'against JAX (jit, scan)', 'steps a second'],
      training.map(({ layers, width, colophon, torch, jax }) => [
        ...[layers, width, ratio(colophon, torch), ratio(colophon, jax), whole(colophon)],
      ]),
    ),
    ceiling(result),
    table(
      ['all six trainings of the notebook', 'against PyTorch', 'against JAX', 'time'],
      [
        [
          `${notebook.steps.toLocaleString('en')} steps each, one thread`,
          ratio(notebook.torch, notebook.torch && notebook.colophon),
          ratio(notebook.jax, notebook.jax && notebook.colophon),
          time(notebook.colophon),
        ],
      ],
    ),
    "The peers' times are their times for fewer steps, scaled.",
    table(
      ['60,000 x 784, one layer of 128, cross-entropy, ten epochs of batches of 100', "of PyTorch's speed", 'of the peak above', 'time'],
      [['one thread', ratio(digits.torch, digits.torch && digits.colophon), percent(digits.operations / digits.colophon / peak), time(digits.colophon)]],
    ),
    `The spectrum of one output of a network of 99,985 parameters at 1,000 digits takes ${time(result.digitSpectrum.spectrumSeconds)}.`,
    table(
      ['SVD', "of NumPy's (LAPACK's) time", "of ml-matrix's", 'time'],
      svd.map(({ rows, columns, colophon, numpy, mlMatrix }) => [
        ...[`${rows}x${columns}`, ratio(colophon, numpy), ratio(colophon, mlMatrix), time(colophon)],
      ]),
    ),
    table(
      ['a decomposition that a kind of one\'s own asks for', 'of the same inside the program', 'time'],
      ownKinds.map(({ rows, columns, inside, own }) => [`${rows}x${columns}`, `${(own / inside).toFixed(2)}x`, time(own)]),
    ),
    'Cost is linear in steps and runs (one layer of 40; runs of 20,000 steps, on all processors):',
    table(
      ['steps', ...growth.bySteps.map(({ steps }) => steps.toLocaleString('en'))],
      [['µs a step', ...growth.bySteps.map(({ steps, seconds }) => ((seconds / steps) * 1e6).toFixed(2))]],
    ),
    table(
      ['runs', ...growth.byRuns.map(({ runs }) => runs)],
      [['ms a run', ...growth.byRuns.map(({ runs, seconds }) => ((seconds / runs) * 1000).toFixed(1))]],
    ),
    table(
      ['`build` and `plan`, as whole processes', 'time', 'peak memory'],
      [
        ['`report/`, everything computed', builds.cold],
        ['`report/`, a sentence changed', builds.prose],
        ['`report/`, nothing to do', builds.idle],
        ['200 figures to draw, all else in the store', figures.drawn],
        ['200 figures in the store, a sentence changed', figures.kept],
        [`each of the ${study.figures} figures of \`report/\`, drawn once on a thread: median / slowest`, study],
        ['50 steps, nothing to do', many.idle50],
        ['`plan` of 2,001 steps, none computed yet', many.planned],
        ['`plan` of 2,001 steps, all in the store', many.plannedKept],
        [`spectrum of two layers of 4096 at 200 inputs (the svd alone ${time(wide.spectrumSeconds)})`, wide],
      ].map(([what, { seconds, megabytes, median, slowest }]) =>
        median === undefined
          ? [what, time(seconds), `${megabytes.toFixed(0)} MB`]
          : [what, `${time(median)} / ${time(slowest)}`, '–'],
      ),
    ),
  ];
  parts.push(
    table(
      ['a frame of five linked figures: median / slowest', ...frames.map(({ width }) => `width ${width}`)],
      [
        ['at full speed', ...frames.map(({ full }) => frameTimes(full))],
        ['at a quarter of it', ...frames.map(({ quarter }) => frameTimes(quarter))],
      ],
    ),
  );
  parts.push(
    table(
      ["a reader's Chromium against Node, hidden layers of", ...labs.map(({ hidden }) => hidden)],
      [
        ['steps a second in Node', ...labs.map(({ node }) => whole(node))],
        ['in a worker, over HTTP', ...labs.map(({ worker, node }) => ratio(worker, node))],
        ['on the main thread, from disk', ...labs.map(({ main, node }) => ratio(main, node))],
        ['longest frame meanwhile; at a quarter of the speed', ...labs.map(({ longest, slow }) => `${whole(longest)} ms; ${whole(slow)} ms`)],
      ],
    ),
  );
  if (missing.length > 0) parts.push(`Not at hand, so not compared: ${missing.join(', ')}.`);
  return parts.join('\n\n');
}
