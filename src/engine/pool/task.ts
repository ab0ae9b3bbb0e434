/** What the pool asks of a worker: one operation of the engine contract. */
import type { MessagePort } from 'node:worker_threads';
import type { Network } from '../../model/network.js';
import type { Training } from '../engine.js';
import type { EngineName } from '../open-engine.js';

export type Operation =
  /** `watch` hears the number of steps done. */
  | { readonly kind: 'train'; readonly training: Training; readonly watch: MessagePort }
  | {
      readonly kind: 'predict' | 'jacobian' | 'gram';
      readonly network: Network;
      readonly parameters: Float64Array;
      readonly inputs: Float64Array;
    }
  | {
      readonly kind: 'product';
      readonly a: Float64Array;
      readonly b: Float64Array;
      readonly rows: number;
      readonly inner: number;
      readonly columns: number;
    }
  | { readonly kind: 'svd'; readonly matrix: Float64Array; readonly rows: number; readonly columns: number };

export interface Task {
  readonly engine: EngineName;
  readonly operation: Operation;
}
