/** The real command in a real process, and what it left behind. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { sha256 } from '../src/shared/hash.js';
import { inFull } from './every-nth.js';
import { cli } from './program.js';

export { cli };

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command to its end in a process of its own, which is right for what changes or ends its process. */
function colophonAlone(cwd: string, ...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Runs a command in a process that is kept for the next one, which starts in a tenth of the time. */
let kept: { readonly environment: string; readonly run: ReturnType<typeof keepProcess> } | undefined;

function keepProcess(): (cwd: string, words: readonly string[]) => Ended {
  const told = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const thread = new Worker(new URL('command-thread.mjs', import.meta.url), {
    workerData: { cli, answers: port2, told },
    transferList: [port2],
  });
  thread.unref();
  return (cwd, words) => {
    Atomics.store(told, 0, 0);
    thread.postMessage({ cwd, words });
    Atomics.wait(told, 0, 0);
    return (receiveMessageOnPort(port1) as { readonly message: Ended }).message;
  };
}

/** Runs the command to its end; in `npm run test:faults`, always in a process of its own. */
export function colophon(cwd: string, ...words: readonly string[]): Ended {
  // What a report's own code leaves in the process is not for the next command, and neither is what a GPU does.
  if (inFull || words.some((word) => /^(?:--trust|gpu|webgpu|tfjs)$/.test(word))) return colophonAlone(cwd, ...words);
  const environment = environmentNow();
  kept ??= { environment, run: keepProcess() };
  // What a test tells the command by its environment a process that is there does not hear.
  return kept.environment === environment ? kept.run(cwd, words) : colophonAlone(cwd, ...words);
}

/** All that a command may hear of its environment; what the runner says of each file of tests is not for it. */
function environmentNow(): string {
  const heard = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  return JSON.stringify(heard.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What cannot be the same twice, and the list that holds its digest. */
const different = /^(build-info\..*|\.colophon-site\.json)$/;

/** The digest of every file of a site that two builds must give alike. */
export function siteOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const digests = files.map(({ parentPath, name }): [string, string] => {
    const path = join(parentPath, name);
    return [relative(folder, path), sha256(readFileSync(path))];
  });
  return Object.fromEntries(digests.filter(([path]) => !different.test(path)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
