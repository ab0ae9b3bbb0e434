/** TensorFlow's native library through @tensorflow/tfjs-node-gpu, which a person with CUDA installs beside Colophon. */
import { createRequire } from 'node:module';
import type { TensorFlow } from './tensorflow.js';

const require = createRequire(import.meta.url);

/** As it is installed: 4.22.0 is its last release. */
export const nativePackage = '@tensorflow/tfjs-node-gpu';

/** What the native backend says of itself. */
export interface NativeBackend {
  readonly isUsingGpuDevice?: boolean;
  readonly binding?: { readonly TF_Version?: string };
}

/**
 * Loads it; throws what Node says when it cannot. Without a usable GPU it computes on the processor and does not say so:
 * ask its backend.
 */
export function loadNative(): TensorFlow {
  // Nodes from 23 on lack this, and its kernels call it.
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value): boolean => value === null || value === undefined;
  return require(nativePackage) as TensorFlow;
}

/**
 * The environment that TensorFlow reads when it is loaded: full float32 products rather than TF32's ten bits, memory as
 * it is needed rather than all of the device's, and only warnings on the error stream.
 */
export const nativeEnvironment = {
  NVIDIA_TF32_OVERRIDE: '0',
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  TF_CPP_MIN_LOG_LEVEL: '1',
} as const;
