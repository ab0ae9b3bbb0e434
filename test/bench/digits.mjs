/**
 * `npm run bench -- digits`, and a row of the whole: 60,000 made-up images of 784 numbers, of which four in five are zero, in ten
 * classes; one hidden layer of 128, cross-entropy, batches of 100 drawn as torch.randperm draws them, plain SGD, on one thread.
 */
import { openEngine } from '../../dist/engine/open-engine.js';
import { Mt19937 } from '../../dist/model/mt19937.js';
import { parameterCount } from '../../dist/model/network.js';
import { NumpyRandom } from '../../dist/model/numpy-random.js';
import { digitSpectrumRow } from './builds.mjs';
import { measurePeak } from './peak.mjs';
import { openPeers } from './peers.mjs';

const [samples, inputs, hidden, classes, batch, epochs] = [60_000, 784, 128, 10, 100, 10];
const wasm = openEngine('wasm');
const watch = { progress: () => undefined, signal: new AbortController().signal };
const stepsOfAll = (epochs * samples) / batch;

/** Multiplications and additions of a step: forward, the gradient, and backward but into the inputs. */
const operations = 2 * batch * (2 * inputs * hidden + 3 * hidden * classes);

function training(steps) {
  const network = { inputs, hidden: [hidden], activation: 'relu', outputs: classes };
  const random = NumpyRandom.fromSeed(1);
  const centres = random.uniforms(classes * inputs);
  const targets = new Float64Array(samples).map((_, i) => i % classes);
  const noise = random.uniforms(samples * inputs);
  const pixels = noise.map((value, i) => {
    const centre = centres[targets[Math.floor(i / inputs)] * inputs + (i % inputs)];
    return centre < 0.8 ? 0 : Math.fround(0.5 * value + centre - 0.5);
  });
  return {
    network,
    initial: random.normals(parameterCount(network)).map((value) => Math.fround(value / 28)),
    parameters: 'all',
    optimizer: { kind: 'sgd', rate: 0.1, momentum: 0, weightDecay: 0 },
    batches: { kind: 'torch-randperm', size: batch, stream: Mt19937.fromSeed(1).state() },
    loss: 'cross-entropy',
    classes,
    data: { inputs: pixels, targets },
    steps,
    checkpoints: [steps],
  };
}

/** Seconds of `steps` steps: of twice as many less those of once, so that neither placing the data nor measuring counts. */
async function secondsOfSteps(asks, steps) {
  const spent = async (count) => {
    const started = performance.now();
    const { checkpoints } = await wasm.train({ ...asks, steps: count, checkpoints: [count] }, watch);
    return { seconds: (performance.now() - started) / 1000, last: checkpoints[0] };
  };
  const [once, twice] = [await spent(steps), await spent(2 * steps)];
  return { seconds: twice.seconds - once.seconds, last: twice.last };
}

/** Seconds of ten epochs of each contender, scaled from one; all take turns and the best of the rounds counts. */
export async function digitsRow({ digits }, rounds, progress) {
  const steps = samples / batch;
  const asks = training(steps);
  const row = { operations: operations * stepsOfAll };
  for (let round = 0; round < rounds; round += 1) {
    const { seconds, last } = await secondsOfSteps(asks, steps);
    row.colophon = Math.min(row.colophon ?? Infinity, seconds * epochs);
    row.loss = last.trainLoss;
    const torch = await digits?.ask(String(steps));
    if (torch !== undefined) row.torch = Math.min(row.torch ?? Infinity, torch * epochs);
    progress('digits');
  }
  return row;
}

if (process.argv[2] === 'digits') {
  const peers = openPeers();
  const before = await measurePeak();
  const row = { ...(await digitsRow(peers, 3, () => undefined)), ...digitSpectrumRow(() => undefined) };
  const peak = Math.max(before, await measurePeak());
  for (const peer of Object.values(peers)) peer?.close();
  const rate = row.operations / row.colophon;
  console.log(JSON.stringify({ ...row, gigaflops: rate / 1e9, ofPeak: rate / peak, ofTorch: row.torch / row.colophon }));
  process.exit(0);
}
