/** What every engine refuses to train. */
import { checkShapes } from '../model/forward.js';
import { targetsOfSample } from '../model/loss.js';
import { outputsOf, parameterCount } from '../model/network.js';
import { entryOf } from '../shared/entry-of.js';
import { checkNeeds, needsOfTraining } from './capabilities.js';
import type { Batches, Lacks, Samples, Training } from './engine.js';

/**
 * Throws a RangeError when an engine `lacks` what the training asks for, when sizes do not fit, a
 * class is none of the classes, or checkpoints are not ascending whole numbers from 0, or from after the state to go on from,
 * to `steps`.
 */
export function checkTraining(training: Training, lacks: Lacks): void {
  const { network, initial, data, test, steps, checkpoints, from } = training;
  for (const samples of test === undefined ? [data] : [data, test]) {
    checkShapes(network, initial, samples.inputs);
    checkTargets(training, samples);
  }
  checkNeeds(lacks, needsOfTraining(training));
  const factors = training.gradientFactors;
  if (factors !== undefined && factors.length !== parameterCount(network)) {
    throw new RangeError(`${factors.length} factors do not fit ${parameterCount(network)} parameters`);
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

/** How many samples there are. */
export function sampleCount({ inputs }: Samples, network: Training['network']): number {
  return inputs.length / network.inputs;
}

function checkTargets({ network, loss = 'mse', classes }: Training, { inputs, targets }: Samples): void {
  const outputs = outputsOf(network);
  const each = targetsOfSample(loss, outputs);
  if (inputs.length * each !== targets.length * network.inputs) {
    throw new RangeError(`${targets.length} targets do not fit ${inputs.length} numbers of input`);
  }
  const told = outputs === 1 ? 2 : outputs;
  if (classes !== undefined && classes !== told) {
    throw new RangeError(`a network of ${outputs} outputs tells ${told} classes apart, not ${classes}`);
  }
  if (loss === 'mse') return;
  if (loss === 'logistic' && outputs !== 1)
    throw new RangeError(`the logistic loss is of one output, not of ${outputs}`);
  if (!targets.every((target) => Number.isInteger(target) && target >= 0 && target < told)) {
    throw new RangeError(`classes are whole numbers from 0 to ${told - 1}`);
  }
}
