/** Samples on the device: those that several runs share lie there once. */
import type { Samples } from '../engine.js';

export interface PlacedSamples {
  /** For each sample its inputs and then its target, in float32. */
  readonly numbers: Float32Array<ArrayBuffer>;
  /** For each of the given sets, the number of the sample at which it starts. */
  readonly places: readonly number[];
}

/** Puts sets of samples of `inputs` numbers one after another, equal ones once. */
export function placeSamples(sets: readonly Samples[], inputs: number): PlacedSamples {
  const kept: { readonly samples: Samples; readonly place: number }[] = [];
  let count = 0;
  const places = sets.map((samples) => {
    const same = kept.find((other) => equal(other.samples, samples));
    if (same !== undefined) return same.place;
    kept.push({ samples, place: count });
    count += samples.targets.length;
    return count - samples.targets.length;
  });
  const width = inputs + 1;
  const numbers = new Float32Array(count * width);
  for (const { samples, place } of kept) {
    samples.targets.forEach((target, i) => {
      numbers.set(samples.inputs.subarray(i * inputs, (i + 1) * inputs), (place + i) * width);
      numbers[(place + i) * width + inputs] = target;
    });
  }
  return { numbers, places };
}

function equal(a: Samples, b: Samples): boolean {
  const same = (x: Float64Array, y: Float64Array): boolean =>
    x === y || (x.length === y.length && x.every((value, i) => value === y[i]));
  return same(a.targets, b.targets) && same(a.inputs, b.inputs);
}
