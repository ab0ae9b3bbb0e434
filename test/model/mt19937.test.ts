import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mt19937 } from '../../src/model/mt19937.js';

const draws = (generator: Mt19937, count: number): number[] =>
  Array.from({ length: count }, () => generator.nextUint32());

describe('MT19937', () => {
  it('draws the published numbers of seed 5489: the first, and 4123659995 as the 10,000th (ISO C++ [rand.predef])', () => {
    const generator = Mt19937.fromSeed(5489);
    expect(generator.nextUint32()).toBe(3499211612);
    generator.skip(9998);
    expect(generator.nextUint32()).toBe(4123659995);
  });

  it('continues from a state as if it had not stopped, and skips as it draws', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(2000), (seed, count) => {
        const drawn = Mt19937.fromSeed(seed);
        draws(drawn, count);
        const skipped = Mt19937.fromSeed(seed);
        skipped.skip(count);
        const continued = Mt19937.fromState(drawn.state());
        const expected = draws(drawn, 700);
        expect(draws(continued, 700)).toEqual(expected);
        expect(draws(skipped, 700)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('neither shares its words with a state nor changes when the state is written to', () => {
    const generator = Mt19937.fromSeed(1);
    const state = generator.state();
    const other = Mt19937.fromState(state);
    state.words.fill(0);
    expect(other.nextUint32()).toBe(generator.nextUint32());
  });

  it('takes the lowest 32 bits of a seed', () => {
    expect(Mt19937.fromSeed(2 ** 32 + 7).nextUint32()).toBe(Mt19937.fromSeed(7).nextUint32());
  });

  it('refuses seeds and states that are none', () => {
    expect(() => Mt19937.fromSeed(0.5)).toThrow(RangeError);
    expect(() => Mt19937.fromSeed(NaN)).toThrow(RangeError);
    expect(() => Mt19937.fromState({ words: new Uint32Array(623), index: 0 })).toThrow(RangeError);
    expect(() => Mt19937.fromState({ words: new Uint32Array(624), index: 625 })).toThrow(RangeError);
  });
});
