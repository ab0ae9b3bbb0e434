/** Builds as whole processes: of this repository's report, and of one with the spectrum of a very wide network. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const peak = 'process.on("exit", () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}`))';

/** Seconds of a whole process, its peak memory in MB, and what it said. */
function build(folder) {
  const program = join(root, 'dist/cli.js');
  const args = ['--import', `data:text/javascript,${encodeURIComponent(peak)}`, program, 'build', 'report', '--out', 'site'];
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? NaN) / 1000, said: stderr };
}

function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bare = ({ seconds, megabytes }) => ({ seconds, megabytes });
const faster = (a, b) => (a === undefined || b.seconds < a.seconds ? bare(b) : a);

export function buildRows(rounds, progress) {
  const result = {};
  for (let round = 0; round < rounds; round += 1) {
    inFolder((folder) => {
      cpSync(join(root, 'report'), join(folder, 'report'), { recursive: true });
      result.cold = faster(result.cold, build(folder));
      result.idle = faster(result.idle, build(folder));
      appendFileSync(join(folder, 'report/index.md'), '\nOne more sentence.\n');
      result.prose = faster(result.prose, build(folder));
    });
    progress('builds');
  }
  return result;
}

const wide = `# Wide

\`\`\`dataset #waves
function: piecewise-linear
samples: 200
\`\`\`

\`\`\`train #wide
data: waves
network: { hidden: [4096, 4096] }
optimizer: { kind: sgd, rate: 0.0001 }
batch: 40
steps: 1
\`\`\`

\`\`\`svd #spectrum
of: wide
at: [0]
method: gram
on: { grid: 200 }
\`\`\`

\`\`\`figure #fig-spectrum
show: spectrum.singular-values
caption: The spectrum.
\`\`\`
`;

/** 16.8 million parameters at 200 inputs: the svd step alone, and the whole build with the network's first step. */
export function wideRow(progress) {
  return inFolder((folder) => {
    mkdirSync(join(folder, 'report'));
    writeFileSync(join(folder, 'report/index.md'), wide);
    const { said, ...whole } = build(folder);
    progress('wide');
    return { ...whole, spectrumSeconds: Number(/svd spectrum {2}ran {2}([\d.]+) s/.exec(said)?.[1] ?? NaN) };
  });
}
