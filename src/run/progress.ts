/** Progress a person can read: one line that changes in a terminal, a line now and then in a log. */
import type { RunEvent } from './run-plan.js';

export interface ProgressSink {
  readonly write: (text: string) => void;
  /** The width of the terminal; undefined for a log. */
  readonly columns: number | undefined;
  /** Seconds, from any start. */
  readonly clock: () => number;
}

/** Seconds between two lines about what is still running: the eye's patience, and a log's. */
const every = { terminal: 0.1, log: 10 };

/** A reporter of run events: a line for each step that ends, and between them what is running and how far it is. */
export function progressReporter({ write, columns, clock }: ProgressSink): (event: RunEvent) => void {
  const running = new Map<string, number>();
  let ended = 0;
  let cached = 0;
  let shown = false;
  let last = clock();

  const clear = (): void => {
    if (shown) write('\r\u001b[K');
    shown = false;
  };
  const flushCached = (): void => {
    if (cached > 0) write(`${cached} cached\n`);
    cached = 0;
  };
  const counter = (total: number): string => `[${String(ended).padStart(String(total).length)}/${total}]`;
  const showRunning = (total: number, now: number): void => {
    const parts = [...running].map(([name, fraction]) => `${name}  ${Math.floor(fraction * 100)}%`);
    const line = `${counter(total)} ${parts.join(', ')}`;
    if (columns === undefined) write(`${line}\n`);
    else write(`\r\u001b[K${line.slice(0, columns - 1)}`);
    shown = columns !== undefined;
    last = now;
  };

  return (event) => {
    const name = `${event.step.kind.kind} ${event.step.name}`;
    switch (event.kind) {
      case 'start':
        clear();
        flushCached();
        running.set(name, 0);
        if (columns !== undefined) showRunning(event.total, clock());
        else if (running.size === 1) last = clock();
        return;
      case 'progress': {
        running.set(name, event.fraction);
        const now = clock();
        if (now - last > (columns === undefined ? every.log : every.terminal)) showRunning(event.total, now);
        return;
      }
      case 'end':
        clear();
        running.delete(name);
        ended += 1;
        if (event.outcome === 'cached' && event.note === undefined) {
          cached += 1;
          if (ended === event.total) flushCached();
          return;
        }
        flushCached();
        write(
          `${counter(event.total)} ${name}  ${event.note ?? event.outcome}  ${event.seconds.toFixed(event.seconds < 10 ? 2 : 0)} s\n`,
        );
        if (columns !== undefined && running.size > 0) showRunning(event.total, clock());
    }
  };
}
