/** Trainings that become ready one after another, handed to a device together. */
import type { Engine, TrainingResult, TrainingTask } from '../engine/engine.js';

interface Waiting extends TrainingTask {
  readonly resolve: (result: TrainingResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** Milliseconds in which steps that wait for the same input all get as far as their training. */
const gathering = 10;

/**
 * The engine with trainings that wait a moment for others and then go together; one that gains nothing from that as it
 * is. A batch that fails as a whole is tried one by one, so that what is wrong with one training is not another's fault;
 * but not after an error that would meet each of them again, `ofAll`: then all have it at once.
 */
export function batchTrainings(engine: Engine, ofAll: (error: unknown) => boolean = () => false): Engine {
  const { trainMany } = engine;
  if (trainMany === undefined) return engine;
  let waiting: Waiting[] = [];
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    try {
      const results = await trainMany(batch);
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result === undefined) reject(new Error('a batch of trainings lost one of its results'));
        else resolve(result);
      });
    } catch (error) {
      await Promise.all(
        batch.map(async ({ training, watch, resolve, reject }) => {
          if (batch.length === 1 || watch.signal.aborted || ofAll(error)) reject(error);
          else await engine.train(training, watch).then(resolve, reject);
        }),
      );
    }
  };
  return {
    ...engine,
    train: (training, watch) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setTimeout(() => void flush(), gathering);
        waiting.push({ training, watch, resolve, reject });
      }),
  };
}
