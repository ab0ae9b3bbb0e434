/**
 * Transformers that work asynchronously, run on a thread of their own while this one waits. Pages are read and written in one
 * go and from many places, some of them only when a file is written: there nothing could be awaited.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { compiledFile } from '../../shared/program-folder.js';
import type { ThreadData, Transformation, Transformed } from './transformation.js';

interface Thread extends ThreadData {
  readonly worker: Worker;
}

let thread: Thread | undefined;

/** Waits for so many seconds; undefined where it takes longer. */
export function transformAndWait(task: Transformation, seconds: number): Transformed | undefined {
  const { worker, port, answered } = (thread ??= startThread());
  Atomics.store(answered, 0, 0);
  port.postMessage(task);
  if (Atomics.wait(answered, 0, 0, seconds * 1000) === 'timed-out') {
    void worker.terminate();
    thread = undefined;
    return undefined;
  }
  return receiveMessageOnPort(port)?.message as Transformed;
}

function startThread(): Thread {
  const { port1: port, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: ThreadData = { port: port2, answered };
  const worker = new Worker(compiledFile('source/plugins/transformer-thread.js'), {
    workerData,
    transferList: [port2],
  });
  worker.once('exit', () => {
    if (thread?.worker === worker) thread = undefined;
  });
  // What a plugin leaves running there keeps no build from ending.
  worker.unref();
  port.unref();
  return { worker, port, answered };
}
