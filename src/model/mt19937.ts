/**
 * The Mersenne Twister MT19937, the source of every random number here, because NumPy's RandomState and PyTorch's CPU
 * generator both are this generator with the same seeding. The algorithm is that of M. Matsumoto and T. Nishimura,
 * "Mersenne Twister", ACM TOMACS 8(1), 1998, with their 2002 seeding from one integer.
 */

/** The largest seed of NumPy's RandomState, and of the trainings here: 32 bits. */
export const largestSeed = 0xffffffff;

/** All there is to know about a stream: the generator continued from it draws the same numbers. */
export interface Mt19937State {
  /** The 624 words of the state. */
  readonly words: Uint32Array;
  /** How many of the words have been used, 0..624. At 624 the next draw makes new words first. */
  readonly index: number;
}

const size = 624;
const shift = 397;

export class Mt19937 {
  readonly #words: Uint32Array;
  #index: number;

  private constructor(words: Uint32Array, index: number) {
    this.#words = words;
    this.#index = index;
  }

  /** The stream of a seed, of which the lowest 32 bits count. Throws a RangeError unless the seed is a safe integer. */
  static fromSeed(seed: number): Mt19937 {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed must be a whole number, not ${seed}`);
    const words = new Uint32Array(size);
    words[0] = seed >>> 0;
    for (let j = 1; j < size; j++) {
      const previous = words[j - 1]!;
      words[j] = Math.imul(1812433253, previous ^ (previous >>> 30)) + j;
    }
    return new Mt19937(words, size);
  }

  /** The stream continued from a state, which is copied. Throws a RangeError when it is no state of this generator. */
  static fromState(state: Mt19937State): Mt19937 {
    if (state.words.length !== size || !Number.isInteger(state.index) || state.index < 0 || state.index > size) {
      throw new RangeError(`not an MT19937 state: ${state.words.length} words, index ${state.index}`);
    }
    return new Mt19937(state.words.slice(), state.index);
  }

  /** The state before the next draw, as a copy. */
  state(): Mt19937State {
    return { words: this.#words.slice(), index: this.#index };
  }

  /** The next whole number in 0..2^32-1. */
  nextUint32(): number {
    if (this.#index === size) this.#twist();
    let word = this.#words[this.#index]!;
    this.#index += 1;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^= word >>> 18;
    return word >>> 0;
  }

  /** Passes over `draws` numbers, at the cost of a few nanoseconds each. */
  skip(draws: number): void {
    let left = draws;
    while (left > size - this.#index) {
      left -= size - this.#index;
      this.#twist();
    }
    this.#index += left;
  }

  #twist(): void {
    const words = this.#words;
    for (let i = 0; i < size; i++) {
      const next = i + 1 === size ? 0 : i + 1;
      const far = i + shift >= size ? i + shift - size : i + shift;
      const joined = (words[i]! & 0x80000000) | (words[next]! & 0x7fffffff);
      words[i] = words[far]! ^ (joined >>> 1) ^ (-(joined & 1) & 0x9908b0df);
    }
    this.#index = 0;
  }
}
