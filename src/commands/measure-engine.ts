/** One figure by which engines can be compared: steps a second of a small training. */
import type { Engine, Training, TrainingTask } from '../engine/engine.js';
import { initialParameters } from '../model/initial-parameters.js';
import type { Network } from '../model/network.js';
import { NumpyRandom } from '../model/numpy-random.js';

/** One hidden layer of 40, 200 samples, batches of 40 without replacement, plain descent: the study's. */
function trainingOf(seed: number, steps: number): Training {
  const network: Network = { inputs: 1, hidden: [40], activation: 'relu' };
  const random = NumpyRandom.fromSeed(1);
  const inputs = random.uniforms(200).sort();
  const start = initialParameters(network, 'uniform', seed);
  return {
    network,
    initial: start.parameters,
    parameters: 'all',
    optimizer: { kind: 'sgd', rate: 0.02, momentum: 0, weightDecay: 0 },
    batches: { kind: 'torch-randperm', size: 40, stream: start.torchStream },
    data: { inputs, targets: inputs.map((x) => Math.fround(x * (1 - x))) },
    steps,
    checkpoints: [steps],
  };
}

export interface Measured {
  /** Runs that were trained at a time. */
  readonly runs: number;
  /** Runs x steps a second. */
  readonly stepsPerSecond: number;
}

/** Seconds that a measurement should take at least, to be worth anything. */
const patience = 0.3;

/** Trains so many runs at a time, ever longer until it takes a moment. */
export async function measureEngine(
  engine: Engine,
  runs: number,
  signal: AbortSignal,
  clock: () => number,
): Promise<Measured> {
  const train = async (steps: number): Promise<number> => {
    const watch = { progress: () => undefined, signal };
    const tasks = Array.from(
      { length: runs },
      (_, seed): TrainingTask => ({ training: trainingOf(seed, steps), watch }),
    );
    const started = clock();
    if (engine.trainMany === undefined) await Promise.all(tasks.map(({ training }) => engine.train(training, watch)));
    else await engine.trainMany(tasks);
    return clock() - started;
  };
  // Compiling is not measured.
  await train(1);
  for (let steps = 4; ; steps *= 4) {
    const seconds = await train(steps);
    if (seconds >= patience || steps >= 1e7) return { runs, stepsPerSecond: (runs * steps) / seconds };
  }
}
