/** The samples of each minibatch, drawn from the random stream that the training names. */
import type { Mt19937State } from '../../model/mt19937.js';
import { NumpyRandom } from '../../model/numpy-random.js';
import { Randperm, TorchRandom } from '../../model/torch-random.js';
import { checkBatches } from '../check-training.js';
import type { Batches } from '../engine.js';

export interface BatchDrawer {
  /** Samples in a batch. */
  readonly size: number;
  /** The samples of the next batch: its first `size` entries, which the next call overwrites. */
  next(): Int32Array;
  /** The random stream before the next draw; undefined where none is drawn from. */
  stream(): Mt19937State | undefined;
}

/**
 * Batches of n samples. Throws a RangeError when there are no samples, a batch is empty, or one drawn without
 * replacement is larger than the samples are many.
 */
export function batchDrawer(batches: Batches, n: number): BatchDrawer {
  checkBatches(batches, n);
  switch (batches.kind) {
    case 'full': {
      const every = new Int32Array(n).map((_, i) => i);
      return { size: n, next: () => every, stream: () => undefined };
    }
    case 'torch-randperm': {
      const random = TorchRandom.fromState(batches.stream);
      const permutation = new Randperm(n);
      return { size: batches.size, next: () => permutation.draw(random), stream: () => random.state() };
    }
    case 'numpy-choice': {
      const random = NumpyRandom.fromState(batches.stream);
      const chosen = new Int32Array(batches.size);
      return {
        size: batches.size,
        next: () => {
          random.choiceInto(n, chosen);
          return chosen;
        },
        stream: () => random.state(),
      };
    }
  }
}
