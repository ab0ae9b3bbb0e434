/** Work that waits for its turn. */

/**
 * Starts what it is given in order, so many at a time as `most` says for the number that would wait; the result is the
 * work's own.
 */
export function inTurns(most: (waiting: number) => number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = [];
  let running = 0;
  const goOn = (): void => {
    while (waiting.length > 0 && running < most(waiting.length)) {
      running += 1;
      waiting.shift()?.();
    }
  };
  return async (work) => {
    await new Promise<void>((start) => {
      waiting.push(start);
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
