/** The singular values at any moment: those of the results where they are known, else as the page finds them. */
import type { SpectrumLook } from '../../figures/pictures/singular-values-rows.js';
import type { View } from './view.js';

interface Known {
  readonly known: readonly {
    readonly run: string;
    readonly step: number;
    readonly values: readonly number[];
    readonly rank: number;
    readonly tolerance: number;
  }[];
}

export function spectrumAt({ course, context }: View, step: number): SpectrumLook {
  const { known } = context as Known;
  const found = known.find((one) => one.run === course.name && one.step === step);
  if (found !== undefined) return { ...found, values: Float64Array.from(found.values) };
  return course.spectrum(course.reached(step));
}
