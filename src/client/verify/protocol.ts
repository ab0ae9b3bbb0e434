/** What a verification and the engine behind it say to each other. */
import type { Verdict } from '../../lab/verify-step.js';
import type { VerifyStep } from '../../lab/verify-plan.js';
import type { EngineScript } from '../lab/engine-client.js';

/** Computes a step, from results of the steps before it. */
export interface StepMessage {
  readonly kind: 'step';
  readonly id: number;
  readonly step: VerifyStep;
  /** The arithmetic of pages. */
  readonly profile: string;
  /** The keys of the results that are needed no more once it is computed. */
  readonly drop: readonly string[];
}

export type StepReply =
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number }
  | { readonly kind: 'judged'; readonly id: number; readonly verdict: Verdict }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

/** The engine of verifications. */
export const verifyEngine: EngineScript<StepMessage, StepReply> = { script: 'verifyEngine', name: 'verify:engine' };
