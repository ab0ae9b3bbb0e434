/**
 * One digest per kernel of an engine, over every bit of its results on fixed input. Plain JavaScript over the compiled
 * project, so that any version of Node and a browser can run it as it is.
 */
import { Mt19937 } from '../../dist/model/mt19937.js';
import { activations, parameterCount } from '../../dist/model/network.js';
import { NumpyRandom } from '../../dist/model/numpy-random.js';
import { TorchRandom } from '../../dist/model/torch-random.js';

const watch = { progress: () => undefined, signal: new AbortController().signal };

const optimizers = [
  { kind: 'sgd', rate: 0.02, momentum: 0, weightDecay: 0 },
  { kind: 'sgd', rate: 0.01, momentum: 0.9, weightDecay: 0.001 },
  { kind: 'adam', rate: 0.003, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01 },
];

function start(network, seed) {
  const random = TorchRandom.fromSeed(seed);
  const widths = [network.inputs, ...network.hidden, 1];
  const parameters = [];
  for (let layer = 0; layer + 1 < widths.length; layer += 1) {
    const { weight, bias } = random.linear(widths[layer], widths[layer + 1]);
    parameters.push(...weight, ...bias);
  }
  return Float64Array.from(parameters);
}

function samples(random, count, width) {
  return { inputs: random.uniforms(count * width), targets: random.normals(count) };
}

/** Every training that is not too like another: shapes x activations, with the optimizers and batches taken in turn. */
function trainings(activations) {
  const random = NumpyRandom.fromSeed(7);
  const stream = Mt19937.fromSeed(11).state();
  const batches = [
    { kind: 'full' },
    { kind: 'torch-randperm', size: 37, stream },
    { kind: 'numpy-choice', size: 10, stream },
    { kind: 'torch-randperm', size: 140, stream },
  ];
  const shapes = [
    [1, [10]],
    [1, [41]],
    [1, [13, 18]],
    [3, [40, 40]],
    [6, [9, 5, 7]],
    [1, []],
    [1, [37, 21]],
    [1, [9, 70]],
  ];
  return shapes.flatMap(([inputs, hidden], shape) =>
    activations.map((activation, index) => {
      const network = { inputs, hidden, activation };
      return {
        network,
        initial: start(network, 3),
        parameters: (shape + index) % 5 === 4 ? 'output' : 'all',
        optimizer: optimizers[(shape + index) % 3],
        batches: batches[(shape + index) % 4],
        data: samples(random, 141, inputs),
        test: samples(random, 50, inputs),
        steps: 60,
        checkpoints: [0, 1, 60],
      };
    }),
  );
}

async function sha256(arrays) {
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Those that there were when the profile was made, and those that have come since, which leave its bits as they are. */
const [first, later] = [activations.slice(0, 6), activations.slice(6)];

/** The digests of the trainings with these activations, and of what is derived from them, by kernel. */
async function ofTrainings(engine, activations) {
  const trained = [];
  const derived = { predict: [], jacobian: [], gram: [] };
  for (const training of trainings(activations)) {
    const { network, test } = training;
    const { checkpoints } = await engine.train(training, watch);
    for (const { parameters, batchLoss, trainLoss, testLoss } of checkpoints) {
      trained.push(parameters, Float64Array.of(Number.isNaN(batchLoss) ? 0 : batchLoss, trainLoss, testLoss));
    }
    const last = checkpoints.at(-1).parameters;
    for (const kernel of ['predict', 'jacobian', 'gram']) {
      derived[kernel].push(await engine[kernel](network, last, test.inputs));
    }
  }
  const digests = { train: await sha256(trained) };
  for (const [kernel, arrays] of Object.entries(derived)) digests[kernel] = await sha256(arrays);
  return digests;
}

/** The digests of an engine by kernel. */
export async function kernelDigests(engine) {
  const digests = await ofTrainings(engine, first);
  for (const [kernel, digest] of Object.entries(await ofTrainings(engine, later)))
    digests[`${kernel}: ${later.join(', ')}`] = digest;
  const decomposed = [];
  const random = NumpyRandom.fromSeed(5);
  for (const [rows, columns] of [
    [1, 1],
    [30, 7],
    [7, 31],
    [25, 25],
    [40, 121],
  ]) {
    const { u, s, v } = await engine.svd(random.normals(rows * columns), rows, columns);
    decomposed.push(u, s, v);
  }
  const product = await engine.product(random.normals(33 * 10), random.normals(10 * 7), 33, 10, 7);
  // Long enough to be made square first, in several chunks.
  const long = await engine.svd(NumpyRandom.fromSeed(6).normals(40 * 7001), 40, 7001);
  return {
    ...digests,
    product: await sha256([product]),
    svd: await sha256(decomposed),
    'svd of long vectors': await sha256([long.u, long.s, long.v]),
  };
}

/** How many parameters the largest of the trainings has: said by the test, so that nobody shrinks them unseen. */
export const largest = () => Math.max(...trainings(activations).map(({ network }) => parameterCount(network)));
