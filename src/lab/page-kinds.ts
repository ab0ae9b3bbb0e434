/** The kinds of step that a page computes: all but those that read files, and those of a report's own. */
import { curvature } from '../steps/curvature.js';
import { dataset } from '../steps/dataset.js';
import { elbows } from '../steps/elbows.js';
import { features } from '../steps/features.js';
import { kernel } from '../steps/kernel.js';
import { limitKernel } from '../steps/limit-kernel.js';
import { linearize } from '../steps/linearize.js';
import { project } from '../steps/project.js';
import { spectral } from '../steps/spectral.js';
import type { StepKind } from '../steps/step.js';
import { svd } from '../steps/svd.js';
import { train } from '../steps/train.js';

const kinds: readonly StepKind[] = [
  ...[dataset, train, features, svd, kernel, limitKernel],
  ...[linearize, project, curvature, spectral, elbows],
];

/** By their names. */
export const pageKinds: ReadonlyMap<string, StepKind> = new Map(kinds.map((kind) => [kind.kind, kind]));
