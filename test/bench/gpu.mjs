/**
 * `npm run bench -- gpu [--tiny] [--teraflops N] [--terabytes N]`: what a GPU does, beside one thread of the wasm engine and,
 * where `python3` has them with the same GPU, PyTorch (eager, compiled, vmap over runs) and JAX. Before each figure stands its
 * floor: operations at the card's peak, bytes at its memory's, and the barriers that follow each other at the latency
 * measured here. Without a GPU the floors and the thread are printed, and what is not measured is named.
 * `--tiny` is for trying the script on a software driver.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openEngine } from '../../dist/engine/open-engine.js';
import { nodeGpu } from '../../dist/engine/webgpu/node-gpu.js';
import { openDevice } from '../../dist/engine/webgpu/open-device.js';
import { webgpuEngine } from '../../dist/engine/webgpu/index.js';
import { initialParameters } from '../../dist/model/initial-parameters.js';
import { parameterCount } from '../../dist/model/network.js';
import { NumpyRandom } from '../../dist/model/numpy-random.js';

const words = process.argv.slice(2);
const tiny = words.includes('--tiny');
/** The number after a word, times 10^12. */
const tera = (word, usual) => (words.includes(word) ? Number(words[words.indexOf(word) + 1]) : usual) * 1e12;
/** Of an H100 or H200 in float32, in operations and bytes a second. */
const peak = tera('--teraflops', 60);
const bandwidth = tera('--terabytes', 3.35);
const wasm = openEngine('wasm');
const watch = { progress: () => undefined, signal: new AbortController().signal };
const clock = () => performance.now() / 1000;

const found = await nodeGpu();
const opened = 'missing' in found ? found : await openDevice(found.gpu);
const missing = 'missing' in opened ? opened.missing : opened.software && !tiny ? `${opened.name} is no GPU` : undefined;
const device = missing === undefined ? opened.device : undefined;
const reopen = async () => (await openDevice(found.gpu)).device;
const gpu = device && webgpuEngine({ ...opened, reopen, processor: wasm });

/** Seconds of the best of two, after one that compiles. */
async function time(work) {
  await work();
  let best = Infinity;
  for (let round = 0; round < 2; round += 1) {
    const started = clock();
    await work();
    best = Math.min(best, clock() - started);
  }
  return best;
}

function training(hidden, size, steps, seed) {
  const network = { inputs: 1, hidden, activation: 'relu' };
  const random = NumpyRandom.fromSeed(1);
  const start = initialParameters(network, 'none', seed);
  const samples = Math.max(200, size);
  return {
    network,
    initial: start.parameters,
    parameters: 'all',
    optimizer: { kind: 'sgd', rate: 0.02 / hidden.length, momentum: 0, weightDecay: 0 },
    batches: { kind: 'torch-randperm', size, stream: start.torchStream },
    data: { inputs: random.uniforms(samples), targets: random.uniforms(samples) },
    steps,
    checkpoints: [steps],
  };
}

/** Seconds of one workgroup barrier after another. */
async function barrierLatency() {
  const count = tiny ? 1000 : 1_000_000;
  const kernel = await device.kernel({
    label: 'barriers',
    bindings: [{ name: 'out', use: 'write', type: 'array<u32>' }],
    code: `var<workgroup> count: u32;
@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) lane: u32) {
  for (var i = 0u; i < ${count}u; i++) { if (lane == i % 64u) { count += 1u; } workgroupBarrier(); }
  if (lane == 0u) { out[0] = count; }
}`,
  });
  return device.withBuffers(async (buffers) => {
    const out = await device.checked(() => buffers.storage('out', 4));
    const bind = kernel.bind({ out });
    const seconds = await time(async () => {
      await device.submit((pass) => {
        pass.setPipeline(kernel.pipeline);
        pass.setBindGroup(0, bind);
        pass.dispatchWorkgroups(1);
      });
      await device.read([out, 0, 4]);
    });
    return seconds / count;
  });
}

const peers = fileURLToPath(new URL('peers/gpu.py', import.meta.url));
/** Why a peer is not to be had; it is not asked again. */
const absent = new Map();
/** Steps a second of a peer, runs times steps; undefined where it or its GPU is not to be had. */
function ask(peer, hidden, size, runs) {
  if (absent.has(peer)) return undefined;
  try {
    const output = execFileSync('python3', [peers, peer, hidden.join(), String(size), String(runs)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 300_000,
    });
    return Number(output);
  } catch (error) {
    const said = String(error.stderr ?? error.message).trim().split('\n').at(-1);
    absent.set(peer, said === '' ? String(error.message) : said);
    return undefined;
  }
}

const show = (value) => Math.round(value).toLocaleString('en');
/** How many times: two digits of it, or all before the point. */
const factor = (value) => (value >= 10 ? show(value) : value.toPrecision(2));
const seconds = (value) => (value >= 0.1 ? `${value.toFixed(2)} s` : `${(value * 1e3).toPrecision(3)} ms`);
const latency = device && (await barrierLatency());

/** The least that work can take: prints its parts and gives the seconds. */
function floorOf(operations, bytes, barriers) {
  const parts = [
    [`${operations.toPrecision(3)} operations`, operations / peak],
    [`${bytes.toPrecision(3)} bytes`, bytes / bandwidth],
    ...(latency === undefined ? [] : [[`${show(barriers)} barriers after each other`, barriers * latency]]),
  ];
  const floor = Math.max(...parts.map(([, least]) => least));
  console.log(`  floor ${seconds(floor)}: ${parts.map(([what, least]) => `${what} ${seconds(least)}`).join(', ')}`);
  if (latency === undefined) console.log(`  not in it: ${show(barriers)} barriers after each other, of unknown latency`);
  return floor;
}

