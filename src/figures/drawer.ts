/** A process that draws, seen from the one that starts it: within limits of time and memory, or it is ended. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Limits } from '../shared/limits.js';
import { compiledFile } from '../shared/program-folder.js';
import { type Drawing, type DrawingAnswer, DrawingLimit, type DrawingTask } from './drawing.js';

/** Of a task that waited behind one whose process was ended: it may be given to another. */
export class NotBegun extends Error {}

export interface Drawer {
  /** How many tasks it has. */
  readonly underWay: number;
  /** Whether it draws no more. */
  readonly ended: boolean;
  /** One after the other. Rejects with a DrawingLimit, with NotBegun, or with what Vega has to say. */
  draw(task: DrawingTask): Promise<Drawing>;
  end(): Promise<void>;
}

interface Waiting {
  readonly resolve: (drawing: Drawing) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the process, which loads Vega before it draws. */
export function startDrawer(limits: Limits): Drawer {
  const memory = limits['drawing-memory'];
  const child = fork(compiledFile('figures/drawing-process.js'), [], {
    // Copied as bytes: a specification and its drawing are texts of up to megabytes.
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${memory}`, '--max-semi-space-size=8'],
    // What V8 prints when it is out of memory is no line of a report's.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const waiting: Waiting[] = [];
  let ended = false;
  let ready = false;
  let late = false;
  let timer: NodeJS.Timeout | undefined;
  const watchFirst = (): void => {
    clearTimeout(timer);
    if (!ready || waiting.length === 0) return;
    const first = waiting[0];
    timer = setTimeout(() => {
      // This thread may have been busy for as long: what has come meanwhile is heard first.
      setImmediate(() => {
        if (waiting[0] !== first || ended) return;
        late = true;
        child.kill('SIGKILL');
      });
    }, limits['drawing-time'] * 1000);
  };
  child.on('message', (answer: DrawingAnswer | 'ready') => {
    if (answer === 'ready') ready = true;
    else {
      const first = waiting.shift();
      if ('drawing' in answer) first?.resolve(answer.drawing);
      else first?.reject(new Error(answer.refused));
    }
    watchFirst();
  });
  const over = (cause?: Error): void => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    const [first, ...others] = waiting.splice(0);
    first?.reject(failure(child, ready, late, cause));
    for (const { reject } of others) reject(new NotBegun());
  };
  child.on('error', over);
  child.on('exit', () => {
    over();
  });
  const gone = new Promise<void>((resolve) => {
    child.on('exit', () => {
      resolve();
    });
    child.on('error', () => {
      resolve();
    });
  });
  return {
    get underWay() {
      return waiting.length;
    },
    get ended() {
      return ended;
    },
    draw: (task) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        if (waiting.length === 1) watchFirst();
        // A failure to send is heard as the end of the process.
        child.send(task, () => undefined);
      }),
    end: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

/** V8 aborts a process that has no memory left. */
const outOfMemory = new Set<unknown>(['SIGABRT', 'SIGTRAP', 'SIGILL', 134]);

function failure(child: ChildProcess, ready: boolean, late: boolean, cause: Error | undefined): Error {
  if (late) return new DrawingLimit('drawing-time');
  const { exitCode, signalCode } = child;
  if (ready && (outOfMemory.has(signalCode) || outOfMemory.has(exitCode))) return new DrawingLimit('drawing-memory');
  const why = cause?.message ?? `it ended with ${signalCode ?? `exit code ${exitCode ?? 'unknown'}`}`;
  return new Error(`the process that draws died: ${why}; build again`);
}
