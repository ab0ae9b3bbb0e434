/** Training in float32, runs of one shape side by side: each operation serves the same layer of all of them. */
import { checkTraining } from '../check-training.js';
import type { Checkpoint, Training, TrainingResult, Watch } from '../engine.js';
import { remembers } from './optimizer.js';
import { openStack, type Stack } from './stack.js';
import { lacks } from './lacks.js';
import type { TensorFlow } from './tensorflow.js';

/** A training and who watches it. */
export interface WatchedTraining {
  readonly training: Training;
  readonly watch: Watch;
}

/** Steps between two looks at the losses, which wait for the device: enough to hide the wait. */
const stepsPerLook = 128;

/**
 * What trainings must share to step together. What remains may differ: initial parameters, samples, random streams and the
 * numbers of the optimizer.
 */
export function shapeOf({
  network,
  parameters,
  optimizer,
  batches,
  data,
  test,
  steps,
  checkpoints,
  from,
}: Training): string {
  const drawn = batches.kind === 'full' ? [] : [batches.size];
  const samples = [data.targets.length, test?.targets.length ?? 0];
  const shape = [
    network,
    parameters,
    optimizer.kind,
    remembers(optimizer),
    batches.kind,
    drawn,
    samples,
    steps,
    checkpoints,
  ];
  return JSON.stringify([...shape, from?.step ?? 0]);
}

/**
 * Trains runs of one `shapeOf`, as the reference trains each of them, in float32; their results in the same order. Rejects
 * with a signal's reason when aborted, and with a RangeError when sizes do not fit.
 */
export async function trainTogether(tf: TensorFlow, runs: readonly WatchedTraining[]): Promise<TrainingResult[]> {
  const first = runs[0]?.training;
  if (first === undefined) return [];
  for (const { training } of runs) checkTraining(training, lacks);
  if (runs.some(({ training }) => shapeOf(training) !== shapeOf(first))) {
    throw new RangeError('trainings of two shapes cannot step together');
  }
  const [, ...others] = runs.map(({ training }) => training);
  const stack = openStack(tf, [first, ...others]);
  try {
    return await untilTheEnd(stack, runs, first);
  } finally {
    stack.dispose();
  }
}

async function untilTheEnd(
  stack: Stack,
  runs: readonly WatchedTraining[],
  { steps, checkpoints, from }: Training,
): Promise<TrainingResult[]> {
  const results = runs.map((): { checkpoints: Checkpoint[]; divergedAt?: number } => ({ checkpoints: [] }));
  /** Records the state of each run that is still finite. */
  const record = async (step: number, batchLosses: readonly number[]): Promise<void> => {
    const states = await stack.states();
    runs.forEach(({ training, watch }, run) => {
      const result = results[run]!;
      if (result.divergedAt !== undefined) return;
      const { parameters, trainLoss, testLoss, rest } = states[run]!;
      const finite =
        parameters.every(Number.isFinite) &&
        Number.isFinite(trainLoss) &&
        (training.test === undefined || Number.isFinite(testLoss));
      if (!finite) {
        result.divergedAt = step;
        return;
      }
      const checkpoint = { step, parameters, batchLoss: batchLosses[run]!, trainLoss, testLoss };
      result.checkpoints.push(checkpoint);
      watch.checkpoint?.(checkpoint, rest);
    });
  };

  let taken = from?.step ?? 0;
  let batchLosses: number[] = runs.map(() => NaN);
  const wanted = checkpoints.at(-1) === steps ? checkpoints : [...checkpoints, steps];
  for (const step of wanted) {
    while (taken < step) {
      for (const { watch } of runs) watch.signal.throwIfAborted();
      const count = Math.min(stepsPerLook, step - taken);
      const losses = await stack.advance(taken, count);
      results.forEach((result, run) => {
        const bad = losses.findIndex((atStep) => !Number.isFinite(atStep[run]));
        if (bad >= 0) result.divergedAt ??= taken + bad + 1;
      });
      taken += count;
      batchLosses = losses.at(-1) ?? batchLosses;
      for (const { watch } of runs) watch.progress(taken);
      if (results.every(({ divergedAt }) => divergedAt !== undefined)) return results;
    }
    if (checkpoints.includes(step)) await record(step, batchLosses);
    if (results.every(({ divergedAt }) => divergedAt !== undefined)) return results;
  }
  return results;
}
