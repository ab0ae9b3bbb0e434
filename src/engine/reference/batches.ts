/** The samples of each minibatch, drawn from the random stream that the training names. */
import { NumpyRandom } from '../../model/numpy-random.js';
import { Randperm, TorchRandom } from '../../model/torch-random.js';
import type { Batches } from '../engine.js';

export interface BatchDrawer {
  /** Samples in a batch. */
  readonly size: number;
  /** The samples of the next batch: its first `size` entries, which the next call overwrites. */
  next(): Int32Array;
}

/**
 * Batches of n samples. Throws a RangeError when there are no samples, a batch is empty, or one drawn without
 * replacement is larger than the samples are many.
 */
export function batchDrawer(batches: Batches, n: number): BatchDrawer {
  if (n < 1) throw new RangeError('there are no samples to train on');
  if (batches.kind === 'full') {
    const every = new Int32Array(n).map((_, i) => i);
    return { size: n, next: () => every };
  }
  const { size, stream } = batches;
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`a batch of ${size} samples is empty`);
  if (batches.kind === 'numpy-choice') {
    const random = NumpyRandom.fromState(stream);
    const chosen = new Int32Array(size);
    return {
      size,
      next: () => {
        random.choiceInto(n, chosen);
        return chosen;
      },
    };
  }
  if (size > n) throw new RangeError(`a batch of ${size} different samples needs more than ${n}`);
  const random = TorchRandom.fromState(stream);
  const permutation = new Randperm(n);
  return { size, next: () => permutation.draw(random) };
}
