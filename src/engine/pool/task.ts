/** What the pool asks of a worker: one operation of the engine contract. */
import type { MessagePort } from 'node:worker_threads';
import type { Network } from '../../model/network.js';
import type { Checkpoint, Samples, Training } from '../engine.js';
import type { EngineName } from '../traits.js';

/** Steps done; a checkpoint with the rest of its state; or that no more will come. */
export type TrainingNews = number | { readonly checkpoint: Checkpoint; readonly rest: Uint8Array } | 'end';

export type Operation =
  /** `watch` hears `TrainingNews`; of checkpoints only when they are asked for. */
  | { readonly kind: 'train'; readonly training: Training; readonly watch: MessagePort; readonly checkpoints: boolean }
  | { readonly kind: 'train-together'; readonly trainings: readonly Training[] }
  | {
      readonly kind: 'predict' | 'jacobian' | 'gram';
      readonly network: Network;
      readonly parameters: Float64Array;
      readonly inputs: Float64Array;
    }
  | {
      readonly kind: 'jacobian-product';
      readonly network: Network;
      readonly parameters: Float64Array;
      readonly inputs: Float64Array;
      readonly matrix: Float64Array;
      readonly columns: number;
    }
  | {
      readonly kind: 'curvature';
      readonly network: Network;
      readonly parameters: Float64Array;
      readonly samples: Samples;
      readonly moving: Training['parameters'];
      readonly eigenvalues: number;
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
