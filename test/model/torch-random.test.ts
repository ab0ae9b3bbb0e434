import { describe, expect, it } from 'vitest';
import { Randperm, TorchRandom } from '../../src/model/torch-random.js';
import { digest } from '../fixtures/numerics/digest.js';
import { randomStreams } from '../fixtures/numerics/random-streams.js';

const start = (seed: number): TorchRandom => TorchRandom.fromSeed(seed);

describe('the vectors of SCIENCE.md', () => {
  it('seed 1: Linear(1, 3), Linear(10, 2), randperm(10), bit for bit', () => {
    const small = start(1).linear(1, 3);
    expect([...small.weight]).toEqual([0.5152631998062134, -0.44137823581695557, -0.1938614845275879]);
    expect([...small.bias]).toEqual([0.46936893463134766, -0.9414368867874146, 0.5997172594070435]);
    const wide = start(1).linear(10, 2);
    expect([...wide.weight.slice(0, 3)]).toEqual([0.16294053196907043, -0.1395760476589203, -0.06130438297986984]);
    expect([...wide.bias]).toEqual([-0.11776519566774368, -0.19098934531211853]);
    expect([...start(1).randperm(10)]).toEqual([5, 6, 1, 2, 0, 8, 9, 3, 7, 4]);
  });

  it('seed 0: randperm(10), bit for bit; the list in SCIENCE.md is that after two draws', () => {
    expect([...start(0).randperm(10)]).toEqual([4, 1, 7, 5, 3, 9, 0, 8, 6, 2]);
    const random = start(0);
    random.skip(2);
    expect([...random.randperm(10)]).toEqual([3, 7, 5, 2, 0, 8, 1, 6, 9, 4]);
  });
});

describe.each(randomStreams.torch)('torch.manual_seed($seed) against PyTorch', (expected) => {
  const { seed } = expected;

  it('randperm is equal for n 1, 2, 10, 200, 1000', () => {
    for (const [n, order] of Object.entries(expected.randperm))
      expect([...start(seed).randperm(Number(n))]).toEqual(order);
    expect(digest(start(seed).randperm(1000))).toBe(expected.randperm1000);
  });

  it('the tenth randperm(200) is equal, drawn in place, drawn in part, or skipped to', () => {
    const [whole, part, skipped] = [start(seed), start(seed), start(seed)];
    const permutation = new Randperm(200);
    for (let i = 0; i < 9; i++) {
      permutation.draw(whole);
      expect(part.randperm(200, 40)).toHaveLength(40);
    }
    skipped.skip(9 * 199);
    for (const stream of [whole, part, skipped]) expect([...stream.randperm(200)]).toEqual(expected.tenthRandperm200);
  });

  it.each(expected.linear)('Linear($inputs, $outputs) is equal bit for bit, and the stream after it', (layer) => {
    const random = start(seed);
    const { weight, bias } = random.linear(layer.inputs, layer.outputs);
    expect([...weight.slice(0, 3)]).toEqual(layer.head);
    expect([...bias.slice(0, 3)]).toEqual(layer.bias);
    expect(digest(Float32Array.of(...weight, ...bias))).toBe(layer.digest);
    expect([...random.randperm(200, 5)]).toEqual(layer.after);
  });

  it('uniform_ with other bounds is equal bit for bit', () => {
    expect([...start(seed).uniforms(5, -0.3, 1.7)]).toEqual(expected.uniform);
  });
});

describe('TorchRandom', () => {
  it('rounding after each operation differs from the fused form for 10 inputs and not for 1', () => {
    expect(start(1).linear(1, 500, 'separate')).toEqual(start(1).linear(1, 500));
    const [fused, separate] = [start(1).linear(10, 500), start(1).linear(10, 500, 'separate')];
    expect(separate).not.toEqual(fused);
    separate.weight.forEach((value, i) => {
      expect(Math.abs(value - fused.weight[i]!)).toBeLessThan(4e-8);
    });
  });

  it('continues from a state', () => {
    const random = start(9);
    random.linear(3, 50);
    const continued = TorchRandom.fromState(random.state());
    expect(continued.randperm(300)).toEqual(random.randperm(300));
  });

  it('refuses what it cannot reproduce', () => {
    expect(() => start(-1)).toThrow(RangeError);
    expect(() => start(2 ** 53)).toThrow(RangeError);
    expect(() => start(0).linear(0, 1)).toThrow(RangeError);
    expect(() => new Randperm(214748365)).toThrow(RangeError);
  });
});
