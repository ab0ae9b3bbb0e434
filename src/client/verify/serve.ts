/** The engine behind a verification: one step at a time, from the results of earlier ones; the same in a worker and in the page itself. */
import { wasmEngine } from '../../engine/wasm/index.js';
import { type Held, verifyStep } from '../../lab/verify-step.js';
import { messageOf } from '../../shared/message-of.js';
import type { EngineMessage, EngineReply } from '../lab/engine-protocol.js';
import { oneAtATime } from '../lab/one-at-a-time.js';
import { inTurns } from './in-turns.js';
import type { StepMessage, StepReply } from './protocol.js';

type Reply = (reply: StepReply | EngineReply) => void;

/** `turnMilliseconds` is how long it computes before others have their turn. */
export function serve(turnMilliseconds: number, reply: Reply): (message: StepMessage | EngineMessage) => void {
  const held = new Map<string, Held>();
  return oneAtATime<StepMessage>(reply, async ({ id, step, profile, drop }, module, mine) => {
    try {
      const found = await verifyStep(step, inputsOf(step, held), profile, {
        engine: inTurns(wasmEngine(module, turnMilliseconds), turnMilliseconds),
        signal: mine.signal,
        clock: () => performance.now() / 1000,
        progress: (fraction) => {
          if (!mine.signal.aborted) reply({ kind: 'progress', id, fraction });
        },
      });
      mine.signal.throwIfAborted();
      held.set(step.key, found.held);
      for (const key of drop) held.delete(key);
      reply({ kind: 'judged', id, verdict: found.verdict });
    } catch (error) {
      if (mine.signal.aborted) return;
      for (const key of drop) held.delete(key);
      reply({ kind: 'failed', id, why: messageOf(error) });
    }
  });
}

function inputsOf({ inputs }: StepMessage['step'], held: ReadonlyMap<string, Held>): Record<string, Held> {
  const found = Object.entries(inputs).map(([role, key]) => {
    const input = held.get(key);
    if (input === undefined) throw new Error(`its input ${role} is not there`);
    return [role, input] as const;
  });
  return Object.fromEntries(found);
}
