/**
 * NumPy's legacy generator, numpy.random.RandomState, whose streams NumPy has frozen (NEP 19). Whole numbers and
 * uniform numbers are NumPy's bit for bit. Normal numbers use this project's own logarithm and so can differ from
 * NumPy's by 2 ulp, because NumPy takes the logarithm of whatever C library it was linked with.
 */
import { largestSeed, Mt19937, type Mt19937State } from './mt19937.js';
import { log } from './transcendental/log.js';

export class NumpyRandom {
  readonly #generator: Mt19937;
  /** The second normal number of a pair, kept for the next call. */
  #spare: number | undefined;

  private constructor(generator: Mt19937) {
    this.#generator = generator;
  }

  /** RandomState(seed). Throws a RangeError, as NumPy a ValueError, unless the seed is a whole number in 0..2^32-1. */
  static fromSeed(seed: number): NumpyRandom {
    if (!Number.isInteger(seed) || seed < 0 || seed > largestSeed) {
      throw new RangeError(`a NumPy seed must be a whole number from 0 to ${largestSeed}, not ${seed}`);
    }
    return new NumpyRandom(Mt19937.fromSeed(seed));
  }

  /** The stream continued from a state of the generator, with no normal number kept. */
  static fromState(state: Mt19937State): NumpyRandom {
    return new NumpyRandom(Mt19937.fromState(state));
  }

  /** The generator's state; a kept normal number is not part of it. */
  state(): Mt19937State {
    return this.#generator.state();
  }

  /** random_sample(): uniform on [0, 1) with 53 random bits. Two draws. */
  randomSample(): number {
    const high = this.#generator.nextUint32() >>> 5;
    const low = this.#generator.nextUint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** rand(count). */
  uniforms(count: number): Float64Array {
    return new Float64Array(count).map(() => this.randomSample());
  }

  /**
   * standard_normal(): G. Marsaglia's polar method, which makes two numbers at a time; as in NumPy the second of the
   * two is given first and the other kept for the next call.
   */
  gauss(): number {
    if (this.#spare !== undefined) {
      const kept = this.#spare;
      this.#spare = undefined;
      return kept;
    }
    let x1: number;
    let x2: number;
    let r2: number;
    do {
      x1 = 2 * this.randomSample() - 1;
      x2 = 2 * this.randomSample() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const factor = Math.sqrt((-2 * log(r2)) / r2);
    this.#spare = factor * x1;
    return factor * x2;
  }

  /** randn(count). */
  normals(count: number): Float64Array {
    return new Float64Array(count).map(() => this.gauss());
  }

  /**
   * A whole number in 0..max, both included, by masking and rejecting. `max` is below 2^32. Draws nothing for max 0.
   */
  interval(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    let value: number;
    do {
      value = (this.#generator.nextUint32() & mask) >>> 0;
    } while (value > max);
    return value;
  }

  /** permutation(n): 0..n-1 shuffled by Fisher and Yates from the end. */
  permutation(n: number): Int32Array {
    const order = new Int32Array(n).map((_, i) => i);
    this.shuffle(order);
    return order;
  }

  /** shuffle(items), in place. */
  shuffle(items: Int32Array | Float64Array): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.interval(i);
      const moved = items[i]!;
      items[i] = items[j]!;
      items[j] = moved;
    }
  }

  /** choice(n, count): with replacement. Throws a RangeError when there is nothing to choose from. */
  choice(n: number, count: number): Int32Array {
    const chosen = new Int32Array(count);
    this.choiceInto(n, chosen);
    return chosen;
  }

  /** choice(n, chosen.length) into an array that is there already, so that a training loop allocates nothing. */
  choiceInto(n: number, chosen: Int32Array): void {
    if (n < 1) throw new RangeError('a choice needs at least one sample');
    for (let i = 0; i < chosen.length; i++) chosen[i] = this.interval(n - 1);
  }
}
