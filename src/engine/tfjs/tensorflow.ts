/** TensorFlow.js, loaded only when it is asked for: it is an optional dependency. */
import { createRequire } from 'node:module';
import type * as TensorFlowCore from '@tensorflow/tfjs-core';

export type TensorFlow = typeof TensorFlowCore;

const require = createRequire(import.meta.url);

/** TensorFlow.js's own processors' backends, which need no native library. */
export type PortableBackend = 'cpu' | 'wasm';

/**
 * TensorFlow.js computing on one of its portable backends; undefined when it is not installed. The backend is the
 * process's: the last one opened computes.
 */
export async function openPortable(backend: PortableBackend): Promise<TensorFlow | undefined> {
  let tensorFlow: TensorFlow;
  try {
    tensorFlow = require('@tensorflow/tfjs-core') as TensorFlow;
    require(`@tensorflow/tfjs-backend-${backend}`);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  // It would advise a faster package, once for each process, whatever is installed.
  tensorFlow.env().set('IS_TEST', true);
  if (!(await tensorFlow.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} backend here`);
  return tensorFlow;
}

/** Whether a module or one that it needs is not installed. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}
