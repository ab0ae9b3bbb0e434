/** The samples that options of a dataset mean, before and after what is done to them. */
import type { FileReader, OptionIssue } from '../step.js';
import { tableOf } from './csv-tables.js';
import { drawnSamples } from './drawn.js';
import { arraysOf } from './npy-arrays.js';
import type { DatasetOptions } from './options.js';
import type { Samples } from './parts.js';
import { treated } from './treated.js';

const known = new WeakMap<
  DatasetOptions,
  { readonly file: FileReader; readonly samples: Samples | readonly OptionIssue[] }
>();

/** The samples, or what is wrong; planning and running ask for the same. */
export function samplesFor(options: DatasetOptions, file: FileReader): Samples | readonly OptionIssue[] {
  const before = known.get(options);
  if (before?.file === file) return before.samples;
  const drawn = drawnOf(options, file);
  const samples = 'train' in drawn ? treated(options, drawn) : drawn;
  known.set(options, { file, samples });
  return samples;
}

function drawnOf(options: DatasetOptions, file: FileReader): Samples | readonly OptionIssue[] {
  switch (options.source) {
    case 'function':
    case 'sampled':
      return drawnSamples(options);
    case 'csv':
      return tableOf(options, file);
    case 'arrays':
      return arraysOf(options, file);
  }
}
