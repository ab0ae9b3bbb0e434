/**
 * What drawing costs, and what it costs no second time: two hundred figures of every kind over results that are there, and
 * each figure of this repository's report.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, faster, root } from './process.mjs';

const steps = `# Figures

\`\`\`dataset #waves
function: piecewise-linear
samples: 200
noise: 0.1
test: { grid: 1000 }
\`\`\`

\`\`\`train #net
data: waves
network: { hidden: [10] }
optimizer: { kind: sgd, rate: 0.02 }
batch: 40
steps: 1000
checkpoints: { every: 10 }
sweep: { network.hidden: [[10], [20]] }
\`\`\`

\`\`\`features #gradients
of: net
at: [0, 1000]
\`\`\`

\`\`\`svd #spectrum
of: net
at: [0, 1000]
on: { grid: 1000 }
\`\`\`
`;

const pictures = [
  'show: waves.data',
  'show: net.fit\nat: [0, 1000]',
  'show: net.fit\nfacet: [hidden, step]\nat: [0, 100, 1000]',
  'show: net.learning-curves',
  'show: net.predictions',
  'show: net.residual-histogram',
  'show: net.parameters-by-step\nwhere: { hidden: 10 }',
  'show: gradients.kernel\nwhere: { hidden: 10 }',
  'show: net.learning-curves\nfacet: [hidden]',
  'show: net.elbows\nfacet: [hidden]',
  'show: gradients.features\nfacet: [parameter, step]\nwhere: { hidden: 20 }',
  'show: spectrum.singular-values\nfacet: [hidden]',
  'show: spectrum.principal-features\nwhere: { hidden: 10 }\ncomponents: 8',
  'show: net\ncolumns: [hidden, step, test-error]\nvega-lite:\n  mark: line\n  encoding:\n    x: { field: step, type: quantitative }\n    y: { field: test-error, type: quantitative }\n    color: { field: hidden, type: nominal }',
];

const figures = (count) =>
  Array.from({ length: count }, (_, index) => `\`\`\`figure #fig-${index}\n${pictures[index % pictures.length]}\n\`\`\`\n`);

/** The whole build with nothing but 200 figures to draw, and the one after it with a sentence changed. */
export function figureRows(rounds, progress) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  const result = {};
  try {
    const write = (text) => writeFileSync(join(folder, 'report/index.md'), text);
    mkdirSync(join(folder, 'report'));
    write(steps);
    build(folder);
    cpSync(join(folder, '.colophon'), join(folder, 'computed'), { recursive: true });
    const page = `${steps}\n${figures(200).join('\n')}`;
    for (let round = 0; round < rounds; round += 1) {
      rmSync(join(folder, '.colophon'), { recursive: true });
      cpSync(join(folder, 'computed'), join(folder, '.colophon'), { recursive: true });
      write(page);
      result.drawn = faster(result.drawn, build(folder));
      write(`${page}\nOne more sentence.\n`);
      result.kept = faster(result.kept, build(folder));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  progress('200 figures');
  return result;
}

/** As often: a process draws each figure once, so that one disturbance spoils one figure's time. */
const studyRounds = 5;

/** Seconds of each figure of the study: the median of all and the slowest, of the best times of several processes. */
export function studyRow(progress) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  const best = new Map();
  try {
    const report = join(root, 'report');
    build(folder, ['build', report, '--out', 'site']);
    for (let round = 0; round < studyRounds; round += 1) {
      const args = [join(root, 'test/bench/drawings.mjs'), report, join(folder, '.colophon')];
      const times = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
      for (const [id, ms] of Object.entries(times)) best.set(id, Math.min(ms / 1000, best.get(id) ?? Infinity));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  progress('figures of the study');
  const sorted = [...best.values()].sort((a, b) => a - b);
  return { figures: sorted.length, median: sorted[sorted.length >> 1], slowest: sorted.at(-1) };
}
