/** Runs code of the report's own in threads, within limits of time and of memory, beside the engine that it asks for operations. */
import { messageOf } from '../shared/message-of.js';
import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { Engine } from '../engine/engine.js';
import { type Limits, limitInWords, raiseLimit } from '../shared/limits.js';
import { compiledFile } from '../shared/program-folder.js';
import type { LoadTask, ThreadAnswer, ThreadNews, ThreadResult, ThreadTask } from './thread-task.js';

interface Watch {
  readonly engine: Engine;
  readonly limits: Limits;
  readonly progress: (fraction: number) => void;
  readonly print: (text: string) => void;
  readonly signal: AbortSignal;
}

/** What the kind returned. Rejects with what it threw, with the limit that it met, or with the signal's reason. */
export async function runInThread(
  task: Omit<ThreadTask, 'port' | 'profile' | 'accuracy'>,
  { engine, limits, progress, print, signal }: Watch,
): Promise<unknown> {
  const { port1: own, port2: theirs } = new MessageChannel();
  const stop = new AbortController();
  own.on('message', (news: ThreadNews) => {
    if ('fraction' in news) progress(Math.min(1, Math.max(0, news.fraction || 0)));
    else
      void answer(news, engine, AbortSignal.any([signal, stop.signal])).then((said) => {
        // The numbers are nobody else's: they are handed over, not copied.
        own.postMessage(said, 'result' in said ? buffersOf(said.result) : []);
      });
  });
  const { profile, accuracy } = engine;
  const time = AbortSignal.timeout(limits['kind-time'] * 1000);
  try {
    const threads = await threadsFor(limits);
    const result = (await threads.run(
      { ...task, profile, accuracy: { ...accuracy }, port: theirs },
      { signal: AbortSignal.any([signal, time]), transferList: [theirs] },
    )) as ThreadResult;
    if (result.printed !== '') print(result.printed);
    if ('returned' in result) return result.returned;
    throw new Error(
      result.printed === '' ? result.threw : `${result.threw}; before that it printed: ${result.printed}`,
    );
  } catch (error) {
    signal.throwIfAborted();
    const met = metLimit(error, time.aborted, 'kind-time', limits);
    throw met === undefined ? error : new Error(`${met.message}; ${met.hint}`);
  } finally {
    stop.abort();
    own.close();
  }
}

/**
 * Loads a module in a thread first, where its code can be ended: what is wrong with it when it takes too long, needs too much
 * memory, or ends its thread. What it throws, it throws again wherever it is imported.
 */
export async function faultOfLoading(url: string, limits: Limits): Promise<Met | undefined> {
  const time = AbortSignal.timeout(limits['module-time'] * 1000);
  try {
    const threads = await threadsFor(limits);
    await threads.run({ load: url } satisfies LoadTask, { signal: time });
    return undefined;
  } catch (error) {
    const met = metLimit(error, time.aborted, 'module-time', limits);
    if (met === undefined) throw error;
    return met;
  }
}

/** Of a result of the engine: of one array, of an SVD, or of the checkpoints of a training. */
function buffersOf(result: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(result)) return [result.buffer as ArrayBuffer];
  if (typeof result !== 'object' || result === null) return [];
  return [...new Set(Object.values(result).flatMap(buffersOf))];
}

async function answer(
  { call, operation, args }: Extract<ThreadNews, { call: number }>,
  engine: Engine,
  signal: AbortSignal,
): Promise<ThreadAnswer> {
  try {
    // What is asked for wrongly the engine refuses.
    const operations = engine as unknown as Readonly<Record<string, (...all: unknown[]) => Promise<unknown>>>;
    const watch = { train: [{ signal, progress: () => undefined }], svd: [signal] } as const;
    const more = operation === 'train' || operation === 'svd' ? watch[operation] : [];
    return { call, result: await operations[operation]?.(...args, ...more) };
  } catch (error) {
    return { call, refused: messageOf(error) };
  }
}

interface Met {
  readonly message: string;
  readonly hint: string;
}

/** What ended a thread, in words that say what to do; undefined for what was no limit. */
function metLimit(error: unknown, isLate: boolean, time: 'kind-time' | 'module-time', limits: Limits): Met | undefined {
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
  if (isLate) return tooLong(time, limits);
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return {
      message: `it needs more than ${limitInWords('kind-memory', limits)} of memory`,
      hint: `make it smaller, or ${raiseLimit('kind-memory', limits)}`,
    };
  if (typeof message === 'string' && message.startsWith('worker exited with code'))
    return { message: 'it ended its thread', hint: 'leave out what calls process.exit' };
  return undefined;
}

/** What code of the report's own is told that takes too long. */
export function tooLong(time: 'kind-time' | 'module-time', limits: Limits): Met {
  return {
    message: `it takes more than ${limitInWords(time, limits)}`,
    hint: `make it faster, or ${raiseLimit(time, limits)}`,
  };
}

/** By the memory that a thread may have. Idle threads end by themselves. */
const pools = new Map<number, Promise<Piscina>>();

function threadsFor({ 'kind-memory': memory }: Limits): Promise<Piscina> {
  const known = pools.get(memory);
  if (known !== undefined) return known;
  const opened = openThreads(memory);
  pools.set(memory, opened);
  return opened;
}

async function openThreads(memory: number): Promise<Piscina> {
  const { Piscina } = await import('piscina');
  return new Piscina({
    filename: compiledFile('kinds/worker.js'),
    minThreads: 0,
    // A build has no more steps under way than this, whatever it was told.
    maxThreads: Math.max(availableParallelism(), 64),
    concurrentTasksPerWorker: 1,
    idleTimeout: 1_000,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
}
