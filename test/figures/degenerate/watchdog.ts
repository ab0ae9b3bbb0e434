/** Ends this process with the text of what it was at, where that never ends: a loop that hangs leaves no other way to say so. */
import { Worker } from 'node:worker_threads';

const source = `
  const { parentPort } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const timers = new Map();
  parentPort.on('message', ({ id, text, limit }) => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    if (limit === undefined) return;
    timers.set(id, setTimeout(() => {
      writeSync(2, 'not over after ' + limit / 1000 + ' s: ' + text + '\\n');
      process.kill(process.pid, 'SIGKILL');
    }, limit));
  });`;

export interface Watchdog {
  /** What is under way from now on. */
  begin(id: number, text: string): void;
  end(id: number): void;
  close(): Promise<unknown>;
}

/** `limit` in milliseconds: far beyond what anything takes on a machine that is busy with other work. */
export function startWatchdog(limit: number): Watchdog {
  const worker = new Worker(source, { eval: true });
  worker.unref();
  return {
    begin: (id, text) => {
      worker.postMessage({ id, text, limit });
    },
    end: (id) => {
      worker.postMessage({ id });
    },
    close: () => worker.terminate(),
  };
}