const rates = `peaks taken as ${peak / 1e12} Tflop/s and ${bandwidth / 1e12} TB/s`;
if (missing === undefined) console.log(`${opened.name}; a barrier takes ${(latency * 1e9).toFixed(0)} ns; ${rates}\n`);
else console.log(`webgpu is not measured: ${missing}; ${rates}\n`);

/** Barriers of a step of the fused kernel: load, each layer, output, back, all learn of the loss (2), update. */
const fusedBarriers = (layers) => 4 + 2 * layers;
/** Barriers over the strips of 16 of a product along `inner`. */
const productBarriers = (inner) => 2 * Math.ceil(inner / 16);

/** Operations, bytes of the device's memory and dependent barriers of one step of one run; products are counted once. */
function stepCost({ hidden, size, tiled }) {
  const network = { inputs: 1, hidden, activation: 'relu' };
  const parameters = parameterCount(network);
  const operations = 6 * parameters * size;
  // Which samples are drawn is written and read; inputs and targets are read.
  const drawn = 4 * size * (2 + 2);
  if (!tiled) return { operations, bytes: drawn, barriers: fusedBarriers(hidden.length) };
  const units = hidden.reduce((sum, width) => sum + width, 1);
  return {
    operations,
    // Parameters forwards, backwards, and read and written by the update; activations and deltas written once, read twice.
    bytes: drawn + 4 * (4 * parameters + 6 * units * size),
    barriers: [1, ...hidden].reduce((sum, width) => sum + 2 * productBarriers(width) + productBarriers(size), 0),
  };
}

const rows = tiny
  ? [{ hidden: [8], size: 10, runs: 4, steps: 50 }]
  : [
      { hidden: [40], size: 40, runs: 1024, steps: 150_000 },
      { hidden: [40, 40], size: 40, runs: 1024, steps: 10_000 },
      { hidden: [1024, 1024], size: 200, runs: 1, steps: 1000, tiled: true },
    ];
for (const row of rows) {
  const { hidden, size, runs, steps } = row;
  console.log(`${runs} runs of ${hidden.join('x')}, batch ${size}, ${steps} steps`);
  const { operations, bytes, barriers } = stepCost(row);
  const floor = floorOf(operations * runs * steps, bytes * runs * steps, barriers * steps);
  const short = training(hidden, size, Math.max(10, Math.round(2e9 / operations)), 0);
  const started = clock();
  await wasm.train(short, watch);
  const onThread = short.steps / (clock() - started);
  const rated = gpu && (await time(() => gpu.trainMany(tasksOf(row))));
  const rate = rated === undefined ? onThread : (runs * steps) / rated;
  if (rated === undefined) console.log('  webgpu: not measured');
  else {
    console.log(`  webgpu: ${seconds(rated)}, ${factor(rated / floor)} times the floor; ${show(rate)} steps a second`);
  }
  const beside = (theirs) => (rated === undefined ? '' : ` (webgpu does ${factor(rate / theirs)} times that)`);
  console.log(`  one thread of wasm: ${show(onThread)} steps a second${beside(onThread)}`);
  for (const peer of ['eager', 'compiled', 'vmap', 'jax']) {
    const theirs = ask(peer, hidden, size, runs);
    console.log(
      theirs === undefined
        ? `  ${peer}: not measured: ${absent.get(peer)}`
        : `  ${peer}: ${show(theirs)} steps a second${beside(theirs)}`,
    );
  }
}

function tasksOf({ hidden, size, runs, steps }) {
  return Array.from({ length: runs }, (_, seed) => ({ training: training(hidden, size, steps, seed), watch }));
}

const [width, points] = tiny ? [16, 12] : [4096, 1000];
const network = { inputs: 1, hidden: [width, width], activation: 'relu' };
const total = parameterCount(network);
const { parameters } = initialParameters(network, 'none', 0);
const inputs = NumpyRandom.fromSeed(2).uniforms(points);
/**
 * A sweep of the decomposition meets every two blocks of four vectors, in rounds that follow each other; one that turns them
 * has so many barriers in each, and the last one, which finds nothing left to turn, so many (wgsl/jacobi.ts).
 */
const rounds = 2 * Math.ceil(points / 8) - 1;
const [turningBarriers, lastBarriers] = [31, 12];
console.log(`the spectrum of a network of width ${width} at ${points} inputs`);
console.log('  its floor counts two sweeps of rotations, the fewest that there can be; real ones take 8 to 35');
const floor = floorOf(
  // Forwards, backwards, the products of both layers' deltas and activations, and a bidiagonal form; single operations,
  // where the device takes pairs.
  4 * total * points + 2 * points ** 2 * (2 * width + width) + (8 / 3) * points ** 3,
  4 * (2 * total + 6 * 2 * width * points) + 2 * 8 * points ** 2,
  // Strips of the products, and the rounds of both sweeps.
  6 * productBarriers(width) + rounds * (turningBarriers + lastBarriers),
);
if (gpu === undefined) console.log('  webgpu: not measured');
else {
  const measured = await time(async () => {
    const products = await gpu.gram(network, parameters, inputs);
    await gpu.svd(products, points, points);
  });
  console.log(`  webgpu: ${seconds(measured)}, ${factor(measured / floor)} times the floor`);
}
device?.destroy();
process.exit(0);
