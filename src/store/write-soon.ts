/**
 * Writing on a thread of its own, so that a build goes on while a disk takes its time. What has not been written yet is at
 * hand here too, and is written by this thread when it is needed, when the other one fails, and before the process ends.
 */
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { compiledFile } from '../shared/program-folder.js';
import { type Writing, type Written, type WrittenFile, writeFileWhole } from './writing.js';

/** No more bytes wait at a time: they are in memory twice. */
const most = 2 ** 24;

export interface LateWriter {
  /** Takes a result's files and writes them soon; false, and nothing is done, when so many bytes cannot wait. */
  write(files: readonly WrittenFile[], wait: boolean): boolean;
  /** Whether a file of this folder has not been written yet. */
  awaits(folder: string): boolean;
  /** Writes now what has not been written yet. */
  flush(): void;
  /** When everything is written the thread ends; another one starts when there is more. */
  settled(): Promise<void>;
}

/** Into the store at `root`; `refused` hears the file system's errors. */
export function lateWriter(root: string, refused: (error: unknown) => void): LateWriter {
  const pending = new Map<number, Writing>();
  /** How many files of each folder wait. */
  const folders = new Map<string, number>();
  const count = (files: readonly WrittenFile[], change: 1 | -1): void => {
    for (const { path, bytes: content } of files) {
      const folder = dirname(path);
      const left = (folders.get(folder) ?? 0) + change;
      if (left === 0) folders.delete(folder);
      else folders.set(folder, left);
      bytes += change * content.length;
    }
  };
  let bytes = 0;
  let ids = 0;
  let thread: Worker | undefined;
  let told: (() => void)[] = [];

  const done = (id: number): void => {
    count(pending.get(id)?.files ?? [], -1);
    pending.delete(id);
    if (pending.size > 0) return;
    for (const tell of told) tell();
    told = [];
  };
  // The other thread may be writing one of them at this moment: the same bytes under the same name twice harm nobody.
  const flush = (): void => {
    for (const { id, files, wait } of [...pending.values()]) {
      try {
        for (const file of files) writeFileWhole(root, file, wait);
      } catch (error) {
        refused(error);
      }
      done(id);
    }
  };
  const start = (): Worker => {
    // It only passes bytes on: of the default it would hold several times as much for nothing.
    const started = new Worker(compiledFile('store/writing-worker.js'), {
      resourceLimits: { maxYoungGenerationSizeMb: 1 },
    });
    // A process does not go on for it: what is left is written at its end.
    started.unref();
    process.once('exit', flush);
    started.on('message', ({ id, error }: Written) => {
      if (error !== undefined && pending.has(id)) refused(new Error(error));
      done(id);
    });
    // After an error comes its end.
    started.on('error', () => undefined);
    started.once('exit', () => {
      process.off('exit', flush);
      if (thread !== started) return;
      thread = undefined;
      flush();
    });
    return started;
  };
  const end = async (): Promise<void> => {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };

  return {
    write(files, wait) {
      const size = files.reduce((sum, file) => sum + file.bytes.length, 0);
      if (bytes + size > most) return false;
      thread ??= start();
      ids += 1;
      const writing = { id: ids, root, files, wait };
      pending.set(ids, writing);
      count(files, 1);
      thread.postMessage(writing);
      return true;
    },
    awaits: (folder) => folders.has(folder),
    flush,
    async settled() {
      if (pending.size > 0) {
        thread?.ref();
        await new Promise<void>((resolve) => told.push(resolve));
      }
      await end();
    },
  };
}
