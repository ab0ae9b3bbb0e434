/** The losses of classes on every CPU engine against PyTorch: first steps to rounding, a thousand steps, counts, going on. */
import { describe, expect, it } from 'vitest';
import type { Checkpoint, Optimizer, Training } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { engineNames } from '../../src/engine/traits.js';
import type { Loss } from '../../src/model/loss.js';
import { Mt19937 } from '../../src/model/mt19937.js';
import type { Activation } from '../../src/model/network.js';
import { networkOfOutput, placesOfOutput, wholeGradients } from '../../src/model/one-output.js';
import { oneHot } from '../../src/steps/classes.js';
import { fixture } from '../fixtures/numerics/fixture.js';

/** What torch_losses.py writes. */
interface TorchLosses {
  readonly trainings: readonly {
    readonly loss: Loss;
    readonly classes: number;
    readonly inputs: number;
    readonly hidden: number[];
    readonly outputs: number[] & number;
    readonly activation: Activation;
    readonly optimizer: Optimizer;
    readonly batches: 'full' | 'torch-randperm';
    readonly size: number;
    readonly seed: number;
    readonly x: number[];
    readonly y: number[];
    readonly initial: number[];
    readonly losses: Readonly<Record<string, number>>;
    readonly after: Readonly<Record<string, number[]>>;
    readonly steps: number;
    readonly trainLoss: number;
    readonly trainLossFloat32: number;
    readonly confusion: number[];
  }[];
  readonly far: readonly {
    readonly loss: 'cross-entropy' | 'logistic';
    readonly outputs: number[];
    readonly target: number;
    readonly value: number;
    readonly slope: number[];
  }[];
}

const { trainings, far } = fixture('torch-losses') as TorchLosses;
type Case = (typeof trainings)[number];

const quiet = { progress: () => undefined, signal: new AbortController().signal };

function trainingOf(one: Case, steps: number, checkpoints: readonly number[]): Training {
  const outputs = one.loss === 'logistic' ? 1 : one.classes;
  const y = Float64Array.from(one.y);
  return {
    network: { inputs: one.inputs, hidden: one.hidden, activation: one.activation, ...(outputs > 1 && { outputs }) },
    initial: Float64Array.from(one.initial),
    parameters: 'all',
    optimizer: one.optimizer,
    batches:
      one.batches === 'full'
        ? { kind: 'full' }
        : { kind: one.batches, size: one.size, stream: Mt19937.fromSeed(one.seed).state() },
    loss: one.loss,
    classes: one.classes,
    data: { inputs: Float64Array.from(one.x), targets: one.loss === 'mse' ? oneHot(y, one.classes) : y },
    steps,
    checkpoints,
  };
}

const farthest = (found: ArrayLike<number>, wanted: readonly number[]): number =>
  wanted.reduce(
    (most, value, i) => Math.max(most, Math.abs((found[i] ?? Number.NaN) - value) / (1 + Math.abs(value))),
    0,
  );

const bounds = { reference: { first: 1e-14, later: 1e-9 }, wasm: { first: 5e-7, later: 2e-5 } } as const;

