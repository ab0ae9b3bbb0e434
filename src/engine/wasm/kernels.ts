/** The compiled module (assembly/) as TypeScript sees it. Addresses are byte offsets into its memory. */
import { traits } from '../traits.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  /** Where the 624 words of the random stream go. */
  readonly words: { readonly value: number };
  reserve(bytes: number): number;
  addLayer(inputs: number, outputs: number, activation: number): void;
  openNetwork32(columns: number, purpose: number): void;
  openNetwork64(columns: number, purpose: number): void;
  layerAt(layer: number): number;
  setIndex(index: number): void;
  wordsUsed(): number;
  memoryBytes(): number;
  memoryAt(which: number): number;
  powerOf(beta: number): number;
  setPowers(first: number, second: number): void;
  openBatches(kind: number, size: number, samples: number): void;
  openOptimizer(rule: number, rate: number, decay: number, beta1: number, beta2: number, epsilon: number): void;
  /** Where the rates of the next steps are, float64. */
  setRates(at: number): void;
  /** Takes what is written in place of the parameters as what each gradient is multiplied by. After openTraining. */
  keepFactors(): void;
  openTraining(inputs: number, targets: number, samples: number, firstLayer: number, loss: number): void;
  train(steps: number): number;
  batchLoss(): number;
  measure(inputs: number, targets: number, samples: number, classes: number, table: number): number;
  outputs(input: number, count: number): number;
  jacobian(input: number, count: number, to: number, columns: number): void;
  gram(input: number, count: number, to: number): void;
  product(rows: number, columns: number, inner: number, a: number, b: number, to: number): void;
  /** Returns 0 when the sweeps were not enough. */
  decompose(count: number, length: number, vectors: number, values: number, right: number, sweeps: number): number;
}

/** One instance of the module with a memory of its own, for one piece of work. */
export interface Kernels extends Exports {
  /** `length` float32 numbers at `address`. A view is void once the memory has grown: take it anew after each call. */
  readonly floats: (address: number, length: number) => Float32Array;
  readonly doubles: (address: number, length: number) => Float64Array;
}

/** Throws a RangeError when a piece of work needs more bytes than an instance can have. */
export function openKernels(module: WebAssembly.Module, bytes: number): Kernels {
  if (bytes > traits.wasm.addressable) {
    const gib = (bytes / 2 ** 30).toFixed(1);
    throw new RangeError(`this needs ${gib} GiB of memory; the wasm engine can address 4 GiB`);
  }
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  return {
    ...exports,
    floats: (address, length) => new Float32Array(exports.memory.buffer, address >>> 0, length),
    doubles: (address, length) => new Float64Array(exports.memory.buffer, address >>> 0, length),
  };
}
