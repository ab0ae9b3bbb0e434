/** Cooperative scheduling: long work as a generator that yields where other tasks of this thread may run. */
import { setImmediate } from 'node:timers/promises';

/** Runs the work to its end without a break. */
export function runWhole<Value>(work: Generator<void, Value>): Value {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Runs the work piece by piece, and the event loop once after each. */
export async function runCooperatively<Value>(work: Generator<void, Value>): Promise<Value> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}
