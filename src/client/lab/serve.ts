/** The engine behind a lab: one training at a time, the newest; the same in a worker and in the page itself. */
import { wasmEngine } from '../../engine/wasm/index.js';
import { computeRun, type RunRequest } from '../../lab/compute-run.js';
import { parameterCount } from '../../model/network.js';
import { messageOf } from '../../shared/message-of.js';
import { checkpointCount } from '../../steps/checkpoint-steps.js';
import { networkOf } from '../../steps/train/start.js';
import type { EngineMessage, EngineReply } from './engine-protocol.js';
import { guestOf } from './guest.js';
import { oneAtATime } from './one-at-a-time.js';
import type { TrainMessage, TrainReply } from './protocol.js';

type Reply = (reply: TrainReply | EngineReply) => void;

/** Why a training was ended that would take too long. */
class TooMuch extends Error {
  constructor(readonly seconds: number) {
    super('too much');
  }
}

/** `turnMilliseconds` is how long it computes before others have their turn. */
export function serve(turnMilliseconds: number, reply: Reply): (message: TrainMessage | EngineMessage) => void {
  return oneAtATime<TrainMessage>(reply, async ({ id, request, most }, module, mine) => {
    const bytes = bytesOf(request);
    if (bytes > most.bytes) {
      reply({ kind: 'too-much', id, bytes });
      return;
    }
    const started = performance.now();
    const elapsed = (): number => (performance.now() - started) / 1000;
    let first: { readonly seconds: number; readonly fraction: number } | undefined;
    try {
      const outcome = await computeRun(request, {
        engine: wasmEngine(module, turnMilliseconds),
        signal: mine.signal,
        clock: () => performance.now() / 1000,
        progress: (fraction) => {
          // The first slice is slower than those that follow: the kernels are compiled for this processor meanwhile.
          const slice = { seconds: elapsed(), fraction };
          first ??= slice;
          const rate = (slice.fraction - first.fraction) / (slice.seconds - first.seconds);
          const seconds = slice.seconds + (1 - fraction) / rate;
          if (slice.seconds - first.seconds > believable && seconds > most.seconds) mine.abort(new TooMuch(seconds));
          else if (!mine.signal.aborted) reply({ kind: 'progress', id, fraction });
        },
      });
      const seconds = elapsed();
      reply({
        kind: 'trained',
        id,
        outcome,
        guest: guestOf(outcome, request.experiment, request.dataset.facts),
        seconds,
      });
    } catch (error) {
      if (error instanceof TooMuch) reply({ kind: 'too-much', id, seconds: error.seconds });
      // Another one has taken its place, or nobody waits for it any more.
      else if (!mine.signal.aborted) reply({ kind: 'failed', id, why: messageOf(error) });
    }
  });
}

/** Slices tell how long the whole takes, once they are long enough to be believed, in seconds. */
const believable = 0.05;

/** About what a training needs at once: its checkpoints in both of the precisions, and the engine's memory. */
function bytesOf({ experiment: { options }, dataset: { facts } }: RunRequest): number {
  const parameters = parameterCount(networkOf(options, facts));
  const checkpoints = checkpointCount(options.checkpoints, options.steps);
  return 16 * parameters * (checkpoints + 4);
}
