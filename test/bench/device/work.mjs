/** The work that GPUs are measured by: the three goals of the README, their sizes, and tiny ones for a software driver. */
import { initialParameters } from '../../../dist/model/initial-parameters.js';
import { NumpyRandom } from '../../../dist/model/numpy-random.js';

export const clock = () => performance.now() / 1000;
const { signal } = new AbortController();

/** The sizes, and what each goal is in the README's words. */
export function goals(tiny) {
  return {
    sweep: {
      hidden: [tiny ? 8 : 40],
      size: tiny ? 10 : 40,
      runs: tiny ? 4 : 1024,
      steps: tiny ? 120 : 150_000,
      checkpoints: tiny ? [1, 4] : [1, 154],
      goal: 'at most 5 s',
      most: 5,
    },
    wide: {
      hidden: tiny ? [160, 160] : [1024, 1024],
      size: tiny ? 10 : 200,
      runs: 1,
      steps: tiny ? 4 : 5000,
      checkpoints: tiny ? [1, 2] : [1, 50],
      goal: "more steps than PyTorch's eager ones",
    },
    spectrum: { width: tiny ? 16 : 4096, points: tiny ? 12 : 1000, goal: 'under 2 s, pipelines compiled', most: 2 },
  };
}

/** One run of plain descent; checkpoints at equal distances. */
export function training({ hidden, size, steps }, seed, checkpoints = 1) {
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
    checkpoints: Array.from({ length: checkpoints }, (_, index) => Math.round(((index + 1) * steps) / checkpoints)),
  };
}

/** All runs of a row; with `keep` the whole state of every checkpoint leaves the device, as in a build. */
export function tasksOf(row, checkpoints, keep) {
  const watch = { progress: () => undefined, signal, ...(keep && { checkpoint: () => undefined }) };
  return Array.from({ length: row.runs }, (_, seed) => ({ training: training(row, seed, checkpoints), watch }));
}

/** The network of the spectrum, its parameters, and where its gradients are taken. */
export function spectrumOf({ width, points }) {
  const network = { inputs: 1, hidden: [width, width], activation: 'relu' };
  const { parameters } = initialParameters(network, 'none', 0);
  return { network, parameters, inputs: NumpyRandom.fromSeed(2).uniforms(points) };
}
