/** The samples that options of a dataset mean, before and after what is done to them. */
import { makeDataset } from '../../model/dataset.js';
import { noisyLabels, permutedLabels } from '../../model/labels.js';
import { drawSampled, featuresOf } from '../../model/sampled.js';
import { scaled, scalingOf } from '../../model/standardise.js';
import type { FileReader, OptionIssue } from '../step.js';
import { tableOf } from './csv-tables.js';
import { arraysOf } from './npy-arrays.js';
import type { DatasetOptions } from './options.js';
import type { Part, Samples } from './parts.js';

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
    case 'function': {
      const { inputs, targets, test } = makeDataset({ ...options, test: options.test ?? undefined });
      return { train: { inputs, targets }, test, features: 1 };
    }
    case 'sampled': {
      const { function: choice } = options;
      const classes = 'arms' in choice ? choice.arms : 2;
      const isSet = choice.kind !== 'expression' && choice.kind !== 'circle' && choice.kind !== 'teacher';
      return {
        ...{ ...drawSampled(options), features: featuresOf(choice) },
        ...(isSet && { classes: Array.from({ length: classes }, (_, label) => String(label)) }),
      };
    }
    case 'csv':
      return tableOf(options, file);
    case 'arrays':
      return arraysOf(options, file);
  }
}

/** Labels that are wrong on purpose first, then the scales of the training samples. */
function treated({ labels, standardize }: DatasetOptions, drawn: Samples): Samples | readonly OptionIssue[] {
  const { test } = drawn;
  let { train } = drawn;
  if (labels?.noise !== undefined) {
    const wrong = labelIssue(new Set(train.targets).size);
    if (wrong !== undefined) return [wrong];
    train = { ...train, targets: noisyLabels(train.targets, labels.noise, labels.seed) };
  }
  if (labels?.permuted === true) train = { ...train, targets: permutedLabels(train.targets, labels.seed) };
  if (standardize === undefined) return { ...drawn, train, test };
  if (standardize !== 'inputs' && drawn.classes !== undefined)
    return [
      {
        ...{ path: ['standardize'], rule: 'invalid-option' },
        ...{ message: 'the targets of these data are classes, which have no scale', hint: 'write standardize: inputs' },
      },
    ];
  const inputs = standardize === 'targets' ? undefined : scalingOf(train.inputs, drawn.features);
  const targets = standardize === 'inputs' ? undefined : scalingOf(train.targets, 1);
  const apply = (part: Part): Part => ({
    inputs: inputs === undefined ? part.inputs : scaled(part.inputs, inputs),
    targets: targets === undefined ? part.targets : scaled(part.targets, targets),
  });
  return {
    ...{ ...drawn, train: apply(train), test: test && apply(test) },
    scaling: { ...(inputs && { inputs }), ...(targets && { targets }) },
  };
}

/** More different targets than this are no classes. */
const mostLabels = 1000;

function labelIssue(different: number): OptionIssue | undefined {
  if (different >= 2 && different <= mostLabels) return undefined;
  return {
    ...{ path: ['labels', 'noise'], rule: 'invalid-option' },
    message: `these data have ${different} different targets, and a wrong label is one of 2 to ${mostLabels} classes`,
    hint:
      different < 2 ? 'take data of several classes' : 'write "noise" beside the function, which is added to numbers',
  };
}
