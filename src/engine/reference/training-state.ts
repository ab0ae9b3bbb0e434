/** What the next steps of a training depend on besides its parameters: the random stream and the optimizer's memory. */
import type { Mt19937State } from '../../model/mt19937.js';

const words = 624;
const head = 4 * (words + 1);

/** Little-endian: the stream's words and index (zero where there is no stream), then the memory. */
export function saveState(stream: Mt19937State | undefined, memory: Float64Array): Uint8Array {
  const state = new Uint8Array(head + 8 * memory.length);
  const view = new DataView(state.buffer);
  stream?.words.forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  view.setUint32(4 * words, stream?.index ?? 0, true);
  memory.forEach((value, i) => {
    view.setFloat64(head + 8 * i, value, true);
  });
  return state;
}

/** Fills the memory; the stream. Throws a RangeError when the state is not of such a training. */
export function restoreState(state: Uint8Array, memory: Float64Array): Mt19937State {
  if (state.length !== head + 8 * memory.length) throw new RangeError('this is not the state of such a training');
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  for (let i = 0; i < memory.length; i += 1) memory[i] = view.getFloat64(head + 8 * i, true);
  const stream = Uint32Array.from({ length: words }, (_, i) => view.getUint32(4 * i, true));
  return { words: stream, index: view.getUint32(4 * words, true) };
}
