/** Progress a person can read: one line that changes in a terminal, a line now and then in a log. */
import type { RunEvent } from './run-plan.js';

export interface ProgressSink {
  readonly write: (text: string) => void;
  /** The width of the terminal; undefined for a log. */
  readonly columns: number | undefined;
  /** Seconds, from any start. */
  readonly clock: () => number;
}

const logEvery = 10;

/** A reporter of run events. In a log, a long step says how far it is every ten seconds. */
export function progressReporter({ write, columns, clock }: ProgressSink): (event: RunEvent) => void {
  let shown = false;
  let last = clock();
  const clear = (): void => {
    if (shown) write('\r\u001b[K');
    shown = false;
  };
  let cached = 0;
  const flushCached = (): void => {
    if (cached > 0) write(`${cached} cached\n`);
    cached = 0;
  };
  return (event) => {
    const counter = `[${String(event.index + 1).padStart(String(event.total).length)}/${event.total}]`;
    const name = `${event.step.kind.kind} ${event.step.name}`;
    const isLast = event.index === event.total - 1;
    switch (event.kind) {
      case 'start':
        flushCached();
        last = clock();
        if (columns !== undefined) show(`${counter} ${name}`);
        return;
      case 'progress': {
        const percent = `${Math.floor(event.fraction * 100)}%`;
        const now = clock();
        if (columns !== undefined && now - last > 0.1) {
          show(`${counter} ${name}  ${percent}`);
          last = now;
        } else if (columns === undefined && now - last > logEvery) {
          write(`${counter} ${name}  ${percent}\n`);
          last = now;
        }
        return;
      }
      case 'end':
        clear();
        if (event.outcome === 'cached' && event.note === undefined) {
          cached += 1;
          if (isLast) flushCached();
          return;
        }
        flushCached();
        write(
          `${counter} ${name}  ${event.note ?? event.outcome}  ${event.seconds.toFixed(event.seconds < 10 ? 2 : 0)} s\n`,
        );
    }
  };

  function show(line: string): void {
    write(`\r\u001b[K${line.slice(0, (columns ?? 80) - 1)}`);
    shown = true;
  }
}
