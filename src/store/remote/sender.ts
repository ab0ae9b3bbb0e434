/** Sends the results of a queue, some at a time, while a build goes on. */
import { messageOf } from '../../shared/message-of.js';
import { commandLine } from '../../shared/own-command.js';
import type { Queue, Queued } from './queue.js';
import { RemoteFailure, type RemoteStore } from './remote-store.js';
import { sendResult } from './send-result.js';

export interface Sending {
  readonly sent: number;
  /** What could not be sent, and waits for another build or `store push`. */
  readonly waiting: number;
}

interface SenderRequest {
  readonly root: string;
  readonly remote: RemoteStore | undefined;
  readonly queue: Queue;
  /** Keys of which something is damaged there. */
  readonly damaged: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}

const lanes = 16;
/** Milliseconds in which what was kept reaches the local disk by itself. */
const soon = 300;

export interface Sender {
  /** Sends it when it can be expected to lie in the local store. */
  readonly soon: (queued: Queued) => void;
  /** Sends nothing more. */
  readonly giveUp: () => void;
  /** Sends all that waits, also what earlier builds left; ends when it is sent or cannot be. Never rejects. */
  readonly finish: () => Promise<Sending>;
}

export function sender({ root, remote, queue, damaged, signal, warn }: SenderRequest): Sender {
  const due: Queued[] = [];
  const begun = new Set<string>();
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let sent = 0;
  let isLast = false;
  let isOver = remote?.isWritable !== true;
  const remoteName = remote?.name ?? '';
  const end = (message: string): void => {
    isOver = true;
    const left = queue.waiting().length;
    warn(
      `${message}; ${left} results wait to be sent, by the next build or "${commandLine(['store', 'push', '--store', remoteName])}"`,
    );
  };
  const send = async (to: RemoteStore, queued: Queued): Promise<void> => {
    try {
      const outcome = await sendResult(root, to, queued, damaged);
      if (outcome === 'sent') sent += 1;
      // It may not have reached the local disk yet.
      if (outcome === 'unsent' && !isLast) begun.delete(idOf(queued));
      else queue.remove(queued);
    } catch (error) {
      if (signal.aborted || isOver) return;
      const what = error instanceof RemoteFailure ? error.what : 'gone';
      if (what === 'size') queue.remove(queued);
      // What is wrong with one of them is said of it; a service that refuses one refuses all.
      if (what === 'size' || what === 'file') warn(`${messageOf(error)}; it is not sent`);
      else end(messageOf(error));
    }
  };
  const lane = async (): Promise<void> => {
    for (let next = due.shift(); next !== undefined; next = due.shift()) {
      if (isOver || signal.aborted || remote === undefined) return;
      await send(remote, next);
    }
  };
  const start = (): void => {
    timer = undefined;
    while (running.size < lanes && due.length > 0) {
      const started = lane().finally(() => running.delete(started));
      running.add(started);
    }
  };
  const add = (queued: Queued): void => {
    if (begun.has(idOf(queued))) return;
    begun.add(idOf(queued));
    due.push(queued);
  };
  return {
    soon(queued) {
      if (isOver) return;
      // A result that is kept again is sent again.
      begun.delete(idOf(queued));
      add(queued);
      timer ??= setTimeout(start, soon).unref();
    },
    giveUp() {
      isOver = true;
    },
    async finish() {
      clearTimeout(timer);
      isLast = true;
      while (!isOver && !signal.aborted) {
        queue.waiting().forEach(add);
        start();
        if (running.size === 0) break;
        await Promise.all(running);
      }
      await Promise.all(running);
      return { sent, waiting: queue.waiting().length };
    },
  };
}

function idOf({ key, name }: Queued): string {
  return `${key}-${name}`;
}
