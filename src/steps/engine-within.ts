/** Which engine a step computes on, where its result asks for more accuracy than any device gives. */
import type { Accuracy, Engine } from '../engine/engine.js';

/**
 * The engine, or where one of the operations is less accurate than is asked for the one that it hands such work to: the
 * most accurate there is when none is accurate enough, so the result must still be judged by what that one states.
 */
export function engineWithin(engine: Engine, asked: Partial<Accuracy>): Engine {
  const enough = Object.entries(asked).every(
    ([operation, most]) => engine.accuracy[operation as keyof Accuracy] <= most,
  );
  return enough || engine.exact === undefined ? engine : engineWithin(engine.exact, asked);
}

/** What the progress and the record say when another engine than the chosen one computes; undefined when it is the same. */
export function handedOver(from: Engine, to: Engine): string | undefined {
  return from === to ? undefined : `computed by ${to.profile}, whose arithmetic is more exact`;
}
