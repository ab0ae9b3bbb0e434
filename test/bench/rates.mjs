/**
 * The rates of the wasm engine's kernels by shape of network and batch, over one input. Prints a line of JSON for each shape
 * with the processor's seconds (not the clock's: other work does not count) of one thread.
 */
import { openEngine } from '../../dist/engine/open-engine.js';
import { Mt19937 } from '../../dist/model/mt19937.js';
import { parameterCount } from '../../dist/model/network.js';
import { NumpyRandom } from '../../dist/model/numpy-random.js';

const engine = openEngine('wasm');
const random = NumpyRandom.fromSeed(1);
const watch = { progress: () => undefined, signal: new AbortController().signal };

/** Seconds of one call, of as many as take half a second. */
async function secondsOf(call) {
  await call();
  for (let calls = 1; ; calls *= 4) {
    const before = process.cpuUsage();
    for (let i = 0; i < calls; i += 1) await call();
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (seconds > 0.4) return seconds / calls;
  }
}

const print = (row) => console.log(JSON.stringify(row));
const networkOf = (hidden, activation = 'relu', inputs = 1) => ({ inputs, hidden, activation });
const parametersOf = (network) =>
  random.normals(parameterCount(network)).map((value) => value / (4 * Math.sqrt(network.hidden[0] ?? 1)));

for (const hidden of [[2], [10], [40], [100], [400], [2000], [10, 10], [40, 40], [100, 100], [300, 300], [20, 20, 20, 20]]) {
  for (const [size, activation] of [[1, 'relu'], [10, 'relu'], [40, 'relu'], [40, 'tanh'], [40, 'gelu'], [200, 'relu']]) {
    const network = networkOf(hidden, activation);
    // So many that setting it up is little of it.
    const [samples, steps] = [200, Math.max(50, Math.round(4e7 / (parameterCount(network) * size + 4000)))];
    const training = {
      network,
      initial: parametersOf(network),
      parameters: 'all',
      optimizer: { kind: 'sgd', rate: 1e-9, momentum: 0, weightDecay: 0 },
      batches:
        size === samples ? { kind: 'full' } : { kind: 'torch-randperm', size, stream: Mt19937.fromSeed(1).state() },
      data: { inputs: random.uniforms(samples), targets: random.uniforms(samples) },
      steps,
      checkpoints: [steps],
    };
    const seconds = (await secondsOf(() => engine.train(training, watch))) / steps;
    print({ kind: 'train', hidden, size, activation, samples, parameters: parameterCount(network), seconds });
  }
}
for (const [rows, columns] of [[20, 20], [50, 31], [200, 31], [200, 121], [200, 1761], [400, 400], [1000, 300], [200, 10000]]) {
  const matrix = random.normals(rows * columns);
  print({ kind: 'svd', rows, columns, seconds: await secondsOf(() => engine.svd(matrix, rows, columns)) });
}
for (const hidden of [[10], [40], [400], [40, 40], [100, 100]]) {
  for (const points of [50, 200, 1000]) {
    const network = networkOf(hidden);
    const parameters = parametersOf(network);
    const inputs = random.uniforms(points);
    const shape = { hidden, points, parameters: parameterCount(network) };
    print({ kind: 'jacobian', ...shape, seconds: await secondsOf(() => engine.jacobian(network, parameters, inputs)) });
    print({ kind: 'gram', ...shape, seconds: await secondsOf(() => engine.gram(network, parameters, inputs)) });
    print({ kind: 'predict', ...shape, seconds: await secondsOf(() => engine.predict(network, parameters, inputs)) });
    const r = Math.min(50, parameters.length);
    const matrix = random.normals(parameters.length * r);
    const seconds = await secondsOf(() => engine.jacobianProduct(network, parameters, inputs, matrix, r));
    print({ kind: 'jacobianProduct', ...shape, columns: r, seconds });
  }
}
for (const [rows, inner, columns] of [[50, 50, 50], [200, 200, 200], [1000, 200, 200], [256, 1761, 200]]) {
  const [a, b] = [random.normals(rows * inner), random.normals(inner * columns)];
  print({ kind: 'product', rows, inner, columns, seconds: await secondsOf(() => engine.product(a, b, rows, inner, columns)) });
}
