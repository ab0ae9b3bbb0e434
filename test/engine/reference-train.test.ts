import { describe, expect, it } from 'vitest';
import type { Batches, Training, Watch } from '../../src/engine/engine.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { predict } from '../../src/model/forward.js';
import type { Network } from '../../src/model/network.js';
import { Mt19937 } from '../../src/model/mt19937.js';
import { type TorchCase, torchCases } from '../fixtures/numerics/torch-training.js';

const watch: Watch = { progress: () => undefined, signal: new AbortController().signal };

function batchesOf({ batches, seed }: TorchCase): Batches {
  return batches === 'full' ? { kind: batches } : { kind: batches, size: 5, stream: Mt19937.fromSeed(seed).state() };
}

function trainingOf(torch: TorchCase): Training {
  const { inputs, hidden, activation, optimizer, parameters } = torch;
  return {
    network: { inputs, hidden, activation },
    initial: Float64Array.from(torch.initial),
    parameters,
    optimizer,
    batches: batchesOf(torch),
    data: { inputs: Float64Array.from(torch.x), targets: Float64Array.from(torch.y) },
    steps: 50,
    checkpoints: [0, 1, 50],
  };
}

function expectRelative(actual: number, expected: number, bound: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(bound * Math.abs(expected));
}

/** Asserts that two flat vectors differ by at most `bound` relative to the largest entry. */
function expectVector(actual: Float64Array, expected: readonly number[], bound: number): void {
  const largest = Math.max(...expected.map(Math.abs));
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!), `parameter ${i}`).toBeLessThanOrEqual(bound * largest);
  });
}

describe('training against PyTorch float64: relative 1e-14 after a step, 1e-10 after 50', () => {
  it.each(torchCases)('$activation $inputs-$hidden-1, $optimizer.kind, $parameters, $batches', async (torch) => {
    const { checkpoints, divergedAt } = await referenceEngine.train(trainingOf(torch), watch);
    expect(divergedAt).toBeUndefined();
    const [start, first, last] = checkpoints as [
      (typeof checkpoints)[0],
      (typeof checkpoints)[0],
      (typeof checkpoints)[0],
    ];
    expect([...start.parameters]).toEqual(torch.initial);
    expectVector(Float64Array.from(first.parameters), torch.after1, 1e-14);
    expectVector(Float64Array.from(last.parameters), torch.after50, 1e-10);
    expectRelative(first.batchLoss, torch.losses[0], 1e-13);
    expectRelative(last.batchLoss, torch.losses[1], 1e-10);
    expectRelative(last.trainLoss, torch.trainLoss50, 1e-10);
    expect([start.batchLoss, start.testLoss, last.testLoss]).toEqual([NaN, NaN, NaN]);
  });

  it('with `output` only the output layer moves, and it does', async () => {
    const torch = torchCases.find(({ parameters }) => parameters === 'output')!;
    const { checkpoints } = await referenceEngine.train(trainingOf(torch), watch);
    const fixed = torch.initial.length - torch.hidden.at(-1)! - 1;
    const last = [...checkpoints.at(-1)!.parameters];
    expect(last.slice(0, fixed)).toEqual(torch.initial.slice(0, fixed));
    last.slice(fixed).forEach((value, i) => {
      expect(value).not.toBe(torch.initial[fixed + i]);
    });
  });
});

const line: Network = { inputs: 1, hidden: [], activation: 'identity' };

/** Gradient descent on the loss (w - 1)^2 from w = 0, b = 0, with one sample at x = 1, y = 1: w = b always. */
function descent(rate: number, steps: number, checkpoints: number[]): Training {
  return {
    network: line,
    initial: new Float64Array(2),
    parameters: 'all',
    optimizer: { kind: 'sgd', rate, momentum: 0, weightDecay: 0 },
    batches: { kind: 'full' },
    data: { inputs: Float64Array.of(1), targets: Float64Array.of(1) },
    test: { inputs: Float64Array.of(2), targets: Float64Array.of(0) },
    steps,
    checkpoints,
  };
}

describe('what is recorded', () => {
  it('losses by hand: the batch before the update, the rest after it', async () => {
    const { checkpoints } = await referenceEngine.train(descent(0.125, 2, [0, 1, 2]), watch);
    // w and b: 0, 0.25, 0.375. Output at x = 1 is w + b, at x = 2 it is 2w + b.
    expect(checkpoints.map(({ parameters }) => [...parameters])).toEqual([
      [0, 0],
      [0.25, 0.25],
      [0.375, 0.375],
    ]);
    expect(checkpoints.map(({ batchLoss }) => batchLoss)).toEqual([NaN, 1, 0.25]);
    expect(checkpoints.map(({ trainLoss }) => trainLoss)).toEqual([1, 0.25, 0.0625]);
    expect(checkpoints.map(({ testLoss }) => testLoss)).toEqual([0, 0.5625, 1.265625]);
    expect(checkpoints.map(({ step }) => step)).toEqual([0, 1, 2]);
  });

  it('a shorter training is a prefix of a longer one, bit for bit, for momentum and Adam too', async () => {
    for (const torch of torchCases.slice(0, 6)) {
      const training = trainingOf(torch);
      const short = await referenceEngine.train({ ...training, steps: 20, checkpoints: [0, 7, 20] }, watch);
      const long = await referenceEngine.train({ ...training, checkpoints: [0, 3, 7, 20, 50] }, watch);
      const kept = long.checkpoints.filter(({ step }) => [0, 7, 20].includes(step));
      expect(short.checkpoints).toEqual(kept);
    }
  });

  it('the initial parameters are not written to', async () => {
    const training = descent(0.1, 5, [5]);
    await referenceEngine.train(training, watch);
    expect([...training.initial]).toEqual([0, 0]);
  });

  it('no steps is the start alone', async () => {
    const { checkpoints } = await referenceEngine.train(descent(0.1, 0, [0]), watch);
    expect(checkpoints).toHaveLength(1);
  });
});

