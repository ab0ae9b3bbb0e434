/** What the panel of a lab and the engine behind it say to each other. */
import type { RunOutcome, RunRequest } from '../../lab/compute-run.js';
import type { EngineScript } from './engine-client.js';
import type { Guest } from './guest.js';

/** Trains this in place of what is trained. */
export interface TrainMessage {
  readonly kind: 'train';
  readonly id: number;
  readonly request: RunRequest;
  readonly most: Budget;
}

/** What a training may take without being asked for by name. */
export interface Budget {
  readonly seconds: number;
  readonly bytes: number;
}

export type TrainReply =
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number }
  /** It was begun, would take more than it may, and was ended. */
  | { readonly kind: 'too-much'; readonly id: number; readonly seconds?: number; readonly bytes?: number }
  | {
      readonly kind: 'trained';
      readonly id: number;
      readonly outcome: RunOutcome;
      readonly guest: Guest;
      readonly seconds: number;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

/** The engine of labs. */
export const labEngine: EngineScript<TrainMessage, TrainReply> = { script: 'labEngine', name: 'lab:engine' };

/** The name by which the script of what is taken home hands it over. */
export const exportsName = 'lab:exports';
