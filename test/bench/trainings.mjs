/** How fast networks train: by shape beside the peers, the notebook's six, and how cost grows with steps and runs. */
import { setMaxListeners } from 'node:events';
import { openEngine } from '../../dist/engine/open-engine.js';
import { enginePool } from '../../dist/engine/pool/index.js';
import { Mt19937 } from '../../dist/model/mt19937.js';
import { parameterCount } from '../../dist/model/network.js';
import { NumpyRandom } from '../../dist/model/numpy-random.js';

const wasm = openEngine('wasm');
const signal = new AbortController().signal;
// Every run under way listens to it.
setMaxListeners(0, signal);
const watch = { progress: () => undefined, signal };
const batch = 40;

/** The notebook's training: 200 samples, batches of 40 without replacement, plain SGD. */
function training(hidden, steps, { seed = 1, every = steps, inputs = 1 } = {}) {
  const network = { inputs, hidden, activation: 'relu' };
  const random = NumpyRandom.fromSeed(seed);
  return {
    network,
    initial: random.normals(parameterCount(network)).map((value) => value / Math.sqrt(hidden[0])),
    parameters: 'all',
    optimizer: { kind: 'sgd', rate: 0.02 / hidden[0], momentum: 0, weightDecay: 0 },
    batches: { kind: 'torch-randperm', size: batch, stream: Mt19937.fromSeed(seed).state() },
    data: { inputs: random.uniforms(200 * inputs), targets: random.uniforms(200) },
    steps,
    checkpoints: Array.from({ length: Math.floor(steps / every) }, (_, i) => (i + 1) * every),
  };
}

/** Of the engine's work alone: drawing the start is not training, and the peers' clocks leave it out too. */
async function seconds(engine, ...asked) {
  const asks = training(...asked);
  const started = performance.now();
  const { divergedAt } = await engine.train(asks, watch);
  if (divergedAt !== undefined) throw new Error(`diverged at ${divergedAt}`);
  return (performance.now() - started) / 1000;
}

async function stepsPerSecond(hidden, least, options) {
  for (let steps = 20; ; steps *= 4) {
    const spent = await seconds(wasm, hidden, steps, options);
    if (spent >= least) return steps / spent;
  }
}

/** Multiplications and additions of a step by products of matrices: forward, backward and for the gradient; over two inputs. */
function operations(hidden) {
  const [first, ...others] = hidden;
  const inner = others.reduce((sum, width, i) => sum + width * hidden[i], 0);
  return 2 * batch * (4 * first + 3 * inner + 3 * hidden.at(-1));
}

const better = (a, b) => (a === undefined ? b : b === undefined ? a : Math.max(a, b));

/** Steps a second by shape; all contenders take turns and the best of the rounds counts. */
export async function trainingRows({ torch, jax }, rounds, progress) {
  const rows = [];
  for (const layers of [1, 2]) {
    for (const width of [10, 20, 40, 100, 256, 1000]) {
      const hidden = Array.from({ length: layers }, () => width);
      const row = { layers, width };
      for (let round = 0; round < rounds; round += 1) {
        row.colophon = better(row.colophon, await stepsPerSecond(hidden, 0.3));
        row.torch = better(row.torch, await torch?.ask(`${hidden.join(',')} 0.3`));
        row.jax = better(row.jax, await jax?.ask(`${hidden.join(',')} 0.3`));
      }
      // Over one input two layers of relu need no product of matrices (kinks.ts); over two they do.
      if (layers === 2 && width >= 40) {
        let steps;
        for (let round = 0; round < rounds; round += 1) {
          steps = better(steps, await stepsPerSecond(hidden, 0.3, { inputs: 2 }));
        }
        row.products = { steps, operations: operations(hidden) };
      }
      rows.push(row);
      progress(`${layers} hidden of ${width}`);
    }
  }
  return rows;
}

/** All six trainings of the notebook, whole, on one thread; PyTorch's time from its steps a second. */
export async function notebookRow(rows, progress) {
  const steps = 150_000;
  const row = { trainings: 0, steps, colophon: 0, torch: 0, jax: 0 };
  for (const { layers, width, torch, jax } of rows.filter((each) => each.width <= 40)) {
    row.trainings += 1;
    row.colophon += await seconds(wasm, Array.from({ length: layers }, () => width), steps, { every: 1000 });
    row.torch += steps / torch;
    row.jax += steps / jax;
    progress(`notebook, ${layers} of ${width}`);
  }
  // Without a peer its sum is not a number.
  return { ...row, torch: row.torch || undefined, jax: row.jax || undefined };
}

/** One layer of 40: seconds by the number of steps, and by the number of runs on all processors. */
export async function growthRows(jobs, progress) {
  const bySteps = [];
  for (const steps of [20_000, 200_000, 2_000_000]) bySteps.push({ steps, seconds: await seconds(wasm, [40], steps) });
  progress('by steps');
  const byRuns = [];
  const steps = 20_000;
  const pool = enginePool('wasm', jobs, signal);
  try {
    await Promise.all(Array.from({ length: jobs }, () => seconds(pool, [40], steps)));
    for (const runs of [1, 10, 50, 100, 200]) {
      const started = performance.now();
      await Promise.all(Array.from({ length: runs }, (_, seed) => seconds(pool, [40], steps, { seed })));
      byRuns.push({ runs, steps, seconds: (performance.now() - started) / 1000 });
    }
  } finally {
    await pool.close();
  }
  progress('by runs');
  return { bySteps, byRuns };
}
