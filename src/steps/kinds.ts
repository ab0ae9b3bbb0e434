/** The directive kinds. A new kind is one file in this folder and one line here. */
import { type ClaimOptions, claim } from './claim.js';
import { curvature } from './curvature.js';
import { dataset } from './dataset.js';
import { elbows } from './elbows.js';
import { features } from './features.js';
import { type FigureOptions, figure } from './figure.js';
import { kernel } from './kernel.js';
import { linearize } from './linearize.js';
import { limitKernel } from './limit-kernel.js';
import { program } from './program.js';
import { project } from './project.js';
import { results } from './results.js';
import type { StepKind } from './step.js';
import { spectral } from './spectral.js';
import { svd } from './svd.js';
import { type TableOptions, table } from './table.js';
import { train } from './train.js';
import type { ViewKind } from './view.js';

/** Kinds that compute something. */
export const stepKinds: readonly StepKind[] = [
  dataset,
  train,
  features,
  svd,
  kernel,
  linearize,
  project,
  curvature,
  spectral,
  elbows,
  limitKernel,
  results,
  program,
];

/** The options of the kinds that show or check what the others computed. How each is planned and rendered stands in tables over them. */
export interface ViewOptions {
  readonly figure: FigureOptions;
  readonly table: TableOptions;
  readonly claim: ClaimOptions;
}

export type ViewName = keyof ViewOptions;

export const viewKinds: { readonly [Name in ViewName]: ViewKind<ViewOptions[Name]> } = { figure, table, claim };

/** Whether a kind of directive shows or checks what others computed. */
export function isView(kind: string): kind is ViewName {
  return Object.hasOwn(viewKinds, kind);
}

/** Every kind whose name makes a fenced block a directive. */
export const directiveKinds: readonly (StepKind | ViewKind<unknown>)[] = [...stepKinds, ...Object.values(viewKinds)];
