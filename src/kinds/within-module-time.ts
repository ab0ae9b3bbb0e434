/** What a module of the report is asked before anything runs, within its limit of time. */
import type { Limits } from '../shared/limits.js';
import { TookTooLong, withinTime } from '../shared/within-time.js';
import { tooLong } from './run-in-thread.js';

/** Throws what the code throws, and in words that it takes too long. */
export function withinModuleTime<Value>(limits: Limits, ask: () => Value): Value {
  try {
    return withinTime(limits['module-time'], ask);
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    const { message, hint } = tooLong('module-time', limits);
    throw new Error(`${message} (${hint})`);
  }
}
