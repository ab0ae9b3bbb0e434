/** How accurate two results are that are compared: as the less accurate of the two engines. */
import type { Accuracy } from '../engine/engine.js';

/** What a record is taken to say that does not say it: no engine has been less accurate than float32. */
const float32 = 2 ** -23;

/** Operation by operation. `recorded` comes from a record. */
export function leastAccuracy(recorded: Readonly<Record<string, number>> | undefined, again: Accuracy): Accuracy {
  const least = (operation: keyof Accuracy): number => Math.max(recorded?.[operation] ?? float32, again[operation]);
  return {
    train: least('train'),
    predict: least('predict'),
    jacobian: least('jacobian'),
    gram: least('gram'),
    product: least('product'),
    svd: least('svd'),
  };
}
