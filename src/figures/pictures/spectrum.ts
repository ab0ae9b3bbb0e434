/** The singular values of a decomposition at one checkpoint, with the tolerance and the rank that follows from it. */
import { chooseCheckpoints } from '../checkpoints.js';
import type { Part } from '../panels.js';
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { placeOf, type Run, type Subject } from '../subject.js';
import { trainingStep } from '../training-step.js';
import { countOf, factOf, joined, number, say, type Spoken, stepLabel } from '../words.js';
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
export function rankNote({ rank, values }: Spectrum, floor: number, language: Spoken): string {
  const { notes } = language.words.drawings;
  const zeros = values.filter((value) => value === 0).length;
  const small = values.filter((value) => value > 0 && value < floor).length;
  return joined(language, [
    say(notes.rankOf, { rank, count: values.length }),
    zeros === 0 ? undefined : zeros === values.length ? notes.allZero : countOf(language, notes.zero, zeros, {}),
    small === 0 ? undefined : say(notes.small, { count: small }),
  ]);
}

/** Of every run at every step that a figure shows. */
export function spectraOf(subject: Subject): Part<Spectrum>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  const { figure: words } = subject.language.words.scripts;
  return subject.runs.flatMap((run) =>
    checkpointsOf(run).flatMap(({ step, index }) =>
      index === undefined
        ? []
        : [{ value: spectrumOf(run, step, index), labels: new Map([...run.labels, ['step', stepLabel(words, step)]]) }],
    ),
  );
}

function spectrumOf(run: Run, step: number, index: number): Spectrum {
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

/** What was decomposed, for the page, which knows less by itself. */
export function knownSpectra(
  compared: readonly Spectrum[],
  { runs }: Subject,
): { run: string; step: number; rank: number; tolerance: number; values: number[] }[] {
  return compared
    .filter(({ run }) => runs.includes(run))
    .map(({ run, step, values, rank, tolerance }) => ({
      ...{ run: trainingStep(run.step).name, step, rank, tolerance },
      values: Array.from(values, (value) => Number(value.toPrecision(4))),
    }));
}

/** In words. What is below the tolerance is rounding error, and of no interest to a listener. */
export function describeSpectrum({ run, step, values, rank, tolerance, gram }: Spectrum, language: Spoken): string {
  const { drawings, scripts } = language.words;
  const { spectra: words } = drawings;
  const fact = say(gram ? words.factOfGram : words.fact, {
    values: countOf(language, words.values, values.length, {}),
    ...{ largest: number(values[0] ?? 0), rank, tolerance: number(tolerance) },
  });
  const told = rank > 0 ? say(words.least, { fact, value: number(values[rank - 1] ?? Number.NaN) }) : fact;
  return factOf(language, placeOf(run, stepLabel(scripts.figure, step), language), told);
}

/** What the tolerances of these are. */
export function toleranceName(spectra: readonly Spectrum[], { words }: Spoken): string {
  const { accuracyFloor, tolerance } = words.drawings.key;
  return spectra.some(({ gram }) => gram) ? accuracyFloor : tolerance;
}
