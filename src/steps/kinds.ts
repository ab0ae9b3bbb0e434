/** The directive kinds. A new kind of step is one file in this folder and one line here. */
import { dataset } from './dataset.js';
import { features } from './features.js';
import type { StepKind } from './step.js';
import { svd } from './svd.js';
import { train } from './train.js';

/** Kinds that compute something. */
export const stepKinds: readonly StepKind[] = [dataset, train, features, svd];

/** Every word that makes a fenced block a directive; `figure` and `table` show what the others computed, `claim` checks it. */
export const directiveKinds: readonly string[] = [...stepKinds.map(({ kind }) => kind), 'figure', 'table', 'claim'];
