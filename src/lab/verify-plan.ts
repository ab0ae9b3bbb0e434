/** What a page has of the experiments that a reader may have computed again in it: how each is computed, and what was published. */
import type { Words } from '../languages/words.js';
import type { Json } from '../shared/artifact.js';
import type { Facts } from '../steps/step.js';
import type { Carried } from './carried.js';

/** Why a page does not compute a step. */
export type NotComputed =
  /** Something else computed it, and a build read it. */
  | 'imported'
  /** A program or a kind of the report's own. */
  | 'own-code'
  /** Data that a build read of files. */
  | 'file';

export interface VerifyStep {
  /** "one-layer[hidden=10]". */
  readonly name: string;
  readonly kind: string;
  readonly key: string;
  /** Of its artifact, as published. */
  readonly digest: string;
  readonly profile: string;
  readonly device: string;
  readonly options: Json;
  readonly facts: Facts;
  /** The keys of its inputs, by role. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The digests of its files. */
  readonly files: readonly string[];
  /** On one thread of a usual processor: rough. */
  readonly seconds: number;
  /** What computing it needs at once, and what its artifact takes afterwards. */
  readonly bytes: number;
  readonly size: number;
  readonly not?: NotComputed;
  /** What was published, of what a page does not compute to the bit. Absent where it is large. */
  readonly carried?: Carried;
  /** Of the engine that computed what is carried. */
  readonly accuracy?: Readonly<Record<string, number>>;
}

export interface VerifyPlan {
  /** The arithmetic of pages, whose bits are the same everywhere. */
  readonly profile: string;
  /** Inputs first. */
  readonly steps: readonly VerifyStep[];
  readonly words: Words['verify'];
}

/** With the names of what computes it, which lies beside its script. */
export interface VerifyScript extends VerifyPlan {
  readonly scripts: Readonly<Record<'verify' | 'verifyEngine' | 'labKernels' | 'labStyle', string>>;
}
