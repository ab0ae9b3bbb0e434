/** All that the next steps of a training depend on besides its parameters, as bytes: to go on from later. */
import type { Kernels } from './kernels.js';

/** The random stream's words and how many are used, the powers of Adam's betas, and the optimizer's memories. */
const streamWords = 624;
const head = 4 * streamWords + 8 + 16;

function memories(kernels: Kernels): Uint8Array[] {
  const bytes = kernels.memoryBytes();
  return [0, 1, 2, 3]
    .map((which) => kernels.memoryAt(which))
    .filter((address) => address !== 0)
    .map((address) => new Uint8Array(kernels.memory.buffer, address >>> 0, bytes));
}

export function saveState(kernels: Kernels): Uint8Array {
  const parts = memories(kernels);
  const state = new Uint8Array(head + parts.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(state.buffer);
  const words = new Uint32Array(kernels.memory.buffer, kernels.words.value, streamWords);
  words.forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  view.setUint32(4 * streamWords, kernels.wordsUsed(), true);
  view.setFloat64(4 * streamWords + 8, kernels.powerOf(1), true);
  view.setFloat64(4 * streamWords + 16, kernels.powerOf(2), true);
  let at = head;
  for (const part of parts) {
    state.set(part, at);
    at += part.length;
  }
  return state;
}

/** Throws a RangeError when the state is not of such a training. */
export function restoreState(kernels: Kernels, state: Uint8Array): void {
  const parts = memories(kernels);
  if (state.length !== head + parts.reduce((sum, { length }) => sum + length, 0)) {
    throw new RangeError('this is not the state of such a training');
  }
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  const words = new Uint32Array(kernels.memory.buffer, kernels.words.value, streamWords);
  for (let i = 0; i < streamWords; i += 1) words[i] = view.getUint32(4 * i, true);
  kernels.setIndex(view.getUint32(4 * streamWords, true));
  kernels.setPowers(view.getFloat64(4 * streamWords + 8, true), view.getFloat64(4 * streamWords + 16, true));
  let at = head;
  for (const part of parts) {
    part.set(state.subarray(at, at + part.length));
    at += part.length;
  }
}
