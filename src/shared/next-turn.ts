/** Lets others have their turn who compute on this thread too. */

/** A page has no setImmediate, for which Node waits less long. */
const soon: (call: () => void) => void = 'setImmediate' in globalThis ? setImmediate : setTimeout;

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    soon(resolve);
  });
}
