/** Long work in pieces: a generator that yields where others may come in between. */
import { setImmediate } from 'node:timers/promises';

/** All of it, at once. */
export function atOnce<Value>(work: Generator<void, Value>): Value {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Piece by piece: what has happened meanwhile is seen to after each. */
export async function piecemeal<Value>(work: Generator<void, Value>): Promise<Value> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}
