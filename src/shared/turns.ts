/** Work that waits for its turn. */

/** Starts a piece of work in its turn; the result is the work's own. The most urgent of those that wait is the next. */
export type Turn = <Value>(work: () => Promise<Value>, urgency?: number) => Promise<Value>;

/** So many pieces at a time as `most` says for the number that would wait; those as urgent as each other in order. */
export function inTurns(most: (waiting: number) => number): Turn {
  const waiting: { readonly urgency: number; readonly start: () => void }[] = [];
  let running = 0;
  const goOn = (): void => {
    while (waiting.length > 0 && running < most(waiting.length)) {
      running += 1;
      waiting.shift()?.start();
    }
  };
  return async (work, urgency = 0) => {
    await new Promise<void>((start) => {
      // From behind: most are as urgent as those before them, and there may be many.
      const before = waiting.findLastIndex((other) => other.urgency >= urgency);
      waiting.splice(before + 1, 0, { urgency, start });
      goOn();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      goOn();
    }
  };
}
