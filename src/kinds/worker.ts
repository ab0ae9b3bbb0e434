/** The thread's side: runs one task of a kind of the report's own. */
import { isDefinition } from './definition-mark.js';
import type { KindDefinition, KindEngine } from './api.js';
import { boundedLog } from '../shared/bounded-log.js';
import {
  type EngineOperation,
  engineOperations,
  type LoadTask,
  type ThreadAnswer,
  type ThreadNews,
  type ThreadResult,
  type ThreadTask,
} from './thread-task.js';

export default async function perform(task: ThreadTask | LoadTask): Promise<ThreadResult> {
  const log = boundedLog();
  // What a thread prints would go through the process that builds, all of it.
  for (const stream of [process.stdout, process.stderr]) stream.write = log.write;
  try {
    if ('load' in task) {
      await import(task.load);
      return { returned: undefined, printed: log.text() };
    }
    const returned = await run(task);
    checkSendable(returned);
    return { returned, printed: log.text() };
  } catch (error) {
    return { threw: inWords(error), printed: log.text() };
  } finally {
    if ('port' in task) task.port.close();
  }
}

/** Throws for what no thread can send to another, such as a function. */
function checkSendable(returned: unknown): void {
  if (typeof returned !== 'object' || returned === null) return;
  for (const value of Object.values(returned)) if (!ArrayBuffer.isView(value)) structuredClone(value);
}

async function run({ url, name, port, profile, accuracy, ...given }: ThreadTask): Promise<unknown> {
  const exported = Object.values((await import(url)) as Readonly<Record<string, unknown>>);
  const definition = exported.find((one): one is KindDefinition => isDefinition(one, 'kind') && nameOf(one) === name);
  if (definition === undefined) throw new Error(`the module defines no kind "${name}" any more`);
  const engine = { profile, accuracy, ...remoteEngine(port) } as unknown as KindEngine;
  const world = {
    ...given,
    engine,
    progress: (fraction: number): void => {
      port.postMessage({ fraction } satisfies ThreadNews);
    },
    // The build ends this thread when it is interrupted.
    signal: new AbortController().signal,
  };
  return definition.run(world as unknown as Parameters<typeof definition.run>[0]);
}

function nameOf(definition: unknown): unknown {
  return (definition as Pick<KindDefinition, 'name'>).name;
}

/** The engine's operations, each asked for over the port. */
function remoteEngine(port: ThreadTask['port']): Record<EngineOperation, (...args: unknown[]) => Promise<unknown>> {
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  port.on('message', (answer: ThreadAnswer) => {
    const asked = waiting.get(answer.call);
    waiting.delete(answer.call);
    if ('refused' in answer) asked?.reject(new Error(answer.refused));
    else asked?.resolve(answer.result);
  });
  const ask =
    (operation: EngineOperation) =>
    (...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        calls += 1;
        waiting.set(calls, { resolve, reject });
        port.postMessage({ call: calls, operation, args: args.map(inSharedMemory) } satisfies ThreadNews);
      });
  return Object.fromEntries(engineOperations.map((operation) => [operation, ask(operation)])) as ReturnType<
    typeof remoteEngine
  >;
}

/** Numbers from which on an array is copied once, into memory that the engine's thread reads too, and not twice, from thread to thread. */
const many = 2 ** 13;

function inSharedMemory(argument: unknown): unknown {
  if (!(argument instanceof Float64Array) || argument.length < many) return argument;
  const shared = new Float64Array(new SharedArrayBuffer(argument.byteLength));
  shared.set(argument);
  return shared;
}

/** "kinds/permute.ts:12:9: there are no rows": a message, after the place in the report's code where it was made. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return `it throws what is no error: ${String(error).slice(0, 200)}`;
  const [, place] = /\(?((?![a-z]+:)[^\s()]+\.m?[jt]s:\d+:\d+)\)?/.exec(error.stack ?? '') ?? [];
  return place === undefined ? error.message : `${place}: ${error.message}`;
}
