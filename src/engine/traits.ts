/** The engines that run on every processor, and what is known of each without loading it. */
import { machineEpsilon } from '../model/machine-epsilon.js';
import { profileOf } from '../shared/profiles.js';
import { lacksNothing } from './capabilities.js';
import type { Accuracy, Engine } from './engine.js';

export const engineNames = ['wasm', 'reference'] as const;
export type EngineName = (typeof engineNames)[number];

const { float32, float64 } = machineEpsilon;

/** Of an engine that computes everything in float64. */
const inFloat64: Accuracy = {
  train: float64,
  predict: float64,
  jacobian: float64,
  gram: float64,
  product: float64,
  svd: float64,
};

export const traits = {
  wasm: {
    profile: profileOf('wasm-f32'),
    device: 'CPU',
    // 32-bit addresses, less a margin for the instance's own.
    addressable: 2 ** 32 - 2 ** 24,
    accuracy: { ...inFloat64, train: float32 },
    lacks: lacksNothing,
    reproducible: true,
  },
  reference: {
    profile: profileOf('reference-f64'),
    device: 'CPU',
    addressable: Number.POSITIVE_INFINITY,
    accuracy: inFloat64,
    lacks: lacksNothing,
    reproducible: true,
  },
} as const satisfies Record<
  EngineName,
  Pick<Engine, 'profile' | 'device' | 'addressable' | 'accuracy' | 'lacks' | 'reproducible'>
>;

/** Whether an engine has `jacobianProduct`. */
export const multipliesGradients: Record<EngineName, boolean> = { wasm: true, reference: false };
