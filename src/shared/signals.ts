/**
 * What SIGINT and SIGTERM do. While steps run or figures are drawn a listener ends them in order. While this thread computes
 * by itself, reading and rendering pages, no listener would be called before that is over: then a signal ends the process at
 * once, as it does any program. Nothing is lost by it that a killed build would not leave whole.
 */

import { setImmediate } from 'node:timers/promises';

type Listener = readonly ['SIGINT' | 'SIGTERM', () => void];

let listeners: readonly Listener[] = [];

/** Calls these from now on, but during `endedBySignals`. */
export function listenToSignals(calls: readonly Listener[]): void {
  listeners = [...listeners, ...calls];
  for (const [signal, call] of calls) process.on(signal, call);
}

/**
 * Resolves when listeners have been called for every signal so far: one that came while the program was loaded waits for that, and
 * would be lost with the listeners that `endedBySignals` takes away. Then throws the reason where `signal` is aborted.
 */
export async function heardSignals(signal: AbortSignal): Promise<void> {
  // The first comes in this round of the event loop, and signals are looked for in the next one.
  await setImmediate();
  await setImmediate();
  signal.throwIfAborted();
}

/** Does some work on this thread that a signal is to end. */
export function endedBySignals<Value>(work: () => Value): Value {
  const paused = listeners;
  listeners = [];
  for (const [signal, call] of paused) process.removeListener(signal, call);
  try {
    return work();
  } finally {
    listenToSignals(paused);
  }
}
