/** What is being computed, for the pages that are open. */
import type { RunEvent } from '../run/run-plan.js';

export interface ProgressEvent {
  readonly kind: 'progress';
  readonly running: readonly { readonly name: string; readonly fraction: number }[];
  readonly ended: number;
  readonly total: number;
}

export const noProgress: ProgressEvent = { kind: 'progress', running: [], ended: 0, total: 0 };

/** Run events as what runs now, a few times a second. */
export function progressOf(notify: (event: ProgressEvent) => void): (event: RunEvent) => void {
  const running = new Map<string, number>();
  let ended = 0;
  let last = 0;
  return (event) => {
    if (event.kind === 'end') {
      running.delete(event.step.name);
      ended += 1;
    } else running.set(event.step.name, event.kind === 'progress' ? event.fraction : 0);
    const now = performance.now();
    if (event.kind === 'progress' && now - last < 100) return;
    // A plan that is all in the store has nothing to tell.
    if (event.kind === 'end' && event.outcome === 'cached' && ended < event.total) return;
    last = now;
    notify({
      kind: 'progress',
      running: [...running].map(([name, fraction]) => ({ name, fraction })),
      ended,
      total: event.total,
    });
  };
}
