/**
 * What a training makes smaller, as PyTorch defines it: MSELoss, CrossEntropyLoss and BCEWithLogitsLoss, each a mean over the
 * samples, MSELoss over their outputs too. What each engine computes for a name stands in a table that the compiler holds to
 * this list.
 */
import { entryOf } from '../shared/entry-of.js';
import { exp } from './transcendental/exp.js';
import { log } from './transcendental/log.js';

export const losses = ['mse', 'cross-entropy', 'logistic'] as const;
export type Loss = (typeof losses)[number];

/** The outputs of so many samples, `width` a sample, and where the derivatives with respect to them go. */
export interface Batch {
  readonly outputs: Float64Array;
  readonly rows: number;
  readonly width: number;
  readonly targets: Float64Array;
  readonly deltas: Float64Array;
  /** How many terms the mean is over, which the derivatives are divided by. */
  readonly terms: number;
}

interface Definition {
  /** What the target of a sample is: one number for each output, or the number of its class. */
  readonly targets: 'outputs' | 'class';
  /** The terms of the mean, added up in the order of the samples. Writes the derivatives of the mean. */
  readonly sum: (batch: Batch) => number;
}

const definitions: Readonly<Record<Loss, Definition>> = {
  mse: {
    targets: 'outputs',
    sum: ({ outputs, rows, width, targets, deltas, terms }) => {
      let sum = 0;
      for (let i = 0; i < rows * width; i += 1) {
        const residual = outputs[i]! - targets[i]!;
        sum += residual * residual;
        deltas[i] = (2 * residual) / terms;
      }
      return sum;
    },
  },
  'cross-entropy': {
    targets: 'class',
    sum: ({ outputs, rows, width, targets, deltas, terms }) => {
      let total = 0;
      for (let i = 0; i < rows; i += 1) {
        const at = i * width;
        let most = Number.NEGATIVE_INFINITY;
        // Math.max keeps NaN, so that a run that diverges shows it.
        for (let k = 0; k < width; k += 1) most = Math.max(most, outputs[at + k]!);
        let sum = 0;
        for (let k = 0; k < width; k += 1) {
          const e = exp(outputs[at + k]! - most);
          deltas[at + k] = e;
          sum += e;
        }
        const own = targets[i]!;
        for (let k = 0; k < width; k += 1) deltas[at + k] = (deltas[at + k]! / sum - (k === own ? 1 : 0)) / terms;
        total += log(sum) + (most - outputs[at + own]!);
      }
      return total;
    },
  },
  logistic: {
    targets: 'class',
    sum: ({ outputs, rows, targets, deltas, terms }) => {
      let sum = 0;
      for (let i = 0; i < rows; i += 1) {
        const [x, target] = [outputs[i]!, targets[i]!];
        // e^-|x| overflows for no x.
        const e = exp(-Math.abs(x));
        deltas[i] = ((x < 0 ? e : 1) / (1 + e) - target) / terms;
        sum += Math.max(x, 0) - x * target + log(1 + e);
      }
      return sum;
    },
  },
};

const definitionOf = (loss: Loss): Definition => entryOf(definitions, loss, 'loss');

/** How many numbers the target of one sample is. Throws a RangeError for a loss that there is not. */
export function targetsOfSample(loss: Loss, outputs: number): number {
  return definitionOf(loss).targets === 'outputs' ? outputs : 1;
}

/** How many terms the mean is over, of so many samples. */
export function termsOf(loss: Loss, samples: number, outputs: number): number {
  return samples * targetsOfSample(loss, outputs);
}

/** The terms of the mean over a batch, added up; fills in its `deltas`. Throws a RangeError for a loss that there is not. */
export function lossSum(loss: Loss, batch: Batch): number {
  return definitionOf(loss).sum(batch);
}

/**
 * The class that outputs stand for: of several the first of the largest, as numpy.argmax and torch.argmax choose; of a single
 * one the second where it is positive.
 */
export function classOf(outputs: ArrayLike<number>, at: number, count: number): number {
  if (count === 1) return (outputs[at] ?? 0) > 0 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < count; k += 1) if ((outputs[at + k] ?? 0) > (outputs[at + best] ?? 0)) best = k;
  return best;
}
