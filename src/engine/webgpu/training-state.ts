/** What the next steps of a training depend on besides its parameters: its random stream and the optimizer's memory. */
import type { Mt19937State } from '../../model/mt19937.js';
import { streamWords } from './wgsl/random-batches.js';

/** The stream's words and index, or zeros where there is none, then the memory; little-endian like every device. */
export function saveState(stream: Uint32Array | undefined, memory: Float32Array): Uint8Array {
  const state = new Uint8Array(4 * (streamWords + memory.length));
  if (stream !== undefined) state.set(new Uint8Array(stream.buffer, stream.byteOffset, stream.byteLength));
  state.set(new Uint8Array(memory.buffer, memory.byteOffset, memory.byteLength), 4 * streamWords);
  return state;
}

/** Throws a RangeError when the state is not of such a training. */
export function restoreState(
  state: Uint8Array,
  memory: number,
): { readonly stream: Uint32Array; readonly memory: Float32Array } {
  if (state.length !== 4 * (streamWords + memory)) throw new RangeError('this is not the state of such a training');
  const words = new Uint32Array(state.slice().buffer);
  return { stream: words.subarray(0, streamWords), memory: new Float32Array(words.buffer, 4 * streamWords, memory) };
}

/** A stream as the device has it. */
export function streamOf({ words, index }: Mt19937State): Uint32Array {
  return Uint32Array.of(...words, index);
}
