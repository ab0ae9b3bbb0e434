/** A planned training and what the store has of it, as `export/` takes them. */
import { toExport, type TrainingToExport } from '../export/training-to-export.js';
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
  return toExport(
    {
      name: step.name,
      key: step.key,
      source: step.directive.text.trimEnd(),
      options: step.options as TrainOptions,
      dataset: dataset.step.options as DatasetOptions,
      network,
      classes: data.classes?.length,
    },
    dataset.result.artifact,
    result?.result.artifact,
  );
}
