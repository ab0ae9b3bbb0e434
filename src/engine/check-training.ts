/** What every engine refuses to train. */
import { checkShapes } from '../model/forward.js';
import { parameterCount } from '../model/network.js';
import { entryOf } from '../shared/entry-of.js';
import type { Batches, Training } from './engine.js';

/**
 * Throws a RangeError when sizes do not fit or checkpoints are not ascending whole numbers from 0, or from after the state
 * to go on from, to `steps`.
 */
export function checkTraining({ network, initial, data, test, steps, checkpoints, from }: Training): void {
  for (const samples of test === undefined ? [data] : [data, test]) {
    checkShapes(network, initial, samples.inputs);
    if (samples.inputs.length !== samples.targets.length * network.inputs) {
      throw new RangeError(`${samples.targets.length} targets do not fit ${samples.inputs.length} numbers of input`);
    }
  }
  if (from !== undefined && from.parameters.length !== parameterCount(network)) {
    throw new RangeError(`a state of ${from.parameters.length} parameters is of another network`);
  }
  const first = from === undefined ? 0 : from.step + 1;
  let last = first - 1;
  for (const step of checkpoints) {
    if (!Number.isInteger(step) || step <= last || step > steps) {
      throw new RangeError(`checkpoints ascend in whole numbers from ${first} to ${steps}; ${step} does not`);
    }
    last = step;
  }
}

/** Whether a sample can be drawn more than once for a batch. */
const repeats: Readonly<Record<Batches['kind'], boolean>> = {
  full: false,
  'torch-randperm': false,
  'numpy-choice': true,
};

/**
 * Throws a RangeError when there are no samples, a batch is empty, one without replacement exceeds the samples, or there is no
 * such way to draw one.
 */
export function checkBatches(batches: Batches, samples: number): void {
  const mayExceed = entryOf(repeats, batches.kind, 'way to draw batches');
  if (samples < 1) throw new RangeError('there are no samples to train on');
  if (batches.kind === 'full') return;
  const { size } = batches;
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`a batch of ${size} samples is empty`);
  if (!mayExceed && size > samples) {
    throw new RangeError(`a batch of ${size} different samples needs more than ${samples}`);
  }
}
