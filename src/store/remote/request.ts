/** One question to a service over HTTP: bounded in time and size, asked again where that may help, never led elsewhere. */
import { setMaxListeners } from 'node:events';
import { messageOfFetch } from '../../shared/message-of.js';
import { inTurns } from '../../shared/turns.js';
import { RemoteFailure } from './remote-store.js';

export interface Question {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Of what was refused, its beginning. */
  readonly body: Uint8Array;
}

export interface Bounds {
  /** More bytes are not read. */
  readonly most: number;
  /** Takes the body instead, when the answer is that there is one. */
  readonly begin?: () => (piece: Uint8Array) => void;
}

export interface Asking {
  /** As people name the service. */
  readonly name: string;
  /** Makes the headers of each attempt. */
  readonly sign: (question: Question) => Promise<Question>;
  /** Whether to ask once more, whatever came; undefined leaves it to the status. */
  readonly again?: (answer: Answer) => boolean;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which an answer is given up. */
  readonly patience?: number;
  /** Milliseconds before the second attempt; four times as many before the third. */
  readonly pause?: number;
}

/** So many questions are under way at a time. */
const atOnce = 64;
const attempts = 3;
/** Bytes a second below which an answer is given up too. */
const leastRate = 2 ** 15;
/** Of what a service says when it refuses. */
const mostOfRefusal = 2 ** 16;

/**
 * Asks questions; what comes back may have any status but a redirection. Rejects with a RemoteFailure when nobody answers in
 * time, an answer breaks off each time, or is larger than it may be.
 */
export function asker(asking: Asking): (question: Question, bounds: Bounds) => Promise<Answer> {
  const inTurn = inTurns(() => atOnce);
  const { pause = 250, signal } = asking;
  // Every question under way listens to it.
  setMaxListeners(0, signal);
  const ask = async (question: Question, bounds: Bounds): Promise<Answer> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        signal.throwIfAborted();
        const answer = await tryOnce(await asking.sign(question), bounds, asking);
        const isBusy = answer.status >= 500 || answer.status === 429 || answer.status === 408;
        if (attempt === attempts || !(isBusy || asking.again?.(answer) === true)) return answer;
      } catch (error) {
        if (signal.aborted) throw new RemoteFailure(`${asking.name}: interrupted`, 'gone');
        if (attempt === attempts || error instanceof RemoteFailure) throw whyNot(error, asking);
      }
      await rest(pause * 4 ** (attempt - 1) * (0.5 + Math.random()), signal);
    }
  };
  return async (question, bounds) => inTurn(async () => ask(question, bounds));
}

async function tryOnce(question: Question, { most, begin }: Bounds, asking: Asking): Promise<Answer> {
  const { name, patience = 15_000 } = asking;
  const late = new AbortController();
  const sent = question.body?.length ?? 0;
  const giveUp = (): void => {
    late.abort(new Error(`no answer within ${(patience / 1000).toFixed(patience < 1000 ? 1 : 0)} s`));
  };
  // What is sent is not seen to go: it has the time that it needs on a slow line.
  let idle = setTimeout(giveUp, patience + (1000 * sent) / leastRate);
  const all = setTimeout(
    () => {
      late.abort(new Error(`an answer slower than ${leastRate / 1024} kB/s`));
    },
    2 * patience + (1000 * (sent + most)) / leastRate,
  );
  const take = begin?.();
  try {
    const response = await fetch(question.url, {
      ...{ method: question.method, headers: question.headers, redirect: 'manual' },
      ...(question.body !== undefined && { body: question.body as Uint8Array<ArrayBuffer> }),
      signal: AbortSignal.any([asking.signal, late.signal]),
    });
    const { status, headers } = response;
    if (status >= 300 && status < 400 && status !== 304) {
      await response.body?.cancel();
      throw new RemoteFailure(
        `${name} answers ${status} and leads to another address, which is not followed; name that region, endpoint or address itself`,
        'gone',
      );
    }
    const isThere = response.ok;
    const bound = isThere ? most : mostOfRefusal;
    const pieces: Uint8Array[] = [];
    let read = 0;
    if (response.body !== null)
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
        clearTimeout(idle);
        idle = setTimeout(giveUp, patience);
        read += piece.length;
        if (read > bound && !isThere) break;
        if (read > bound) throw new RemoteFailure(`${name} answers with more than the ${bound} bytes expected`, 'file');
        if (take !== undefined && isThere) take(piece);
        else pieces.push(piece);
      }
    return { status, headers, body: Buffer.concat(pieces) };
  } finally {
    clearTimeout(idle);
    clearTimeout(all);
  }
}

function whyNot(error: unknown, { name }: Asking): RemoteFailure {
  if (error instanceof RemoteFailure) return error;
  return new RemoteFailure(`${name} cannot be reached: ${messageOfFetch(error)}, ${attempts} times`, 'gone');
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