describe('divergence', () => {
  // With rate 1e60 the residual r becomes r (1 - 4e60): 1, 4e60, 1.6e121, 6.4e181, so its square overflows at step 4.
  it('ends the run at the first step whose loss is not finite: step 4 at rate 1e60; earlier checkpoints stand', async () => {
    const result = await referenceEngine.train(descent(1e60, 100, [0, 1, 2, 50, 100]), watch);
    expect(result.divergedAt).toBe(4);
    expect(result.checkpoints.map(({ step }) => step)).toEqual([0, 1, 2]);
    for (const { trainLoss, testLoss } of result.checkpoints) expect(Number.isFinite(trainLoss + testLoss)).toBe(true);
  });

  it('records no checkpoint whose train or test loss is not finite: step 3 already', async () => {
    const result = await referenceEngine.train(descent(1e60, 100, [2, 3]), watch);
    expect(result.divergedAt).toBe(3);
    expect(result.checkpoints.map(({ step }) => step)).toEqual([2]);
  });

  it('a start that is not finite diverged at 0, or at 1 when 0 is no checkpoint', async () => {
    const training = { ...descent(0.1, 3, [0]), initial: Float64Array.of(NaN, 0) };
    expect(await referenceEngine.train(training, watch)).toEqual({ checkpoints: [], divergedAt: 0 });
    expect(await referenceEngine.train({ ...training, checkpoints: [3] }, watch)).toEqual({
      checkpoints: [],
      divergedAt: 1,
    });
  });

  it('is seen through relu units: a NaN input to every unit', async () => {
    const network: Network = { inputs: 1, hidden: [2], activation: 'relu' };
    const training = { ...descent(0.1, 3, [3]), network, initial: Float64Array.of(NaN, NaN, 0, 0, 1, 1, 0) };
    expect((await referenceEngine.train(training, watch)).divergedAt).toBe(1);
  });
});

describe('progress and abort', () => {
  const long: Training = { ...descent(1e-9, 1e9, [0]) };

  it("an aborted training rejects with the signal's reason within 500 ms, and reports ascending progress until then", async () => {
    const controller = new AbortController();
    const reported: number[] = [];
    const reason = new Error('enough');
    let aborted = 0;
    setTimeout(() => {
      aborted = performance.now();
      controller.abort(reason);
    }, 300);
    const training = referenceEngine.train(long, {
      progress: (steps) => reported.push(steps),
      signal: controller.signal,
    });
    await expect(training).rejects.toBe(reason);
    expect(performance.now() - aborted).toBeLessThan(500);
    expect(reported.length).toBeGreaterThanOrEqual(2);
    expect([...reported].sort((a, b) => a - b)).toEqual(reported);
  });

  it('a signal aborted before rejects at once', async () => {
    await expect(referenceEngine.train(long, { ...watch, signal: AbortSignal.abort('no') })).rejects.toBe('no');
  });

  it('the last progress is the last step', async () => {
    const reported: number[] = [];
    await referenceEngine.train(descent(0.1, 10, []), { ...watch, progress: (steps) => reported.push(steps) });
    expect(reported.at(-1)).toBe(10);
  });
});

describe('what is refused', () => {
  const stream = Mt19937.fromSeed(0).state();
  const good = descent(0.1, 5, [0, 5]);
  it.each([
    ['checkpoints that do not ascend', { checkpoints: [2, 1] }],
    ['the same checkpoint twice', { checkpoints: [1, 1] }],
    ['a checkpoint after the last step', { checkpoints: [6] }],
    ['half a step', { checkpoints: [0.5] }],
    ['too few parameters', { initial: new Float64Array(1) }],
    ['targets that do not fit', { data: { inputs: new Float64Array(2), targets: new Float64Array(3) } }],
    ['test targets that do not fit', { test: { inputs: new Float64Array(2), targets: new Float64Array(3) } }],
    ['no samples', { data: { inputs: new Float64Array(), targets: new Float64Array() } }],
    ['more different samples than there are', { batches: { kind: 'torch-randperm', size: 2, stream } }],
    ['an empty batch', { batches: { kind: 'numpy-choice', size: 0, stream } }],
  ] as [string, Partial<Training>][])('%s', async (_, change) => {
    await expect(referenceEngine.train({ ...good, ...change }, watch)).rejects.toThrow(RangeError);
  });

  it('a batch with replacement may be larger than the samples are many', async () => {
    const batches: Batches = { kind: 'numpy-choice', size: 7, stream };
    const { checkpoints } = await referenceEngine.train({ ...good, batches }, watch);
    expect(checkpoints.at(-1)!.trainLoss).toBeLessThan(checkpoints[0]!.trainLoss);
  });
});

it("predict is the model's forward pass", async () => {
  const inputs = Float64Array.of(1, 2, 3);
  expect(await referenceEngine.predict(line, Float64Array.of(2, 1), inputs)).toEqual(
    predict(line, Float64Array.of(2, 1), inputs),
  );
});
