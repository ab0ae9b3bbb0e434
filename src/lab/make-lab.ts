/** Makes, of the runs of one training directive, what a page needs to run it again. */
import type { PlannedStep } from '../plan/plan.js';
import { namesOf } from '../plan/step-key.js';
import type { Artifact } from '../shared/artifact.js';
import { profileOf } from '../shared/profiles.js';
import type { DatasetFacts } from '../steps/dataset.js';
import type { DatasetOptions } from '../steps/dataset/options.js';
import { plainOptimizer, optimizerOptions } from '../steps/optimizers.js';
import type { TrainOptions } from '../steps/train/options.js';
import type { AskedField } from '../steps/lab-fields.js';
import { carry } from './carry.js';
import { ruleNames } from './fields.js';
import type { LabDataset, LabRun, LabTraining } from './lab-training.js';

/** What is known of the result of a step. */
export interface LabResult {
  readonly digest: string;
  readonly profile: string;
  readonly device: string;
  readonly artifact: Artifact;
}

/** `steps` are runs of one directive, in plan order. */
export function makeLab(
  steps: readonly [PlannedStep, ...PlannedStep[]],
  fields: readonly AskedField[],
  resultOf: (step: PlannedStep) => LabResult,
): LabTraining {
  const [first] = steps;
  const datasets = new Map<string, LabDataset>();
  const runs = steps.flatMap((step): LabRun[] => {
    const { data } = step.inputs;
    if (data === undefined) return [];
    if (!datasets.has(data.name)) datasets.set(data.name, labDataset(data, resultOf(data)));
    const { digest, profile, device } = resultOf(step);
    const { name, key, options, coordinates } = step;
    const label = coordinates.map((one) => `${one.axis} ${one.label}`).join(', ');
    return [{ name, label, key, digest, profile, device, options: options as TrainOptions, dataset: data.name }];
  });
  return {
    id: first.id,
    versions: { train: first.kind.version, dataset: first.inputs['data']?.kind.version ?? 0 },
    names: namesOf(first.kind, first.options),
    ...{ runs, datasets: Object.fromEntries(datasets), optimizers, fields },
    profile: profileOf('wasm-f32'),
    source: first.directive.text.trimEnd(),
  };
}

/** Of gradient descent alone the rate is the author's to choose; this one is for readers who come from another rule. */
const startingRate = 0.01;

const optimizers = Object.fromEntries(
  ruleNames.map((kind) => [
    kind,
    plainOptimizer(optimizerOptions.parse(kind === 'sgd' ? { kind, rate: startingRate } : { kind })),
  ]),
);

function labDataset({ key, kind, options, facts, files, directive }: PlannedStep, { artifact }: LabResult): LabDataset {
  const isRead = files.length > 0;
  return {
    ...{ key, options: options as DatasetOptions, facts: facts as unknown as DatasetFacts },
    names: namesOf(kind, options),
    files: files.map(({ digest }) => digest),
    ...(isRead && { read: carry(artifact) }),
    source: directive.text.trimEnd(),
  };
}
