import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { makeDataset } from '../../src/model/dataset.js';
import { numericalRank } from '../../src/model/spectrum.js';
import { notebookStarts } from '../fixtures/numerics/notebook-draws.js';

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

describe("the notebook's six trainings in PyTorch float32: losses within 1e-6 relative at steps 1 and 1000, 1e-4 at 10,000", () => {
  it.each(starts)('$name', { timeout: 60_000 }, async ({ name, network, parameters, stream }) => {
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
        checkpoints: [1, 1000, 10_000],
      },
      { progress: () => undefined, signal: new AbortController().signal },
    );
    expect(checkpoints.map(({ step }) => step)).toEqual([1, 1000, 10_000]);
    for (const { step, batchLoss, testLoss, trainLoss } of checkpoints) {
      const expected = golden.runs[name]!.hist[String(step)]!;
      const bound = step <= 1000 ? 1e-6 : 1e-4;
      [batchLoss, testLoss, trainLoss].forEach((loss, i) => {
        expect(Math.abs(loss / expected[i]! - 1), `${['batch', 'test', 'train'][i]!} at ${step}`).toBeLessThan(bound);
      });
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
    expect(numericalRank(s, 200, parameters.length, 'float32')).toBe(rank0);
  });
});
