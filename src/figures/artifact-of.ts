/** Where the results of steps come from. */
import type { Artifact } from '../shared/artifact.js';
import type { PlannedStep } from '../plan/plan.js';

/** Gives the artifact of a planned step; every step of the plan has run when figures are drawn. */
export type ArtifactOf = (step: PlannedStep) => Artifact;
