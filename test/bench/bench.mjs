/**
 * `npm run bench [-- --json]` (`-- gpu`: gpu.mjs, `-- device`: device/prepare.mjs, `-- digits`: digits.mjs): how fast this machine trains, decomposes and builds, beside PyTorch, JAX and NumPy where
 * `python3` has them. Each row's contenders take turns and the best of two counts, so that a busy machine disturbs
 * all of them alike; the ratios are what to read. Prints the tables of BENCHMARKS.md.
 */
import { availableParallelism, cpus } from 'node:os';
import { buildRows, digitSpectrumRow, manyRows, wideRow } from './builds.mjs';
import { figureRows, studyRow } from './figures.mjs';
import { digitsRow } from './digits.mjs';
import { frameRows } from './frames.mjs';
import { labRows } from './labs.mjs';
import { toMarkdown } from './markdown.mjs';
import { measurePeak } from './peak.mjs';
import { openPeers } from './peers.mjs';
import { ownKindRows } from './own-kinds.mjs';
import { svdRows } from './svds.mjs';
import { growthRows, notebookRow, trainingRows } from './trainings.mjs';

if (process.argv[2] === 'gpu') await import('./gpu.mjs');
if (process.argv[2] === 'device') {
  await import('./device/prepare.mjs');
  process.exit(0);
}

const rounds = 2;
const jobs = availableParallelism();
const started = performance.now();
const progress = (what) => {
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${what}\n`);
};

const peers = openPeers();
const peakBefore = await measurePeak();
const training = await trainingRows(peers, rounds, progress);
const digits = await digitsRow(peers, rounds, progress);
const svd = await svdRows(peers, rounds, progress);
for (const peer of Object.values(peers)) peer?.close();
const result = {
  machine: `${jobs} processors of ${cpus()[0]?.model ?? 'unknown'}`,
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  training,
  digits,
  svd,
  ownKinds: await ownKindRows(15, progress),
  peak: Math.max(peakBefore, await measurePeak()),
  notebook: await notebookRow(training, progress),
  growth: await growthRows(jobs, progress),
  builds: buildRows(rounds, progress),
  wide: wideRow(progress),
  digitSpectrum: digitSpectrumRow(progress),
  many: await manyRows(rounds, progress),
  figures: figureRows(rounds, progress),
  study: studyRow(progress),
  frames: await frameRows(rounds, progress),
  labs: await labRows(rounds, progress),
  missing: Object.keys(peers).filter((name) => name !== 'digits' && peers[name] === undefined),
};

console.log(process.argv.includes('--json') ? JSON.stringify(result, null, 2) : toMarkdown(result));
