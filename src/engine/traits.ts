/** The engines that run on every processor, and what is known of each without loading it. */
import type { Engine } from './engine.js';

export const engineNames = ['wasm', 'reference'] as const;
export type EngineName = (typeof engineNames)[number];

export const traits = {
  // 32-bit addresses, less a margin for the instance's own.
  wasm: { profile: 'wasm-f32/4', device: 'CPU', addressable: 2 ** 32 - 2 ** 24 },
  reference: { profile: 'reference-f64/2', device: 'CPU', addressable: Number.POSITIVE_INFINITY },
} as const satisfies Record<EngineName, Pick<Engine, 'profile' | 'device' | 'addressable'>>;

/** Whether an engine has `jacobianProduct`. */
export const multipliesGradients: Record<EngineName, boolean> = { wasm: true, reference: false };
