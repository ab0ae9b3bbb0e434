/**
 * PyTorch's CPU generator as torch.manual_seed(seed) leaves it, and the draws that build and train a network:
 * torch.Tensor.uniform_ on float32, the initial values of torch.nn.Linear, and torch.randperm. Bit for bit those of
 * PyTorch 1.13 to 2.15 on x86-64 (see `UniformRounding`). Normal numbers are left out: PyTorch's depend on the CPU.
 */
import { Mt19937, type Mt19937State } from './mt19937.js';

/**
 * How `unit * (to - from) + from` is rounded to float32: once, as PyTorch does wherever the CPU has AVX2 and the
 * compiler fused the two operations, or after each operation, as with ATEN_CPU_CAPABILITY=default.
 */
export type UniformRounding = 'fma' | 'separate';

/** A torch.nn.Linear's initial values: float32 numbers, the weight row-major [out, in]. */
export interface LinearValues {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

export class TorchRandom {
  readonly #generator: Mt19937;

  private constructor(generator: Mt19937) {
    this.#generator = generator;
  }

  /** torch.manual_seed(seed), which uses the lowest 32 bits. Throws a RangeError unless it is whole, from 0 to 2^53-1. */
  static fromSeed(seed: number): TorchRandom {
    if (seed < 0) throw new RangeError(`a PyTorch seed must not be negative, as ${seed} is`);
    return new TorchRandom(Mt19937.fromSeed(seed));
  }

  static fromState(state: Mt19937State): TorchRandom {
    return new TorchRandom(Mt19937.fromState(state));
  }

  state(): Mt19937State {
    return this.#generator.state();
  }

  /** random(): the next 32 bits. */
  nextUint32(): number {
    return this.#generator.nextUint32();
  }

  /** Passes over `draws` numbers of 32 bits: a float32 uniform number is one draw, a randperm(n) n-1. */
  skip(draws: number): void {
    this.#generator.skip(draws);
  }

  /** torch.empty(count).uniform_(from, to): `count` float32 numbers with 24 random bits each. */
  uniforms(count: number, from: number, to: number, rounding: UniformRounding = 'fma'): Float64Array {
    const start = Math.fround(from);
    const range = Math.fround(Math.fround(to) - start);
    return new Float64Array(count).map(() => {
      const unit = (this.#generator.nextUint32() & 0xffffff) / 0x1000000;
      // The product of two 24-bit numbers is exact in float64, so rounding the float64 sum is a float32 FMA, but for
      // a double rounding that cannot happen with the symmetric bounds of a layer (their sum is exact too).
      return rounding === 'fma' ? Math.fround(unit * range + start) : Math.fround(Math.fround(unit * range) + start);
    });
  }

  /**
   * The initial values of torch.nn.Linear(inputs, outputs), which are He's uniform with a = sqrt(5) for the weight and
   * U(-1/sqrt(inputs), 1/sqrt(inputs)) for the bias, the weight drawn first (torch/nn/modules/linear.py, init.py).
   * Throws a RangeError unless there is at least one input.
   */
  linear(inputs: number, outputs: number, rounding: UniformRounding = 'fma'): LinearValues {
    if (inputs < 1) throw new RangeError('a layer needs at least one input');
    const gain = Math.sqrt(2 / (1 + Math.sqrt(5) * Math.sqrt(5)));
    const weightBound = Math.sqrt(3) * (gain / Math.sqrt(inputs));
    const biasBound = 1 / Math.sqrt(inputs);
    return {
      weight: this.uniforms(inputs * outputs, -weightBound, weightBound, rounding),
      bias: this.uniforms(outputs, -biasBound, biasBound, rounding),
    };
  }

  /** The first entries of torch.randperm(n), all of them unless told; n-1 numbers are drawn whatever `first` is. */
  randperm(n: number, first = n): Int32Array {
    return new Randperm(n).draw(this).slice(0, first);
  }
}

/** torch.randperm(n) time after time without allocating. */
export class Randperm {
  readonly #order: Int32Array;

  /** Throws a RangeError for an n at which PyTorch changes to another algorithm (above 214,748,364). */
  constructor(n: number) {
    if (!Number.isInteger(n) || n < 0 || n >= 0xffffffff / 20)
      throw new RangeError(`randperm of ${n} is not supported`);
    this.#order = new Int32Array(n);
  }

  /** The next permutation of the stream, in an array that the next call overwrites. Draws n-1 numbers. */
  draw(stream: TorchRandom): Int32Array {
    const order = this.#order;
    const n = order.length;
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = 0; i < n - 1; i++) {
      const j = i + (stream.nextUint32() % (n - i));
      const moved = order[i]!;
      order[i] = order[j]!;
      order[j] = moved;
    }
    return order;
  }
}
