/** A run that the page has trained, as its figures show it. */
import type { RunOutcome } from '../../lab/compute-run.js';
import type { Experiment } from '../../lab/fields.js';
import type { DatasetFacts } from '../../steps/dataset.js';
import { parametersAt } from '../../steps/train/artifact.js';
import { networkOf } from '../../steps/train/start.js';
import type { CourseParts } from '../interactive/course.js';

/** With the samples that it was trained on. */
export type Guest = Omit<CourseParts, 'name' | 'coordinates' | 'data'> & {
  readonly samples: Pick<CourseParts['data'], 'x' | 'y'>;
};

export function guestOf({ artifact, data }: RunOutcome, { options }: Experiment, facts: DatasetFacts): Guest {
  const network = networkOf(options, facts);
  const numbers = (name: string, { arrays } = artifact): number[] => Array.from(arrays[name]?.data ?? []);
  const errors = (name: string): (number | null)[] =>
    numbers(name).map((value) => (Number.isFinite(value) ? value : null));
  const steps = numbers('step');
  return {
    ...{ network, steps, divergedAt: artifact.divergedAt ?? null },
    ...(options.centered === true && { centered: true }),
    ...{ trainErrors: errors('train-error'), testErrors: errors('test-error'), batchErrors: errors('batch-error') },
    samples: { x: numbers('inputs', data), y: numbers('targets', data) },
    drawable: steps.map((_, checkpoint) => checkpoint),
    unpacked: steps.map((_, checkpoint) => parametersAt(artifact, network, checkpoint)),
  };
}