describe.each(engineNames)('%s', (name) => {
  const engine = openEngine(name);
  const { first, later } = bounds[name];

  it.each(trainings.map((one, index) => [`${one.loss} ${index}`, one] as const))('%s as PyTorch', async (_, one) => {
    const { checkpoints } = await engine.train(trainingOf(one, one.steps, [1, 2, 50, one.steps]), quiet);
    const [step1, step2, step50, last] = checkpoints as [Checkpoint, Checkpoint, Checkpoint, Checkpoint];
    for (const [checkpoint, step, bound] of [
      [step1, 1, first],
      [step2, 2, first],
      [step50, 50, later],
    ] as const) {
      expect(farthest([checkpoint.batchLoss], [one.losses[step]!])).toBeLessThan(bound);
      expect(farthest(checkpoint.parameters, one.after[step]!)).toBeLessThan(bound);
    }
    const allowed = Math.max(1e-6, 10 * Math.abs(one.trainLossFloat32 - one.trainLoss));
    expect(Math.abs(last.trainLoss - one.trainLoss)).toBeLessThan(name === 'reference' ? 1e-6 : allowed);
    expect(Array.from(last.trainConfusion ?? [])).toEqual(one.confusion);
    const outputs = await engine.predict(
      trainingOf(one, 1, []).network,
      Float64Array.from(one.initial),
      Float64Array.from(one.x),
    );
    expect(farthest(outputs, one.outputs)).toBeLessThan(1e-13);
  });

  it('far from zero nothing overflows, and nothing small is lost', async () => {
    for (const { loss, outputs, target, value, slope } of far) {
      // Of the input 0 the outputs are the biases, which one step at rate 1 moves along the gradient.
      const training: Training = {
        network: { inputs: 1, hidden: [], activation: 'relu', outputs: outputs.length },
        initial: Float64Array.from([...outputs.map(() => 0), ...outputs]),
        ...{ parameters: 'all', batches: { kind: 'full' }, loss, steps: 1, checkpoints: [1] },
        optimizer: { kind: 'sgd', rate: 1, momentum: 0, weightDecay: 0 },
        data: { inputs: Float64Array.of(0), targets: Float64Array.of(target) },
      };
      const { checkpoints } = await engine.train(training, quiet);
      const [{ batchLoss, parameters }] = checkpoints as [Checkpoint];
      expect(farthest([batchLoss], [value])).toBeLessThan(first);
      const moved = Array.from(parameters.subarray(outputs.length), (bias, k) => outputs[k]! - bias);
      expect(moved.every((by, k) => Math.abs(by - slope[k]!) <= first * (1 + Math.abs(outputs[k]!)))).toBe(true);
    }
  });

  it('goes on from a state as if it had not stopped, counts and all', async () => {
    const training = trainingOf(trainings[1]!, 60, [30, 60]);
    const states: { checkpoint: Checkpoint; rest: Uint8Array }[] = [];
    const whole = await engine.train(training, {
      ...quiet,
      checkpoint: (checkpoint, rest) => states.push({ checkpoint, rest }),
    });
    const [{ checkpoint, rest }] = states as [(typeof states)[number]];
    const from = { step: checkpoint.step, parameters: checkpoint.parameters, rest };
    const again = await engine.train({ ...training, checkpoints: [60], from }, quiet);
    expect(again.checkpoints[0]).toEqual(whole.checkpoints[1]);
  });

  it('refuses classes that there are not', async () => {
    const training = trainingOf(trainings[0]!, 1, [1]);
    const data = { ...training.data, targets: training.data.targets.map(() => 3) };
    await expect(engine.train({ ...training, data }, quiet)).rejects.toThrow('classes are whole numbers from 0 to 2');
    await expect(engine.train({ ...training, loss: 'logistic' }, quiet)).rejects.toThrow(RangeError);
    await expect(engine.jacobian(training.network, training.initial, training.data.inputs)).rejects.toThrow(
      'one output',
    );
  });
});

it('one output of several as a network by itself has the same outputs, and gradients in its own places', async () => {
  const engine = openEngine('reference');
  const { network, initial, data } = trainingOf(trainings[1]!, 1, []);
  const all = await engine.predict(network, initial, data.inputs);
  const places = placesOfOutput(network, 3);
  const alone = Float64Array.from(places, (place) => initial[place]!);
  const outputs = await engine.predict(networkOfOutput(network), alone, data.inputs);
  expect(Array.from(outputs)).toEqual(Array.from(all).filter((_, index) => index % 5 === 3));
  const rows = await engine.jacobian(networkOfOutput(network), alone, data.inputs);
  const whole = wholeGradients(rows, places, initial.length);
  // Against central differences of the whole network's output.
  for (const place of [0, places[places.length - 1]!, places[places.length - 3]!, initial.length - 1]) {
    const at = (by: number): Float64Array => initial.map((value, index) => (index === place ? value + by : value));
    const [above, below] = [
      await engine.predict(network, at(1e-5), data.inputs),
      await engine.predict(network, at(-1e-5), data.inputs),
    ];
    for (let row = 0; row < 5; row += 1) {
      const difference = (above[row * 5 + 3]! - below[row * 5 + 3]!) / 2e-5;
      expect(Math.abs(whole[row * initial.length + place]! - difference)).toBeLessThan(1e-8);
    }
  }
});
