import { describe, expect, it } from 'vitest';
import { type Initial, initialNames } from '../../src/model/initial-distributions.js';
import { initialParameters } from '../../src/model/initial-parameters.js';
import { type Activation, parameterLayout } from '../../src/model/network.js';
import { fixture } from '../fixtures/numerics/fixture.js';

interface Torch {
  readonly widths: readonly number[];
  readonly cases: readonly {
    readonly activation: Activation;
    readonly initial: Initial;
    readonly parameters: number[];
  }[];
  readonly gains: Readonly<Record<string, number>>;
  readonly orthogonal: readonly number[];
}
const torch = fixture('torch-initial') as Torch;

it.each(torch.cases)(
  '$initial for $activation has the bits of torch.nn.init',
  ({ activation, initial, parameters }) => {
    const network = { inputs: torch.widths[0]!, hidden: torch.widths.slice(1, -1), activation };
    expect([...initialParameters(network, 'none', 5, initial).parameters]).toEqual(parameters);
  },
);

it('orthogonal is the Q of NumPy’s normal numbers, to the rounding of float32', () => {
  const network = { inputs: torch.widths[0]!, hidden: torch.widths.slice(1, -1), activation: 'tanh' as const };
  const { parameters } = initialParameters(network, 'none', 5, 'orthogonal');
  expect(parameters).toHaveLength(torch.orthogonal.length);
  parameters.forEach((value, index) => {
    expect(Math.abs(value - torch.orthogonal[index]!)).toBeLessThan(2 ** -24);
  });
});

describe('normal numbers', () => {
  const wide = { inputs: 100, hidden: [400], activation: 'tanh' as const };
  const blocks = parameterLayout(wide);
  const deviationOf = (initial: Initial, block: number): number => {
    const { parameters } = initialParameters(wide, 'none', 1, initial);
    const { offset, size } = blocks[block]!;
    return Math.sqrt(parameters.subarray(offset, offset + size).reduce((sum, value) => sum + value * value, 0) / size);
  };

  it.each([
    ['kaiming-normal', torch.gains['tanh']! / Math.sqrt(100), 0],
    ['xavier-normal', Math.sqrt(2 / 500), 0],
    [{ weight: 3, bias: 0.25 }, Math.sqrt(3 / 100), 0.5],
  ] as const)(
    '%j have the deviations that are theirs, within three standard deviations of the estimate',
    (initial, weight, bias) => {
      // Of 40,000 weights the estimate's standard deviation is 0.35 %, of 400 biases 3.5 %.
      expect(Math.abs(deviationOf(initial, 0) / weight - 1)).toBeLessThan(0.0105);
      if (bias === 0) expect(deviationOf(initial, 1)).toBe(0);
      else expect(Math.abs(deviationOf(initial, 1) / bias - 1)).toBeLessThan(0.105);
    },
  );
});

it('pytorch is what there is without it, and there is no other', () => {
  const network = { inputs: 1, hidden: [4], activation: 'relu' as const };
  const plain = initialParameters(network, 'uniform', 3);
  expect(initialParameters(network, 'uniform', 3, 'pytorch')).toEqual(plain);
  expect(() => initialParameters(network, 'none', 3, 'glorot' as Initial)).toThrow(
    new RangeError('there is no initial distribution "glorot"'),
  );
  for (const initial of initialNames)
    expect(initialParameters(network, 'none', 3, initial).parameters).toHaveLength(13);
});
