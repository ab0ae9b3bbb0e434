/** Whether the device computes what the processor computes, and the same bits every time. */
import { createHash } from 'node:crypto';
import { parameterCount } from '../../../dist/model/network.js';
import { NumpyRandom } from '../../../dist/model/numpy-random.js';
import { training } from './work.mjs';

const watch = { progress: () => undefined, signal: new AbortController().signal };

/** What results may be off by, in parts of their largest number: of a few steps in float32, of one pass, of double-single numbers. */
const allowed = { steps: 1e-4, single: 1e-5, double: 1e-11 };

/** One of each operation, by name: what it may be off by, and its numbers. */
export function operations(tiny) {
  const random = NumpyRandom.fromSeed(5);
  const width = tiny ? 7 : 64;
  const points = tiny ? 20 : 300;
  const network = { inputs: 2, hidden: [width, width], activation: 'tanh' };
  const parameters = random.normals(parameterCount(network)).map((value) => Math.fround(value / Math.sqrt(width)));
  const inputs = random.uniforms(2 * points).map(Math.fround);
  const [rows, inner, columns] = tiny ? [12, 9, 11] : [130, 200, 90];
  const [a, b] = [random.normals(rows * inner), random.normals(inner * columns)];
  const steps = tiny ? 5 : 30;
  const plain = training({ hidden: [tiny ? 8 : 40], size: 40, steps }, 3);
  // Layers with activations of their own go layer by layer, whatever their size.
  const layers = training({ hidden: tiny ? [6, 5] : [200, 200], size: 40, steps }, 4);
  const adam = { kind: 'adam', rate: 1e-3, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0 };
  const last = (result) => result.checkpoints.at(-1).parameters;
  return {
    'a training in a workgroup': [allowed.steps, async (engine) => last(await engine.train(plain, watch))],
    'a training layer by layer': [
      allowed.steps,
      async (engine) => {
        const several = { ...layers.network, activation: ['tanh', 'relu'] };
        return last(await engine.train({ ...layers, network: several, optimizer: adam }, watch));
      },
    ],
    outputs: [allowed.single, (engine) => engine.predict(network, parameters, inputs)],
    'a Jacobian': [allowed.single, (engine) => engine.jacobian(network, parameters, inputs)],
    // The gradients themselves are in float32.
    'a Gram matrix': [allowed.single, (engine) => engine.gram(network, parameters, inputs)],
    'a product': [allowed.double, (engine) => engine.product(a, b, rows, inner, columns)],
    'singular values': [allowed.double, async (engine) => (await engine.svd(a, rows, inner)).s],
  };
}

/** The largest difference in parts of the largest entry; NaN where there is no number. */
function distance(actual, expected) {
  let [largest, worst] = [0, actual.length === expected.length ? 0 : NaN];
  expected.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value));
    worst = Math.max(worst, Math.abs(value - actual[i]));
  });
  return worst / largest;
}

/** Of each operation, as soon as it is known, how far the device is from the processor, and whether that is near enough. */
export async function* agreement({ gpu, processor, tiny }) {
  for (const [name, [most, compute]] of Object.entries(operations(tiny))) {
    const off = distance(await compute(gpu), await compute(processor));
    yield { name, off, most, agrees: off <= most };
  }
}

const digest = (numbers) =>
  createHash('sha256').update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)).digest('hex');

/** Of each operation, as soon as it is known, whether it gives the same bits twice, and once more on a device that is opened again. */
export async function* bits({ gpu, again, tiny }) {
  const other = await again();
  for (const [name, [, compute]] of Object.entries(operations(tiny))) {
    const [first, second, third] = [await compute(gpu), await compute(gpu), await compute(other)].map(digest);
    yield { name, twice: first === second, reopened: first === third, digest: first.slice(0, 16) };
  }
}
