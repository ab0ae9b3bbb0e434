/** TensorFlow's native library through @tensorflow/tfjs-node-gpu, which `colophon gpu setup` installs on a machine with CUDA. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { stateFolder } from '../../shared/state-folder.js';
import { isMissing, type TensorFlow } from './tensorflow.js';

const require = createRequire(import.meta.url);

/** As it is installed: 4.22.0 is its last release. */
export const nativePackage = '@tensorflow/tfjs-node-gpu';
export const nativeVersion = '4.22.0';

/** The folder that the command installs it in, for all projects of this user. */
export function nativeFolder(): string {
  return join(stateFolder(process.env), 'tfjs-cuda');
}

/** Where the package lies below a folder that it is installed in. */
export function nativePlace(folder: string): string {
  return join(folder, 'node_modules', ...nativePackage.split('/'));
}

/** Where it is installed: by the command, in this folder or its usual one, else beside Colophon. Undefined where it is not. */
export function findNative(folder = nativeFolder()): string | undefined {
  const place = nativePlace(folder);
  if (existsSync(join(place, 'package.json'))) return place;
  try {
    return require.resolve(nativePackage);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return undefined;
  }
}

/** What the native backend says of itself. */
export interface NativeBackend {
  readonly isUsingGpuDevice?: boolean;
  readonly binding?: { readonly TF_Version?: string };
}

/**
 * Loads it; throws what Node says when it cannot. Without a usable GPU it computes on the processor and does not say so:
 * ask its backend.
 */
export function loadNative(folder?: string): TensorFlow {
  // Nodes from 23 on lack this, and its kernels call it.
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value): boolean => value === null || value === undefined;
  return require(findNative(folder) ?? nativePackage) as TensorFlow;
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
