/** Small trainings that wait for a thread, handed to it together: a message there and back costs more than one of them. */
import { parameterCount } from '../../model/network.js';
import type { Training, TrainingResult, TrainingTask, Watch } from '../engine.js';

/** Of one training on a thread: its result and the seconds that it took alone, or why there is none. */
export type Trained = { readonly result: TrainingResult; readonly seconds: number } | { readonly refused: string };

/** Trainings that go to a thread at a time: a fraction of a second of work, after which an interrupt gets through at once. */
const mostTogether = 32;
/** Operations of a training that is small, and those of a step besides its products: some ten milliseconds. */
const small = { operations: 1e8, step: 3000 };

/** Whether it is better handed over with others: it takes little, and nobody hears of its states meanwhile. */
export function isSmall({ network, steps, batches, data, from }: Training, { checkpoint }: Watch): boolean {
  const samples = data.targets.length;
  const batch = batches.kind === 'full' ? samples : batches.size;
  const step = 6 * parameterCount(network) * batch + 10 * samples + small.step;
  return checkpoint === undefined && from === undefined && steps * step < small.operations;
}

interface Waiting extends TrainingTask {
  readonly since: number;
  readonly resolve: (result: TrainingResult) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Trainings one at a time for who asks, and together for the threads: whatever waits when a thread is free goes to it, as many
 * as give each thread its part. `perform` does several; when it fails as a whole each is done alone by `alone`, so that what is
 * wrong with one is not another's fault.
 */
export function trainTogether(
  threads: number,
  perform: (trainings: readonly Training[], signal: AbortSignal) => Promise<readonly Trained[]>,
  alone: (training: Training, watch: Watch) => Promise<TrainingResult>,
): (training: Training, watch: Watch) => Promise<TrainingResult> {
  let waiting: Waiting[] = [];
  let running = 0;
  let isDue = false;
  const settle = (one: Waiting, trained: Trained | undefined): void => {
    if (trained === undefined) one.reject(new Error('a group of trainings lost one of its results'));
    else if ('refused' in trained) one.reject(new Error(trained.refused));
    else {
      one.watch.waited?.(Math.max(0, (performance.now() - one.since) / 1000 - trained.seconds));
      one.watch.progress(one.training.steps);
      one.resolve(trained.result);
    }
  };
  const run = async (group: readonly Waiting[]): Promise<void> => {
    const [first] = group;
    if (first === undefined) return;
    try {
      const trained = await perform(
        group.map(({ training }) => training),
        first.watch.signal,
      );
      group.forEach((one, index) => {
        settle(one, trained[index]);
      });
    } catch (error) {
      for (const { training, watch, resolve, reject } of group) {
        if (watch.signal.aborted || group.length === 1) reject(error);
        else await alone(training, watch).then(resolve, reject);
      }
    }
  };
  const handOver = (): void => {
    isDue = false;
    const share = Math.min(mostTogether, Math.ceil(waiting.length / threads));
    // Twice as many as threads: the next ones are there when a thread has ended.
    while (waiting.length > 0 && running < 2 * threads) {
      const [first] = waiting;
      // Who can interrupt one can interrupt all.
      const stop = first?.watch.signal;
      const group = waiting.filter(({ watch }) => watch.signal === stop).slice(0, share);
      const taken = new Set(group);
      waiting = waiting.filter((one) => !taken.has(one));
      running += 1;
      void run(group).finally(() => {
        running -= 1;
        handOver();
      });
    }
  };
  return (training, watch) =>
    new Promise((resolve, reject) => {
      waiting.push({ training, watch, since: performance.now(), resolve, reject });
      // Others are about to come, which wait for the same input.
      if (!isDue) setImmediate(handOver);
      isDue = true;
    });
}
