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

/**
 * A thread has to load Vega, and its code is compiled anew: some two seconds of a processor and 100 MB (measured). So many
 * figures have to wait before another one ends sooner.
 */
const worthAThread = 40;

interface Thread {
  readonly pool: Promise<Piscina<DrawingTask, Drawing>>;
  underWay: number;
}

/** Up to `workers` threads, which start as figures wait to be drawn and end when the signal is aborted. */
export function drawingPool(workers: number, signal: AbortSignal): DrawingPool {
  let threads: Thread[] = [];
  const turn = inTurns((waiting) => perThread * Math.min(workers, 1 + Math.floor(waiting / worthAThread)));
  const close = async (): Promise<void> => {
    const ending = threads;
    threads = [];
    await Promise.all(ending.map(async ({ pool }) => (await pool).destroy()));
  };
  signal.addEventListener('abort', () => void close().catch(() => undefined), { once: true });
  /** The least busy that has room, or a new one: turns bound how many there can be. */
  const free = (): Thread => {
    const [least] = threads.toSorted((a, b) => a.underWay - b.underWay);
    if (least !== undefined && least.underWay < perThread) return least;
    const started = { pool: startThread(), underWay: 0 };
    threads.push(started);
    return started;
  };
  return {
    draw: (task) =>
      turn(async () => {
        signal.throwIfAborted();
        const made = task();
        if (made === undefined) return undefined;
        const thread = free();
        thread.underWay += 1;
        try {
          return await (await thread.pool).run(made);
        } catch (error) {
          signal.throwIfAborted();
          // One that could not be opened serves no other figure.
          await thread.pool.catch(() => threads.splice(threads.indexOf(thread), 1));
          throw error;
        } finally {
          thread.underWay -= 1;
        }
      }),
    close,
  };
}

/**
 * A pool of a single thread, loaded only when something is drawn: one pool of several starts a thread for every task that
 * waits.
 */
async function startThread(): Promise<Piscina<DrawingTask, Drawing>> {
  const { Piscina } = await import('piscina');
  return new Piscina<DrawingTask, Drawing>({
    filename: compiledFile('figures/drawing-worker.js'),
    minThreads: 0,
    maxThreads: 1,
    concurrentTasksPerWorker: perThread,
    idleTimeout: 60_000,
    // Of the default a thread holds twice as much for nothing: what a drawing needs is soon over.
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
}
