/** A browser that is spoken to over a pipe, by the DevTools protocol: messages of JSON, each ended by a NUL. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

type Values = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Values;
  readonly error?: { readonly message: string };
}

export interface BrowserPipe {
  /** What the browser answers. Rejects where it refuses, has ended, or says nothing for `patience` milliseconds. */
  readonly ask: (method: string, values?: Values, session?: string) => Promise<Values>;
  /** The next event of this name; asked for before what causes it. */
  readonly next: (event: string) => Promise<void>;
  /** Resolves when it has ended: until then it writes into its profile. */
  readonly close: () => Promise<void>;
}

/** Starts a browser with these arguments. */
export function openBrowser(
  browser: string,
  words: readonly string[],
  patience: number,
  signal: AbortSignal,
): BrowserPipe {
  const child = spawn(browser, ['--remote-debugging-pipe', ...words], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    signal,
  });
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number | string, { take: (values: Values) => void; fail: (error: Error) => void }>();
  const failAll = (error: Error): void => {
    for (const { fail } of waiting.values()) fail(error);
    waiting.clear();
  };
  child.on('error', failAll);
  child.on('exit', (code) => {
    failAll(new Error(`it ended with code ${code ?? 'none'}`));
  });
  // Of a browser that has ended, which is told by its end.
  input.on('error', () => undefined);
  let last = 0;
  let pieces: Buffer[] = [];
  output.on('data', (data: Buffer) => {
    let rest = data;
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      const { id, method, result, error } = JSON.parse(
        Buffer.concat([...pieces, rest.subarray(0, end)]).toString(),
      ) as Message;
      pieces = [];
      rest = rest.subarray(end + 1);
      const name = id ?? method ?? '';
      const asked = waiting.get(name);
      waiting.delete(name);
      if (error === undefined) asked?.take(result ?? {});
      else asked?.fail(new Error(error.message));
    }
    pieces.push(rest);
  });
  const wait = (name: number | string, what: string): Promise<Values> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(name);
        reject(new Error(`it did not answer within ${patience / 1000} s (${what})`));
      }, patience);
      waiting.set(name, {
        take: (values) => {
          clearTimeout(timer);
          resolve(values);
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
  return {
    ask(method, params = {}, sessionId) {
      last += 1;
      const answer = wait(last, method);
      input.write(`${JSON.stringify({ id: last, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
      return answer;
    },
    async next(event) {
      await wait(event, event);
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const ended = once(child, 'exit');
      child.kill();
      const harder = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(harder);
    },
  };
}
