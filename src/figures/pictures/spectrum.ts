/** The singular values of a decomposition at one checkpoint, with the tolerance and the rank that follows from it. */
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { type Run, runName } from '../subject.js';
import { countOf, number, stepLabel } from '../words.js';
import type { SpectrumLook } from './singular-values-rows.js';

export interface Spectrum extends SpectrumLook {
  readonly run: Run;
  readonly step: number;
  /** Found through inner products: the tolerance is that route's accuracy floor. */
  readonly gram: boolean;
}

/** Of the largest value: what is smaller is drawn here, as there is no zero on a logarithmic axis. */
const floorShare = 1e-18;

/** The range of a logarithmic axis on which these spectra are drawn; smaller values count as `floor`. */
export function rangeOf(spectra: readonly Spectrum[]): { readonly floor: number; readonly largest: number } {
  const [, most] = extent([0], ...spectra.map(({ values }) => values));
  // Of nothing but zeros any range will do.
  const largest = most > 1e-280 ? most : 1;
  return { floor: largest * floorShare, largest };
}

/** "rank 3 of 10"; and how many there is no room for, which are drawn at the floor. */
export function rankNote({ rank, values }: Spectrum, floor: number): string {
  const zeros = values.filter((value) => value === 0).length;
  const small = values.filter((value) => value > 0 && value < floor).length;
  return [
    `rank ${rank} of ${values.length}`,
    ...(zeros === 0 ? [] : [zeros === values.length ? 'all are 0' : zeros === 1 ? '1 is 0' : `${zeros} are 0`]),
    ...(small === 0 ? [] : [`${small} below 10⁻¹⁸ of the largest`]),
  ].join(', ');
}

export function spectrumOf(run: Run, step: number, index: number): Spectrum {
  const at = (name: string): number => numbersOf(run.artifact, name)[index] ?? Number.NaN;
  return {
    run,
    step,
    values: Float64Array.from(slab(arrayOf(run.artifact, 'singular-values'), index).data),
    rank: at('rank'),
    tolerance: at('tolerance'),
    gram: run.artifact.values['method'] === 'gram',
  };
}

/** In words. What is below the tolerance is rounding error, and of no interest to a listener. */
export function describeSpectrum({ run, step, values, rank, tolerance, gram }: Spectrum): string {
  const place = [...(runName(run) === '' ? [] : [runName(run)]), stepLabel(step)].join(', ');
  const most = `${countOf(values.length, 'singular value')}, the largest ${number(values[0] ?? 0)}`;
  const bound = `the ${gram ? 'accuracy floor' : 'tolerance'} ${number(tolerance)}`;
  const least = rank > 0 ? `, the smallest of these ${number(values[rank - 1] ?? Number.NaN)}` : '';
  return `${place}: ${most}, and rank ${rank}, as many as are above ${bound}${least}`;
}

/** What the tolerances of these are. */
export function toleranceName(spectra: readonly Spectrum[]): string {
  return spectra.some(({ gram }) => gram) ? 'accuracy floor of the Gram route' : 'tolerance of the rank';
}
