/** Float64 numbers on their way to the device and back, as the sum of two float32, which keeps 48 of their 53 bits. */
import type { Buffers, Device } from './device.js';
import { doubleSingleTest } from './wgsl/double-single.js';

export function toPairs(numbers: Float64Array): Float32Array<ArrayBuffer> {
  const pairs = new Float32Array(2 * numbers.length);
  numbers.forEach((value, i) => {
    const high = Math.fround(value);
    pairs[2 * i] = high;
    pairs[2 * i + 1] = value - high;
  });
  return pairs;
}

export function fromPairs(bytes: ArrayBuffer): Float64Array {
  const pairs = new Float32Array(bytes);
  return new Float64Array(pairs.length / 2).map((_, i) => pairs[2 * i]! + pairs[2 * i + 1]!);
}

/** What results may be off by, relative: 2^-44, four bits short of what two float32 hold. */
export const doubleSingle = 2 ** -44;

/** Results of the test for each pair of numbers. */
const kinds = 5;

/**
 * Whether the device's compiler leaves float32 arithmetic as it is written. One that fuses or reorders operations makes
 * double-single numbers no better than single ones.
 */
export async function hasDoubleSingle(device: Device, buffers: Buffers): Promise<boolean> {
  const count = 256;
  const numbers = new Float64Array(2 * count);
  // The fractional parts of multiples of two irrational numbers, of many sizes and both signs.
  for (let i = 0; i < numbers.length; i += 1) {
    numbers[i] = (((i * Math.SQRT2) % 1) + 0.1) * 2 ** ((i % 21) - 10) * (i % 3 === 0 ? -1 : 1);
  }
  const pairs = toPairs(numbers);
  const kernel = await device.kernel(doubleSingleTest);
  const { given, results } = await device.checked(() => ({
    given: buffers.storage('numbers', pairs),
    results: buffers.storage('results', 2 * kinds * count),
  }));
  await device.submit((pass) => {
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(0, kernel.bind({ numbers: given, results }));
    pass.dispatchWorkgroups(Math.ceil(count / 64));
  });
  const [bytes] = await device.read([results, 0, 8 * kinds * count]);
  const found = fromPairs(bytes!);
  const exact = fromPairs(pairs.buffer);
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [exact[2 * i]!, exact[2 * i + 1]!];
    const inner = Math.fround(a) * Math.fround(b);
    const expected = [a + b, a * b, a / b, Math.abs(a), a + inner];
    // A sum is as exact as its terms are large.
    const sizes = [
      Math.abs(a) + Math.abs(b),
      Math.abs(a * b),
      Math.abs(a / b),
      Math.abs(a),
      Math.abs(a) + Math.abs(inner),
    ];
    return expected.every((value, k) => Math.abs(found[kinds * i + k]! - value) <= doubleSingle * sizes[k]!);
  }).every((right) => right);
}
