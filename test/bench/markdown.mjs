/** The measurements as the README's performance section has them: Markdown, ratios first. */

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
  const row = training.find(({ layers, width }) => layers === 2 && width === 256);
  const most = peak / row.operations;
  const jax =
    row.jax === undefined
      ? ''
      : ` JAX takes ${whole(row.jax)} (${giga(row.jax * row.operations)} GFLOP/s), in 256-bit vectors with fused multiply-adds.`;
  return (
    `One thread of this machine does at most ${giga(peak)} GFLOP/s of 128-bit multiplications and additions, measured in ` +
    `registers; that is what WebAssembly has. A step of two layers of 256 is ${(row.operations / 1e6).toFixed(1)} MFLOP, so ` +
    `at most ${whole(most)} steps a second are possible on one thread, of which Colophon takes ${whole(row.colophon)}.${jax}`
  );
}

export function toMarkdown(result) {
  const { machine, node, date, training, notebook, growth, svd, builds, wide, many, figures, peak, missing } = result;
  const parts = [
    `Measured by \`npm run bench\` on ${machine}, Node ${node} (${date}). Ratios first; every contender on one thread, PyTorch, ` +
      'JAX and NumPy held to one processor, all taking turns in one run. A step is the notebook\'s: 200 samples, batches of ' +
      '40 drawn without replacement, plain SGD.',
    table(
      ['hidden layers', 'width', 'against PyTorch (eager)', 'against JAX (jit, scan)', 'steps a second', 'of the peak'],
      training.map(({ layers, width, colophon, torch, jax, operations }) => [
        ...[layers, width, ratio(colophon, torch), ratio(colophon, jax), whole(colophon)],
        layers === 2 && width >= 40 ? percent((colophon * operations) / peak) : '',
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
      ['SVD', "of NumPy's (LAPACK's) time", "of ml-matrix's", 'time'],
      svd.map(({ rows, columns, colophon, numpy, mlMatrix }) => [
        ...[`${rows}x${columns}`, ratio(colophon, numpy), ratio(colophon, mlMatrix), time(colophon)],
      ]),
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
        ['50 steps, nothing to do', many.idle50],
        ['`plan` of 2,001 steps, none computed yet', many.planned],
        ['`plan` of 2,001 steps, all in the store', many.plannedKept],
        [`spectrum of two layers of 4096 at 200 inputs (the svd alone ${time(wide.spectrumSeconds)})`, wide],
      ].map(([what, { seconds, megabytes }]) => [what, time(seconds), `${megabytes.toFixed(0)} MB`]),
    ),
  ];
  if (missing.length > 0) parts.push(`Not at hand, so not compared: ${missing.join(', ')}.`);
  return parts.join('\n\n');
}
