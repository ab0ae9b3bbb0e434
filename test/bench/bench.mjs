/**
 * `npm run bench [-- --json]` (`-- gpu`: gpu.mjs): how fast this machine trains, decomposes and builds, beside PyTorch, JAX and NumPy where
 * `python3` has them. Each row's contenders take turns and the best of two counts, so that a busy machine disturbs
 * all of them alike; the ratios are what to read.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEngine } from '../../dist/engine/open-engine.js';
import { Mt19937 } from '../../dist/model/mt19937.js';
import { parameterCount } from '../../dist/model/network.js';
import { NumpyRandom } from '../../dist/model/numpy-random.js';

if (process.argv[2] === 'gpu') await import('./gpu.mjs');

const rounds = 2;
const root = fileURLToPath(new URL('../..', import.meta.url));
const peer = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
const wasm = openEngine('wasm');
const reference = openEngine('reference');
const watch = { progress: () => undefined, signal: new AbortController().signal };

/** What a peer prints, or undefined when it is not to be had. */
function ask(script, ...args) {
  try {
    return Number(execFileSync('python3', [peer(script), ...args.map(String)], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

const has = (module) => spawnSync('python3', ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;
const peers = { torch: has('torch'), jax: has('jax'), numpy: has('numpy') };

/** The notebook's training: 200 samples, batches of 40, plain SGD. */
function training(hidden, steps) {
  const network = { inputs: 1, hidden, activation: 'relu' };
  const random = NumpyRandom.fromSeed(1);
  return {
    network,
    initial: random.normals(parameterCount(network)).map((value) => value / Math.sqrt(hidden[0])),
    parameters: 'all',
    optimizer: { kind: 'sgd', rate: 0.02 / hidden[0], momentum: 0, weightDecay: 0 },
    batches: { kind: 'torch-randperm', size: 40, stream: Mt19937.fromSeed(1).state() },
    data: { inputs: random.uniforms(200), targets: random.uniforms(200) },
    steps,
    checkpoints: [steps],
  };
}

async function stepsPerSecond(hidden, seconds) {
  for (let steps = 20; ; steps *= 4) {
    const started = performance.now();
    const { divergedAt } = await wasm.train(training(hidden, steps), watch);
    if (divergedAt !== undefined) throw new Error(`diverged at ${divergedAt}`);
    const spent = (performance.now() - started) / 1000;
    if (spent >= seconds) return steps / spent;
  }
}

const better = (a, b) => (a === undefined ? b : b === undefined ? a : Math.max(a, b));

async function trainingRows() {
  const rows = [];
  for (const layers of [1, 2]) {
    for (const width of [10, 20, 40, 100, 256, 1000]) {
      const hidden = Array.from({ length: layers }, () => width);
      const row = { layers, width };
      for (let round = 0; round < rounds; round += 1) {
        row.colophon = better(row.colophon, await stepsPerSecond(hidden, 0.3));
        if (peers.torch) row.torch = better(row.torch, ask('training.py', 'torch', hidden.join(','), 0.3));
        if (peers.jax) row.jax = better(row.jax, ask('training.py', 'jax', hidden.join(','), 0.3));
      }
      rows.push(row);
      progress(`${layers} hidden of ${width}`);
    }
  }
  return rows;
}

async function svdRows() {
  const rows = [];
  for (const [m, n] of [
    [200, 31],
    [200, 121],
    [200, 1761],
    [1000, 2000],
  ]) {
    const matrix = NumpyRandom.fromSeed(1).normals(m * n);
    const row = { rows: m, columns: n, colophon: Infinity };
    for (let round = 0; round < (m > 200 ? 1 : 3); round += 1) {
      const started = performance.now();
      await wasm.svd(matrix, m, n);
      row.colophon = Math.min(row.colophon, (performance.now() - started) / 1000);
      if (peers.numpy) row.numpy = Math.min(row.numpy ?? Infinity, ask('svd.py', m, n) ?? Infinity);
    }
    if (m * n < 1e6) {
      const started = performance.now();
      await reference.svd(matrix, m, n);
      row.mlMatrix = (performance.now() - started) / 1000;
    }
    rows.push(row);
    progress(`svd ${m}x${n}`);
  }
  return rows;
}

/** Seconds of a whole process, and its peak memory in MB where the system tells. */
function build(folder) {
  const started = performance.now();
  const program = join(root, 'dist/cli.js');
  const peak = 'process.on("exit", () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}`))';
  const args = ['--import', `data:text/javascript,${encodeURIComponent(peak)}`, program, 'build', 'report', '--out', 'site'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? NaN) / 1024 };
}

function buildRows() {
  const cold = [];
  const prose = [];
  const idle = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
    try {
      cpSync(join(root, 'report'), join(folder, 'report'), { recursive: true });
      cold.push(build(folder));
      idle.push(build(folder));
      appendFileSync(join(folder, 'report/index.md'), '\nOne more sentence.\n');
      prose.push(build(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const best = (builds) => builds.reduce((a, b) => (a.seconds <= b.seconds ? a : b));
  progress('builds');
  return { cold: best(cold), prose: best(prose), idle: best(idle) };
}

function progress(what) {
  if (process.stderr.isTTY) process.stderr.write(`${what}\n`);
}

const result = {
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} processors`,
  node: process.version,
  training: await trainingRows(),
  svd: await svdRows(),
  builds: buildRows(),
};

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(result, null, 2));
} else {
  const ratio = (mine, theirs) => (theirs === undefined ? '–' : `${(mine / theirs).toPrecision(2)}x`);
  const number = (value) => (value === undefined ? '–' : Math.round(value).toLocaleString('en'));
  const ms = (value) => (value === undefined ? '–' : `${(value * 1000).toPrecision(3)} ms`);
  const table = (head, rows) => {
    console.log(`| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`);
    for (const row of rows) console.log(`| ${row.join(' | ')} |`);
    console.log();
  };
  console.log(`${result.machine}, Node ${result.node}\n`);
  table(
    ['hidden layers', 'width', 'against PyTorch', 'against JAX', 'steps/s', 'PyTorch', 'JAX'],
    result.training.map(({ layers, width, colophon, torch, jax }) => [
      ...[layers, width, ratio(colophon, torch), ratio(colophon, jax)],
      ...[number(colophon), number(torch), number(jax)],
    ]),
  );
  table(
    ['SVD', "of NumPy's time", "of ml-matrix's", 'time', 'NumPy', 'ml-matrix'],
    result.svd.map(({ rows, columns, colophon, numpy, mlMatrix }) => [
      ...[`${rows}x${columns}`, ratio(colophon, numpy), ratio(colophon, mlMatrix)],
      ...[ms(colophon), ms(numpy), ms(mlMatrix)],
    ]),
  );
  table(
    ['build of report/', 'seconds', 'peak memory'],
    Object.entries(result.builds).map(([name, { seconds, megabytes }]) => [
      name,
      seconds.toFixed(2),
      `${megabytes.toFixed(0)} MB`,
    ]),
  );
  const missing = Object.keys(peers).filter((name) => !peers[name]);
  if (missing.length > 0) console.log(`not at hand, so not compared: ${missing.join(', ')}`);
}
