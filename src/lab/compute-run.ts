/** One run of a lab, computed as a build computes it: its data, its parameters and losses, its key and its digest. */
import { stepKey } from '../plan/step-key.js';
import type { Artifact, Json } from '../shared/artifact.js';
import { digestOf } from '../shared/artifact-digest.js';
import { run as train } from '../steps/train/run.js';
import { dataOf } from './data-of.js';
import type { Experiment } from './fields.js';
import type { LabDataset, LabTraining } from './lab-training.js';
import { type PageWorld, pageWorld } from './page-world.js';

export interface RunRequest {
  readonly experiment: Experiment;
  /** The report's data, whose options the reader may have changed. */
  readonly dataset: LabDataset;
  readonly training: Pick<LabTraining, 'versions' | 'names'>;
}

export interface RunOutcome {
  readonly key: string;
  readonly digest: string;
  readonly artifact: Artifact;
  /** That of the data. */
  readonly data: Artifact;
}

/** Rejects with the signal's reason when aborted. */
export async function computeRun(request: RunRequest, world: PageWorld): Promise<RunOutcome> {
  const { experiment, dataset } = request;
  const data = dataOf(experiment.dataset, dataset.read);
  const artifact = await train(
    experiment.options,
    // What is known of the data does not depend on their noise, as far as a training asks for it.
    { data: { artifact: data, facts: { ...dataset.facts }, options: experiment.dataset } },
    pageWorld(world),
  );
  return { key: keyOf(request), digest: digestOf(artifact), artifact, data };
}

/** The key that `colophon build` gives the same experiment. */
export function keyOf({ experiment, dataset, training: { versions, names } }: RunRequest): string {
  const data = stepKey({
    ...{ kind: 'dataset', version: versions.dataset, options: experiment.dataset as unknown as Json, inputs: {} },
    ...{ names: dataset.names, files: dataset.files },
  });
  return stepKey({
    ...{ kind: 'train', version: versions.train, options: experiment.options as unknown as Json, inputs: { data } },
    ...{ names, files: [] },
  });
}
