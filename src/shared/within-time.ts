/** Ends a computation that does not wait for anything, such as a loop in code or in a file that a stranger wrote. */
import { createContext, Script } from 'node:vm';

const place: { compute?: (() => unknown) | undefined } = {};
createContext(place);
const script = new Script('compute()');

/** A computation was ended because it took too long. */
export class TookTooLong extends Error {}

/**
 * What `compute` gives, which is no promise; what it throws is thrown. Throws `TookTooLong` where it takes longer than these seconds,
 * whatever it does meanwhile: Node's `vm` ends everything that it called.
 */
export function withinTime<Value>(seconds: number, compute: () => Value): Value {
  const outer = place.compute;
  place.compute = compute;
  try {
    return script.runInContext(place, { timeout: Math.ceil(seconds * 1000) }) as Value;
  } catch (error) {
    const { code } = Object(error) as { readonly code?: unknown };
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new TookTooLong() : error;
  } finally {
    place.compute = outer;
  }
}
