/** Samples that are drawn from a formula, a network or a set of points, before anything is done to them. */
import { makeDataset } from '../../model/dataset.js';
import { drawSampled, featuresOf } from '../../model/sampled.js';
import type { DatasetOptions } from './options.js';
import type { Samples } from './parts.js';

/** The options of such a dataset. */
export type DrawnOptions = Extract<DatasetOptions, { readonly source: 'function' | 'sampled' }>;

export function drawnSamples(options: DrawnOptions): Samples {
  if (options.source === 'function') {
    const { inputs, targets, test } = makeDataset({ ...options, test: options.test ?? undefined });
    return { train: { inputs, targets }, test, features: 1 };
  }
  const { function: choice } = options;
  const classes = 'arms' in choice ? choice.arms : 2;
  const isSet = choice.kind !== 'expression' && choice.kind !== 'circle' && choice.kind !== 'teacher';
  return {
    ...{ ...drawSampled(options), features: featuresOf(choice) },
    ...(isSet && { classes: Array.from({ length: classes }, (_, label) => String(label)) }),
  };
}
