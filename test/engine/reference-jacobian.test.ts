import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { predict } from '../../src/model/forward.js';
import { activations, type Network, parameterCount } from '../../src/model/network.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';
import { torchCases } from '../fixtures/numerics/torch-training.js';

/** A random network with its parameters and inputs, normal numbers all. */
const setting = fc
  .record({
    inputs: fc.integer({ min: 1, max: 4 }),
    hidden: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
    activation: fc.constantFrom(...activations),
    seed: fc.nat(1e6),
  })
  .map(({ seed, ...network }) => {
    const random = NumpyRandom.fromSeed(seed);
    return { network, parameters: random.normals(parameterCount(network)), inputs: random.normals(5 * network.inputs) };
  });

describe('the Jacobian of the reference engine', () => {
  it.each(torchCases)('$activation $inputs-$hidden-1 equals PyTorch float64 within 1e-12', async (torch) => {
    const network: Network = { inputs: torch.inputs, hidden: torch.hidden, activation: torch.activation };
    const jacobian = await referenceEngine.jacobian(
      network,
      Float64Array.from(torch.initial),
      Float64Array.from(torch.x),
    );
    expect(jacobian).toHaveLength(torch.jacobian.length);
    jacobian.forEach((value, i) => {
      expect(Math.abs(value - torch.jacobian[i]!)).toBeLessThan(1e-12);
    });
  });

  it('equals central differences within 1e-6 relative to the largest derivative, for random networks', async () => {
    await fc.assert(
      fc.asyncProperty(setting, async ({ network, parameters, inputs }) => {
        const d = parameters.length;
        const jacobian = await referenceEngine.jacobian(network, parameters, inputs);
        const step = 1e-6;
        const moved = (j: number, by: number): Float64Array => {
          const other = parameters.slice();
          other[j]! += by;
          return predict(network, other, inputs);
        };
        const largest = jacobian.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        for (let j = 0; j < d; j++) {
          const [up, down, middle] = [moved(j, step), moved(j, -step), predict(network, parameters, inputs)];
          up.forEach((y, i) => {
            const right = (y - middle[i]!) / step;
            const left = (middle[i]! - down[i]!) / step;
            // A kink within the step: the two one-sided differences disagree, and neither is the derivative.
            if (Math.abs(right - left) > 1e-3 * largest) return;
            expect(Math.abs(jacobian[i * d + j]! - (right + left) / 2)).toBeLessThan(1e-6 * largest);
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('of more inputs than one pass holds is that of each alone, bit for bit', async () => {
    const network: Network = { inputs: 2, hidden: [4, 3], activation: 'tanh' };
    const random = NumpyRandom.fromSeed(0);
    const d = parameterCount(network);
    const [parameters, inputs] = [random.normals(d), random.normals(2 * 300)];
    const jacobian = await referenceEngine.jacobian(network, parameters, inputs);
    for (const i of [0, 255, 256, 299]) {
      const alone = await referenceEngine.jacobian(network, parameters, inputs.slice(2 * i, 2 * i + 2));
      expect([...jacobian.slice(i * d, (i + 1) * d)]).toEqual([...alone]);
    }
  });

  it('the derivative of relu at 0 is 0', async () => {
    const network: Network = { inputs: 1, hidden: [1], activation: 'relu' };
    expect([...(await referenceEngine.jacobian(network, Float64Array.of(1, 0, 1, 0), Float64Array.of(0)))]).toEqual([
      0, 0, 0, 1,
    ]);
  });

  it('rejects sizes that do not fit', async () => {
    const network: Network = { inputs: 1, hidden: [1], activation: 'relu' };
    await expect(referenceEngine.jacobian(network, new Float64Array(3), new Float64Array(1))).rejects.toThrow(
      RangeError,
    );
  });
});
