import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { makeDataset } from '../../src/model/dataset.js';
import { machineEpsilon } from '../../src/model/machine-epsilon.js';
import { rankAbove, rankTolerance } from '../../src/model/spectrum.js';
import { fixture } from '../fixtures/numerics/fixture.js';
import { notebookStarts } from '../fixtures/numerics/notebook-draws.js';
import { everyNth } from '../every-nth.js';

/** The notebook run in PyTorch (SCIENCE.md, A9). A record is [batch loss before the step, test loss, train loss after]. */
interface Golden {
  readonly runs: Readonly<
    Record<
      string,
      { readonly hist: Record<string, [number, number, number]>; readonly s0: number[]; readonly rank0: number }
    >
  >;
}
const golden = JSON.parse(readFileSync(new URL('../golden/notebook.json', import.meta.url), 'utf8')) as Golden;

/** PyTorch's losses in the same order, from notebook_training.py. */
const torch = fixture('notebook-training') as Record<
  string,
  { readonly float64: Record<string, [number, number, number]> }
>;

const drawn = makeDataset({
  function: { kind: 'piecewise-linear-as-published' },
  samples: 200,
  inputs: 'uniform',
  domain: [0, 1],
  noise: 0.1,
  test: { grid: 1000, withTrainingInputs: true },
  seed: 1,
});
// The notebook makes float32 tensors of its data.
const data = { inputs: drawn.inputs.map(Math.fround), targets: drawn.targets.map(Math.fround) };
const test = { inputs: drawn.test!.inputs.map(Math.fround), targets: drawn.test!.targets.map(Math.fround) };
const starts = notebookStarts().map((start) => ({
  ...start,
  name: `${start.network.hidden.length}-${start.network.hidden[0]!}`,
}));

/** The largest relative difference of the three losses. */
function gap(losses: readonly number[], expected: readonly number[]): number {
  return Math.max(...losses.map((loss, i) => Math.abs(loss / expected[i]! - 1)));
}

/**
 * From step 1000 on float32 rounding grows: PyTorch's own float32 and float64 runs of the same training differ at step
 * 10,000 by 4e-5 to 1e-4 with one hidden layer and by 8e-4 to 5e-2 with two (notebook_training.py). So a float64 engine is
 * held closely to PyTorch in float64, and to the golden float32 run as closely as PyTorch in float64 keeps to it.
 */
describe.each(everyNth(2, starts))('training $name of the notebook', ({ name, network, parameters, stream }) => {
  it('losses: within 1e-9 of PyTorch float64 at steps 1, 1000, 3000, 10,000; within 1e-6 of golden at 1 and 1000, and at ' +
    '10,000 within 1e-4 or where PyTorch float64 is further off within 1.001 of its distance', {
    timeout: 60_000,
  }, async () => {
    const { checkpoints } = await referenceEngine.train(
      {
        network,
        initial: parameters,
        parameters: 'all',
        optimizer: { kind: 'sgd', rate: 0.02, momentum: 0, weightDecay: 0 },
        batches: { kind: 'torch-randperm', size: 40, stream },
        data,
        test,
        steps: 10_000,
        checkpoints: [1, 1000, 3000, 10_000],
      },
      { progress: () => undefined, signal: new AbortController().signal },
    );
    expect(checkpoints.map(({ step }) => step)).toEqual([1, 1000, 3000, 10_000]);
    for (const { step, batchLoss, testLoss, trainLoss } of checkpoints) {
      const losses = [batchLoss, testLoss, trainLoss];
      const float64 = torch[name]!.float64[step]!;
      expect(gap(losses, float64), `PyTorch float64 at ${step}`).toBeLessThan(1e-9);
      const published = golden.runs[name]!.hist[step];
      if (published === undefined) continue;
      const bound = step <= 1000 ? 1e-6 : Math.max(1e-4, 1.001 * gap(float64, published));
      expect(gap(losses, published), `golden at ${step}`).toBeLessThan(bound);
    }
  });
});

describe('the gradient features at initialisation: 8 leading singular values within 1e-5, numerical rank equal', () => {
  it.each(starts)('$name', async ({ name, network, parameters }) => {
    const features = await referenceEngine.jacobian(network, parameters, data.inputs);
    const { s } = await referenceEngine.svd(features, 200, parameters.length);
    const { s0, rank0 } = golden.runs[name]!;
    s0.forEach((expected, k) => {
      expect(Math.abs(s[k]! / expected - 1)).toBeLessThan(1e-5);
    });
    expect(rankAbove(s, rankTolerance(s, 200, parameters.length, machineEpsilon.float32))).toBe(rank0);
  });
});

describe('the same in float32, by the wasm engine', () => {
  it.each(starts)(
    '$name: within 1e-6 of golden at steps 1 and 1000; at 10,000 within 1e-4, or ten times what float32 does to PyTorch',
    async ({ name, network, parameters, stream }) => {
      const { checkpoints } = await openEngine('wasm').train(
        {
          network,
          initial: parameters,
          parameters: 'all',
          optimizer: { kind: 'sgd', rate: 0.02, momentum: 0, weightDecay: 0 },
          batches: { kind: 'torch-randperm', size: 40, stream },
          data,
          test,
          steps: 10_000,
          checkpoints: [1, 1000, 10_000],
        },
        { progress: () => undefined, signal: new AbortController().signal },
      );
      expect(checkpoints.map(({ step }) => step)).toEqual([1, 1000, 10_000]);
      for (const { step, batchLoss, testLoss, trainLoss } of checkpoints) {
        const published = golden.runs[name]!.hist[step]!;
        const rounding = gap(torch[name]!.float64[step]!, published);
        const bound = step <= 1000 ? 1e-6 : Math.max(1e-4, 10 * rounding);
        expect(gap([batchLoss, testLoss, trainLoss], published), `at ${step}`).toBeLessThan(bound);
      }
    },
  );
});
