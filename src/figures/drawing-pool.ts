/**
 * Drawing in processes of their own: Vega is slow to load and slow to draw, no two figures need each other, and what an
 * author's specification asks of time and memory has to end where a limit says so.
 */
import type { Limits } from '../shared/limits.js';
import { type Drawer, NotBegun, startDrawer } from './drawer.js';
import type { Draw, Drawing, DrawingTask } from './drawing.js';
import { inTurns } from '../shared/turns.js';

export interface DrawingPool {
  readonly draw: Draw;
  /** Ends the processes; others start when they are needed again. */
  close(): Promise<void>;
}

/** While a process draws one, its next is there: this thread may be busy when it is done. */
const perDrawer = 2;

/**
 * A process has to load Vega, and its code is compiled anew: some two seconds of a processor and 100 MB (measured). So many
 * figures have to wait before another one ends sooner.
 */
const worthADrawer = 40;

/** Up to `workers` processes, which start as figures wait to be drawn and end when the signal is aborted. */
export function drawingPool(workers: number, signal: AbortSignal, limits: Limits): DrawingPool {
  let drawers: Drawer[] = [];
  const turn = inTurns((waiting) => perDrawer * Math.min(workers, 1 + Math.floor(waiting / worthADrawer)));
  const close = async (): Promise<void> => {
    const ending = drawers;
    drawers = [];
    await Promise.all(ending.map((drawer) => drawer.end()));
  };
  signal.addEventListener('abort', () => void close().catch(() => undefined), { once: true });
  /** The least busy that has room, or a new one: turns bound how many there can be. */
  const free = (): Drawer => {
    drawers = drawers.filter(({ ended }) => !ended);
    const [least] = drawers.toSorted((a, b) => a.underWay - b.underWay);
    if (least !== undefined && least.underWay < perDrawer) return least;
    const started = startDrawer(limits);
    drawers.push(started);
    return started;
  };
  const drawn = async (task: DrawingTask): Promise<Drawing> => {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await free().draw(task);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof NotBegun)) throw error;
      }
    }
  };
  return {
    draw: (task) =>
      turn(async () => {
        signal.throwIfAborted();
        const made = task();
        return drawn(made);
      }),
    close,
  };
}
