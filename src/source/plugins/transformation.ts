/** A transformer of a plugin that is run on another thread: what it is given, and what it gives. */
import type { MessagePort } from 'node:worker_threads';
import type { VFileMessage } from 'vfile-message';
import type { Failure } from './failure.js';

export interface Transformation {
  /** Of the plugin's module. */
  readonly url: string;
  readonly options: readonly unknown[];
  readonly tree: unknown;
  /** Of the file that the tree is of. */
  readonly path: string | undefined;
  readonly value: string | Uint8Array | undefined;
}

/** A message that a plugin left with the file, as it gets to another thread. */
export type SentMessage = Pick<VFileMessage, 'reason' | 'place' | 'source' | 'ruleId' | 'fatal'>;

export interface Transformed {
  readonly messages: readonly SentMessage[];
  /** The tree, or why there is none. */
  readonly result: { readonly tree: unknown } | { readonly failure: Failure };
}

/** What the thread is started with. */
export interface ThreadData {
  readonly port: MessagePort;
  /** Set to 1 when an answer is in the port. */
  readonly answered: Int32Array;
}
