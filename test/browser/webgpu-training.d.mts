import type { Engine } from '../../src/engine/engine.js';

export function computeOn(
  gpu: unknown,
  processor: Engine,
): Promise<
  | { readonly missing: string }
  | {
      readonly profile: string;
      readonly device: string;
      readonly checkpoints: number[][];
      readonly outputs: number[];
    }
>;
