/** Which TensorFlow.js there is on this machine, as an engine. */
import { profileOf } from '../../shared/profiles.js';
import type { Engine } from '../engine.js';
import { findCuda } from './cuda.js';
import { tfjsEngine } from './index.js';
import { loadNative, nativeEnvironment } from './native.js';
import { openPortable } from './tensorflow.js';

export interface OpenedTfjs {
  readonly engine: Engine;
  /** What keeps it from a CUDA device; empty when it computes on one. */
  readonly missing: readonly string[];
}

/**
 * TensorFlow.js on a CUDA device where one is really seen, otherwise through its WebAssembly backend; `exact`
 * computes what it cannot. Undefined when it is not installed at all.
 */
export async function openTfjs(exact: Engine): Promise<OpenedTfjs | undefined> {
  const cuda = findCuda();
  if ('device' in cuda) {
    // Read by the library when it is loaded.
    Object.assign(process.env, nativeEnvironment);
    const tf = loadNative();
    return { engine: tfjsEngine(tf, { profile: profileOf('tfjs-cuda-f32'), device: cuda.device }, exact), missing: [] };
  }
  const tf = await openPortable('wasm');
  if (tf === undefined) return undefined;
  const engine = tfjsEngine(tf, { profile: profileOf('tfjs-wasm-f32'), device: 'CPU' }, exact);
  return { engine, missing: cuda.missing };
}
