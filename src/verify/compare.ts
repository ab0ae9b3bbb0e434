/** The largest deviation of a result that was computed again from the recorded one. */
import type { Accuracy } from '../engine/engine.js';
import type { Artifact } from '../shared/artifact.js';
import type { Deviation } from '../steps/comparison.js';
import type { StepKind } from '../steps/step.js';
import type { StoredResult } from '../store/record.js';
import { leastAccuracy } from './accuracy.js';

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

const exact: Accuracy = { train: 0, predict: 0, jacobian: 0, gram: 0, product: 0, svd: 0 };

/** The largest deviation between two stored results of one experiment, by what their records say of their engines. */
export function compareStored(kind: Pick<StepKind, 'compare'>, before: StoredResult, after: StoredResult): Deviation {
  const accuracy = leastAccuracy(before.record.accuracy, leastAccuracy(after.record.accuracy, exact));
  const { of, share } = compareArtifacts(kind, before.artifact, after.artifact, accuracy);
  // JSON cannot say infinity.
  return { of, share: Math.min(share, Number.MAX_VALUE) };
}
