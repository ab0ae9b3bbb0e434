/**
 * `npm run bench -- gpu [--tiny] [--teraflops N]`: what a GPU does, beside one thread of the wasm engine and, where
 * `python3` has them with the same GPU, PyTorch (eager, compiled, vmap over runs) and JAX. Before each figure stands its
 * floor: operations at the card's peak, and the barriers that follow each other in a step at the latency measured here.
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
const given = words.indexOf('--teraflops');
const peak = (given < 0 ? 60 : Number(words[given + 1])) * 1e12;
const wasm = openEngine('wasm');
const watch = { progress: () => undefined, signal: new AbortController().signal };
const clock = () => performance.now() / 1000;

const found = await nodeGpu();
const opened = 'missing' in found ? found : await openDevice(found.gpu);
if ('missing' in opened || (opened.software && !tiny)) {
  console.log(`not measured: ${'missing' in opened ? opened.missing : `${opened.name} is no GPU`}`);
  process.exit(0);
}
const { device, name } = opened;
const reopen = async () => (await openDevice(found.gpu)).device;
const gpu = webgpuEngine({ ...opened, reopen, processor: wasm });

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
/** Steps a second of a peer, runs times steps; undefined where it or its GPU is not to be had. */
function ask(peer, hidden, size, runs) {
  try {
    const output = execFileSync('python3', [peers, peer, hidden.join(), String(size), String(runs)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 300_000,
    });
    return Number(output);
  } catch {
    return undefined;
  }
}

const show = (value) => (value === undefined ? 'not to be had' : Math.round(value).toLocaleString('en'));
const latency = await barrierLatency();
console.log(`${name}; a barrier takes ${(latency * 1e9).toFixed(0)} ns; peak taken as ${peak / 1e12} Tflop/s\n`);

/** Barriers of a step of the fused kernel: load, each layer, output, back, all learn of the loss (2), update. */
const fusedBarriers = (layers) => 4 + 2 * layers;

const rows = tiny
  ? [{ hidden: [8], size: 10, runs: 4, steps: 50 }]
  : [
      { hidden: [40], size: 40, runs: 1024, steps: 150_000 },
      { hidden: [40, 40], size: 40, runs: 1024, steps: 10_000 },
      { hidden: [1024, 1024], size: 200, runs: 1, steps: 1000, tiled: true },
    ];
for (const { hidden, size, runs, steps, tiled } of rows) {
  const tasks = Array.from({ length: runs }, (_, seed) => ({ training: training(hidden, size, steps, seed), watch }));
  const seconds = await time(() => gpu.trainMany(tasks));
  const rate = (runs * steps) / seconds;
  const operations = 6 * parameterCount(tasks[0].training.network) * size * runs * steps;
  const floor = Math.max(operations / peak, tiled ? 0 : latency * fusedBarriers(hidden.length) * steps);
  const short = training(hidden, size, Math.max(10, Math.round(2e9 / (6 * parameterCount(tasks[0].training.network) * size))), 0);
  const started = clock();
  await wasm.train(short, watch);
  const onThread = short.steps / (clock() - started);
  console.log(`${runs} runs of ${hidden.join('x')}, batch ${size}, ${steps} steps: ${seconds.toFixed(2)} s`);
  console.log(`  floor ${floor.toFixed(3)} s, ${(seconds / floor).toFixed(1)} times that`);
  console.log(`  steps a second: webgpu ${show(rate)}; one thread of wasm ${show(onThread)} (${(rate / onThread).toFixed(1)}x)`);
  for (const peer of ['eager', 'compiled', 'vmap', 'jax']) {
    const theirs = ask(peer, hidden, size, runs);
    const ratio = theirs === undefined ? '' : ` (${(rate / theirs).toFixed(1)}x)`;
    console.log(`  ${peer}: ${show(theirs)}${ratio}`);
  }
}

const [width, points] = tiny ? [16, 12] : [4096, 1000];
const network = { inputs: 1, hidden: [width, width], activation: 'relu' };
const { parameters } = initialParameters(network, 'none', 0);
const inputs = NumpyRandom.fromSeed(2).uniforms(points);
const seconds = await time(async () => {
  const products = await gpu.gram(network, parameters, inputs);
  await gpu.svd(products, points, points);
});
console.log(`the spectrum of a network of width ${width} at ${points} inputs: ${seconds.toFixed(2)} s`);
device.destroy();
process.exit(0);
