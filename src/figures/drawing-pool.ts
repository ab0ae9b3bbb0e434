/** Drawing on worker threads: Vega is slow to load and slow to draw, and no two figures need each other. */
import type { Piscina } from 'piscina';
import { compiledFile } from '../program-folder.js';
import type { Draw, Drawing, DrawingTask } from './drawing.js';
import { inTurns } from './turns.js';

export interface DrawingPool {
  readonly draw: Draw;
  /** Ends the threads; others start when they are needed again. */
  close(): Promise<void>;
}

/** While a thread draws one, its next is there: this thread may be busy when it is done. */
const perThread = 2;

/** A thread has to load Vega and to warm up: so many figures have to wait before another one ends sooner. */
const worthAThread = 16;

/** Up to `workers` threads, which start as figures wait to be drawn and end when the signal is aborted. */
export function drawingPool(workers: number, signal: AbortSignal): DrawingPool {
  let threads: Promise<Piscina<DrawingTask, Drawing>> | undefined;
  const turn = inTurns((waiting) => perThread * Math.min(workers, 1 + Math.floor(waiting / worthAThread)));
  return {
    draw: (task) =>
      turn(async () => {
        const made = task();
        if (made === undefined) return undefined;
        threads ??= startThreads(workers);
        try {
          return await (await threads).run(made, { signal });
        } catch (error) {
          signal.throwIfAborted();
          throw error;
        }
      }),
    async close() {
      const ending = threads;
      threads = undefined;
      await (await ending)?.destroy();
    },
  };
}

/** Loaded only when something is drawn. */
async function startThreads(workers: number): Promise<Piscina<DrawingTask, Drawing>> {
  const { Piscina } = await import('piscina');
  return new Piscina<DrawingTask, Drawing>({
    filename: compiledFile('figures/drawing-worker.js'),
    minThreads: 0,
    maxThreads: workers,
    concurrentTasksPerWorker: perThread,
    idleTimeout: 60_000,
    // Of the default a thread holds twice as much for nothing: what a drawing needs is soon over.
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
}
