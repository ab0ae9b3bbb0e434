/** What a thread is asked that runs code of the report's own, and what the two say to each other meanwhile. */
import type { MessagePort } from 'node:worker_threads';
import type { KindInput } from './api.js';

/** To load a module and to do no more: its code ran to its end. */
export interface LoadTask {
  readonly load: string;
}

export interface ThreadTask {
  /** Of the module, as `linkModule` gives it. */
  readonly url: string;
  /** Of the kind that it defines. */
  readonly name: string;
  readonly options: unknown;
  readonly inputs: Readonly<Record<string, KindInput>>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly profile: string;
  readonly accuracy: object;
  readonly port: MessagePort;
}

/** The engine's operations that a thread asks for. */
export const engineOperations = ['train', 'predict', 'jacobian', 'gram', 'product', 'svd'] as const;
export type EngineOperation = (typeof engineOperations)[number];

/** From the thread: how far it is, an operation that it asks for, or what it printed. */
export type ThreadNews =
  | { readonly fraction: number }
  | { readonly call: number; readonly operation: EngineOperation; readonly args: readonly unknown[] };

/** To the thread: what an operation gave, or why it gave nothing. */
export type ThreadAnswer =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly refused: string };

/** What comes of a task: what the kind returned, or what it threw, with the place in its code; and what it printed. */
export type ThreadResult = { readonly printed: string } & ({ readonly returned: unknown } | { readonly threw: string });
