/** What the engine of WebGPU does not compute. */
import { lacksNothing } from '../capabilities.js';
import type { Lacks } from '../engine.js';

export const lacks: Lacks = {
  ...lacksNothing,
  losses: ['cross-entropy', 'logistic'],
  severalOutputs: true,
  classes: true,
  gradientFactors: true,
};
