/** A bounded number of things at a time, the most urgent of those that wait first. */

/** Runs a task as soon as there is a free slot for it. */
export type Slots = <Value>(urgency: number, task: () => Promise<Value>) => Promise<Value>;

export function slots(count: number): Slots {
  let free = count;
  const waiting: { readonly urgency: number; readonly go: () => void }[] = [];
  const release = (): void => {
    free += 1;
    const next = waiting.shift();
    if (next === undefined) return;
    free -= 1;
    next.go();
  };
  return async (urgency, task) => {
    if (free > 0) free -= 1;
    else {
      await new Promise<void>((go) => {
        const place = waiting.findIndex((other) => other.urgency < urgency);
        waiting.splice(place < 0 ? waiting.length : place, 0, { urgency, go });
      });
    }
    try {
      return await task();
    } finally {
      release();
    }
  };
}
