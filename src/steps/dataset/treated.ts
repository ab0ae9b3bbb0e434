/** What is done to samples: labels that are wrong on purpose, and scales. */
import { noisyLabels, permutedLabels } from '../../model/labels.js';
import { scaled, scalingOf } from '../../model/standardise.js';
import type { OptionIssue } from '../step.js';
import type { DatasetOptions } from './options.js';
import type { Part, Samples } from './parts.js';

/** Labels that are wrong on purpose first, then the scales of the training samples. */
export function treated({ labels, standardize }: DatasetOptions, drawn: Samples): Samples | readonly OptionIssue[] {
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
