/** Drawing on worker threads: Vega is slow to load and slow to draw, and no two figures need each other. */
import { Piscina } from 'piscina';
import { compiledFile } from '../program-folder.js';
import type { Draw, Drawing, DrawingTask } from './drawing.js';

export interface DrawingPool {
  readonly draw: Draw;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Up to `workers` threads, which start when the first figure is to be drawn and end when the signal is aborted. */
export function drawingPool(workers: number, signal: AbortSignal): DrawingPool {
  let threads: Piscina<DrawingTask, Drawing> | undefined;
  return {
    async draw(task) {
      threads ??= new Piscina<DrawingTask, Drawing>({
        filename: compiledFile('figures/drawing-worker.js'),
        minThreads: 0,
        maxThreads: workers,
        // While one is drawn the next is there: this thread may be busy when it is done.
        concurrentTasksPerWorker: 2,
        idleTimeout: 60_000,
      });
      try {
        return await threads.run(task, { signal });
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      }
    },
    close: async () => threads?.destroy(),
  };
}
