/** A planned training and what the store has of it, as `export/` takes them. */
import type { TrainingToExport } from '../export/training-to-export.js';
import type { PlannedStep } from '../plan/plan.js';
import type { DatasetOptions } from '../steps/dataset.js';
import type { TrainFacts, TrainOptions } from '../steps/train.js';
import type { FoundResult } from './find-results.js';

/** A training to export; `dataset` is what its data were computed to, `result` what itself was, where it has been. */
export function trainingToExport(
  step: PlannedStep,
  dataset: FoundResult,
  result: FoundResult | undefined,
): TrainingToExport {
  const { network, data } = step.facts as unknown as TrainFacts;
  const { arrays } = dataset.result.artifact;
  const part = (prefix: '' | 'test-'): TrainingToExport['test'] => {
    const [inputs, targets] = [arrays[`${prefix}inputs`], arrays[`${prefix}targets`]];
    return inputs && targets && { inputs: inputs.data, targets: targets.data };
  };
  const whole = part('');
  if (whole === undefined) throw new Error(`${dataset.step.name} has no inputs and targets`);
  const computed = result?.result.artifact.arrays ?? {};
  const error = (name: string, index: number): number => computed[name]?.data[index] ?? Number.NaN;
  return {
    name: step.name,
    key: step.key,
    source: step.directive.text.trimEnd(),
    options: step.options as TrainOptions,
    dataset: dataset.step.options as DatasetOptions,
    network,
    data: whole,
    test: part('test-'),
    classes: data.classes?.length,
    errors: Array.from(computed['step']?.data ?? [], (at, index) => ({
      step: at,
      batch: error('batch-error', index),
      train: error('train-error', index),
      test: error('test-error', index),
    })),
  };
}
