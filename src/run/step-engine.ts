/** What computes a step, what takes its place, and whose earlier results answer for it. */
import type { Engine } from '../engine/engine.js';
import type { RecordBody } from '../store/record.js';

export interface StepEngine {
  readonly engine: Engine;
  /** Why it is not the device that was asked for, in words. */
  readonly because?: string;
  /** Whether results of other profiles answer too. */
  readonly anyProfile: boolean;
  /** Computes the step when the device fails, which `because` says of an error in words; undefined for other errors. */
  readonly fallback?: { readonly engine: Engine; readonly because: (error: unknown) => string | undefined };
}

/** Tests that records of a key must pass, the best first. */
export function acceptable(
  { engine, anyProfile }: StepEngine,
  answers: (record: RecordBody) => boolean,
): ((record: RecordBody) => boolean)[] {
  const own = (record: RecordBody): boolean => record.profile === engine.profile && answers(record);
  return anyProfile ? [own, answers] : [own];
}

/** What the first test finds that finds anything. */
export function firstFound<Found>(
  tests: readonly ((record: RecordBody) => boolean)[],
  find: (test: (record: RecordBody) => boolean) => Found | undefined,
): Found | undefined {
  for (const test of tests) {
    const found = find(test);
    if (found !== undefined) return found;
  }
  return undefined;
}
