/** The largest deviation of a result that was computed again from the recorded one. */
import type { Accuracy } from '../engine/engine.js';
import type { Artifact } from '../shared/artifact.js';
import type { Deviation } from '../steps/comparison.js';
import type { StepKind } from '../steps/step.js';

/** By engines of this accuracy; what the kind's mathematics allows, the kind says. */
export function compareArtifacts(
  { compare }: Pick<StepKind, 'compare'>,
  recorded: Artifact,
  again: Artifact,
  accuracy: Accuracy,
): Deviation {
  if ((recorded.divergedAt === undefined) !== (again.divergedAt === undefined))
    return { of: 'whether it diverged', share: Number.POSITIVE_INFINITY };
  // What is no number is beyond any bound.
  const known = compare(recorded, again, accuracy).map(({ of, share }) => ({
    of,
    share: Number.isNaN(share) ? Number.POSITIVE_INFINITY : share,
  }));
  return known.reduce((worst, one) => (one.share > worst.share ? one : worst), { of: 'nothing', share: 0 });
}
