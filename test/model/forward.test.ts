import { describe, expect, it } from 'vitest';
import { ForwardPass, predict } from '../../src/model/forward.js';
import type { Network } from '../../src/model/network.js';
import { torchCases } from '../fixtures/numerics/torch-training.js';

describe('predict', () => {
  it.each(torchCases)('$activation $inputs-$hidden-1 equals PyTorch float64 within 1e-13', (torch) => {
    const network: Network = { inputs: torch.inputs, hidden: torch.hidden, activation: torch.activation };
    const outputs = predict(network, Float64Array.from(torch.initial), Float64Array.from(torch.x));
    outputs.forEach((y, i) => {
      expect(Math.abs(y - torch.outputs[i]!)).toBeLessThan(1e-13);
    });
  });

  it('of more inputs than one pass holds is that of each alone, bit for bit', () => {
    const network: Network = { inputs: 2, hidden: [5, 7], activation: 'gelu' };
    const parameters = Float64Array.from({ length: 65 }, (_, i) => ((i * 37) % 19) / 10 - 0.9);
    const inputs = Float64Array.from({ length: 2 * 600 }, (_, i) => ((i * 13) % 101) / 50 - 1);
    const outputs = predict(network, parameters, inputs);
    expect(outputs).toHaveLength(600);
    for (const i of [0, 1, 255, 256, 257, 511, 512, 599]) {
      expect(outputs[i]).toBe(predict(network, parameters, inputs.slice(2 * i, 2 * i + 2))[0]);
    }
  });

  it('refuses parameters and inputs that do not fit, and takes no inputs', () => {
    const network: Network = { inputs: 2, hidden: [3], activation: 'relu' };
    expect(() => predict(network, new Float64Array(12), new Float64Array(2))).toThrow(RangeError);
    expect(() => predict(network, new Float64Array(13), new Float64Array(3))).toThrow(RangeError);
    expect(predict(network, new Float64Array(13), new Float64Array(0))).toHaveLength(0);
  });

  it('a network without hidden layers is linear', () => {
    expect([
      ...predict(
        { inputs: 2, hidden: [], activation: 'relu' },
        Float64Array.of(2, 3, -1),
        Float64Array.of(1, 2, -1, 0),
      ),
    ]).toEqual([7, -3]);
  });
});

describe('ForwardPass', () => {
  it('keeps every layer: [1, 2, 1] by hand', () => {
    const pass = new ForwardPass({ inputs: 1, hidden: [2], activation: 'relu' }, 2);
    const outputs = pass.run(Float64Array.of(1, -1, 0, 0.5, 3, 4, 10), Float64Array.of(2, -1), 2);
    expect([...pass.before[0]!]).toEqual([2, -1.5, -1, 1.5]);
    expect([...pass.after[0]!]).toEqual([2, 0, 0, 1.5]);
    expect([...outputs]).toEqual([16, 16]);
  });
});
