/** A training that goes on from where earlier runs of it ended. */
import type { Checkpoint, Training, TrainingResult } from '../../engine/engine.js';
import { append } from '../../shared/append.js';
import type { StepWorld } from '../step.js';
import { gapsBetween, partToStates, type SavedState, statesToKeep, statesToPart } from '../training-states.js';

/** Seconds of work that a killed build may lose. */
const secondsAtRisk = 2;

/**
 * Trains what no earlier run of the same training has left, and leaves its own states for later ones, now and then and
 * at the end. The result is that of a training that was never interrupted.
 */
export async function goOn(
  training: Omit<Training, 'steps' | 'checkpoints' | 'from'>,
  wanted: readonly number[],
  total: number,
  world: StepWorld,
): Promise<TrainingResult> {
  const { continuation, engine, signal } = world;
  const states = continuation.parts().flatMap(partToStates);
  let reached = states.at(-1)?.checkpoint.step ?? 0;
  const isWanted = new Set(wanted);
  const checkpoints = states.map(({ checkpoint }) => checkpoint).filter(({ step }) => isWanted.has(step));
  const gaps = gapsBetween(wanted, states);
  if (states.length > 0) world.remark(howItGoesOn(gaps, total));
  let divergedAt: number | undefined;
  for (const { from, checkpoints: missing } of gaps) {
    let pending: SavedState[] = [];
    let kept = world.clock();
    // Only what lies beyond the chain makes it longer.
    const lengthens = (from?.step ?? 0) === reached;
    const leave = (): void => {
      const last = pending.at(-1)?.checkpoint.step ?? 0;
      if (!lengthens || last <= reached) return;
      continuation.keep?.(reached, last, statesToPart(pending));
      reached = last;
      pending = [];
      kept = world.clock();
    };
    const result = await engine.train(
      { ...training, steps: missing.at(-1) ?? 0, checkpoints: missing, ...(from !== undefined && { from }) },
      {
        progress: (steps) => {
          world.progress(steps / total);
        },
        signal,
        ...(world.waited !== undefined && { waited: world.waited }),
        ...(continuation.keep !== undefined && {
          checkpoint: (checkpoint: Checkpoint, rest: Uint8Array): void => {
            pending.push({ checkpoint, rest });
            pending = statesToKeep(pending);
            if (world.clock() - kept > secondsAtRisk) leave();
          },
        }),
      },
    );
    leave();
    append(checkpoints, result.checkpoints);
    divergedAt = result.divergedAt;
    if (divergedAt !== undefined) break;
  }
  checkpoints.sort((a, b) => a.step - b.step);
  return { checkpoints, ...(divergedAt !== undefined && { divergedAt }) };
}

/** What of a training an earlier run has left, in words. */
function howItGoesOn(gaps: ReturnType<typeof gapsBetween>, total: number): string {
  const [first] = gaps;
  if (first === undefined) return 'put together from an earlier run';
  const start = first.from?.step ?? 0;
  if (gaps.length === 1 && start > 0) return `continued from step ${start}`;
  const trained = gaps.reduce((sum, { from, checkpoints }) => sum + (checkpoints.at(-1) ?? 0) - (from?.step ?? 0), 0);
  return `${trained} of ${total} steps, between the states of an earlier run`;
}
