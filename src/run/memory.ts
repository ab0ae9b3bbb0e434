/** How much memory the process had while each of several things ran. */

export interface MemoryUse {
  /** The highest resident memory of the whole process while it ran, in bytes. */
  readonly memory: number;
  /** How many others ran at some time while it did: theirs is in it too. */
  readonly beside: number;
}

/** The same, looked at anew only so many milliseconds after the last look: a system takes its time to answer. */
export function seldom(resident: () => number, milliseconds = 50): () => number {
  let [at, last] = [Number.NEGATIVE_INFINITY, 0];
  return () => {
    const now = performance.now();
    if (now - at >= milliseconds) [at, last] = [now, resident()];
    return last;
  };
}

/** Milliseconds between two looks. */
const every = 50;

/** The memory that one of them has been seen to use. */
export interface Watched {
  readonly soFar: () => MemoryUse;
  readonly end: () => void;
}

/**
 * `begin` starts watching for one of them. The memory is looked at when anything begins or is asked for and now and then
 * between, so a very short peak may be missed.
 */
export function memoryWatch(resident: () => number): { readonly begin: () => Watched } {
  const running = new Set<{ memory: number; beside: number }>();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const now = resident();
    for (const one of running) one.memory = Math.max(one.memory, now);
  };
  return {
    begin() {
      for (const other of running) other.beside += 1;
      const one = { memory: 0, beside: running.size };
      running.add(one);
      look();
      timer ??= setInterval(look, every).unref();
      return {
        soFar: () => {
          look();
          return { ...one };
        },
        end: () => {
          running.delete(one);
          if (running.size > 0) return;
          clearInterval(timer);
          timer = undefined;
        },
      };
    },
  };
}
