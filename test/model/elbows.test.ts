import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKinks, firstLayerElbows } from '../../src/model/elbows.js';
import { predict } from '../../src/model/forward.js';
import { initialParameters } from '../../src/model/initial-parameters.js';
import type { Network } from '../../src/model/network.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';

describe('firstLayerElbows', () => {
  it('are at -b/w with kink v|w|', () => {
    const network: Network = { inputs: 1, hidden: [2], activation: 'relu' };
    expect(firstLayerElbows(network, Float64Array.of(2, -4, -1, 1, 3, -5, 0.5))).toEqual([
      { unit: 0, position: 0.5, kink: 6 },
      { unit: 1, position: 0.25, kink: -20 },
    ]);
  });

  it('are where initialisation put them, within 1e-6', () => {
    const network: Network = { inputs: 1, hidden: [40], activation: 'relu' };
    const elbows = NumpyRandom.fromSeed(5).uniforms(40).sort();
    firstLayerElbows(network, initialParameters(network, 'uniform', 5).parameters).forEach(({ position }, unit) => {
      expect(Math.abs(position - elbows[unit]!)).toBeLessThan(1e-6);
    });
  });

  it('refuses other networks', () => {
    expect(() => firstLayerElbows({ inputs: 2, hidden: [1], activation: 'relu' }, new Float64Array(5))).toThrow(
      RangeError,
    );
    expect(() => firstLayerElbows({ inputs: 1, hidden: [1, 1], activation: 'relu' }, new Float64Array(6))).toThrow(
      RangeError,
    );
  });
});

describe('findKinks', () => {
  it('agrees with firstLayerElbows within 1e-12 for one hidden layer', () => {
    const network: Network = { inputs: 1, hidden: [20], activation: 'relu' };
    const { parameters } = initialParameters(network, 'uniform', 2);
    const elbows = firstLayerElbows(network, parameters).sort((a, b) => a.position - b.position);
    const kinks = findKinks(network, parameters, [0, 1]);
    expect(kinks.map(({ unit }) => unit)).toEqual(elbows.map(({ unit }) => unit));
    kinks.forEach(({ layer, position, size }, i) => {
      expect(layer).toBe(0);
      expect(Math.abs(position - elbows[i]!.position)).toBeLessThan(1e-12);
      expect(Math.abs(size - elbows[i]!.kink)).toBeLessThan(1e-12);
    });
  });

  it.each(['relu', 'leaky-relu', ['leaky-relu', 'relu', 'leaky-relu']] as const)(
    '%s: between kinks a random network of up to three layers is linear, and the kinks add up to its bends, within 1e-9',
    (activation) => {
      fc.assert(
        fc.property(
          fc.nat(1e6),
          fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
          (seed, hidden) => {
            const own = typeof activation === 'string' ? activation : activation.slice(0, hidden.length);
            const network: Network = { inputs: 1, hidden, activation: own };
            const parameters = initialParameters(network, 'none', seed).parameters.map((p) => 3 * p);
            const kinks = findKinks(network, parameters, [-2, 2]);
            const ends = [-2, ...kinks.map(({ position }) => position), 2];
            let slope: number | undefined;
            let bend = 0;
            for (let i = 0; i + 1 < ends.length; i++) {
              const [a, b] = [ends[i]!, ends[i + 1]!];
              if (i > 0) bend += kinks[i - 1]!.size;
              if (b - a < 1e-4) continue;
              const xs = [0.01, 0.25, 0.5, 0.99].map((part) => a + part * (b - a));
              const [y0, y1, y2, y3] = predict(network, parameters, Float64Array.from(xs)) as unknown as [
                number,
                number,
                number,
                number,
              ];
              const line = (x: number): number => y0 + ((y3 - y0) * (x - xs[0]!)) / (xs[3]! - xs[0]!);
              expect(Math.abs(line(xs[1]!) - y1)).toBeLessThan(1e-9);
              expect(Math.abs(line(xs[2]!) - y2)).toBeLessThan(1e-9);
              const here = (y3 - y0) / (xs[3]! - xs[0]!);
              if (slope !== undefined) expect(Math.abs(here - slope - bend)).toBeLessThan(1e-9);
              slope = here;
              bend = 0;
            }
          },
        ),
        { numRuns: 100 },
      );
    },
  );

  it('finds a zero that falls on the kink of the layer before, once', () => {
    // Unit 0 of layer 2 is relu(x) - relu(-x) = x, which changes sign exactly where layer 1 bends.
    const network: Network = { inputs: 1, hidden: [2, 1], activation: 'relu' };
    const parameters = Float64Array.of(1, -1, 0, 0, 1, -1, 0, 2, 0);
    const kinks = findKinks(network, parameters, [-1, 1]);
    // The output is 2 relu(x): all of its bend is that of layer 2, as layer 1 reaches it only where it is on.
    expect(kinks).toEqual([
      { layer: 0, unit: 0, position: 0, size: 0 },
      { layer: 0, unit: 1, position: 0, size: 0 },
      { layer: 1, unit: 0, position: 0, size: 2 },
    ]);
  });

  it('a unit that only touches 0, stays at 0, or reaches 0 at the end of the domain does not switch', () => {
    const deep: Network = { inputs: 1, hidden: [2, 2], activation: 'relu' };
    // Layer 2: |x|, which touches 0 at 0, and -relu(-x), which stays at 0 from there on.
    const parameters = Float64Array.of(1, -1, 0, 0, 1, 1, 0, -1, 0, 0, 1, 1, 0);
    expect(findKinks(deep, parameters, [-1, 1]).map(({ layer }) => layer)).toEqual([0, 0]);
    const network: Network = { inputs: 1, hidden: [2], activation: 'relu' };
    expect(findKinks(network, Float64Array.of(1, -1, 0, 1, 1, 1, 0), [0, 1])).toEqual([]);
  });

  it('a switched-off unit has no kink, and one that reaches nothing has size 0', () => {
    const network: Network = { inputs: 1, hidden: [2], activation: 'relu' };
    expect(findKinks(network, Float64Array.of(1, 1, -3, -0.5, 5, 0, 0), [0, 1])).toEqual([
      { layer: 0, unit: 1, position: 0.5, size: 0 },
    ]);
  });

  it('refuses networks without kinks on a line', () => {
    expect(() => findKinks({ inputs: 1, hidden: [1], activation: 'tanh' }, new Float64Array(4), [0, 1])).toThrow(
      RangeError,
    );
    expect(() => findKinks({ inputs: 2, hidden: [1], activation: 'relu' }, new Float64Array(5), [0, 1])).toThrow(
      RangeError,
    );
  });
});
