/** `singular-value-histogram`: how many singular values there are of every size, on a logarithmic axis. */
import { comparedParts, startOf } from '../moving/compared.js';
import type { Part } from '../panels.js';
import type { Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, say, sentences, someOf, type Spoken } from '../words.js';
import { trainedNames } from './data.js';
import { histograms } from './histogram.js';
import type { Histogram } from './histogram-rows.js';
import type { Picture } from './picture.js';
import { seenValues } from './singular-values-rows.js';
import {
  describeSpectrum,
  knownSpectra,
  rangeOf,
  rankNote,
  spectraOf,
  type Spectrum,
  toleranceName,
} from './spectrum.js';

export function drawSingularValueHistogram(subject: Subject): Picture {
  const { language, moving } = subject;
  const { drawings, scripts } = language.words;
  const own = spectraOf(subject);
  const compared = comparedParts(subject, own, spectraOf);
  const spectra = compared.map(({ value }) => value);
  const { floor } = rangeOf(spectra);
  const histogram =
    moving === undefined
      ? (one: Spectrum) => stillHistogram(one, floor, language)
      : ({ values, rank, tolerance }: Spectrum): Histogram => ({
          ...{ values: seenValues(values), note: say(scripts.figure.rank, { rank }), mark: tolerance },
        });
  const partsOf = (some: readonly Part<Spectrum>[]): Part<Histogram>[] =>
    some.map(({ value, labels }) => ({ value: histogram(value), labels }));
  const [first] = own;
  const start = first && startOf(subject, first.value, spectra);
  const { specification, context, axes } = histograms(subject, partsOf(own), {
    titles: { x: drawings.axes.singularValue, y: drawings.axes.singularValues },
    log: true,
    mark: { label: toleranceName(spectra, language), colour: colour('ink'), shape: 'dashed', part: 'mark' },
    course: partsOf(compared),
    start: start && histogram(start),
  });
  const facts = own.map(({ value }) => describeSpectrum(value, language));
  const intro = say(drawings.spectra.histograms, { names: trainedNames(subject) });
  const more = (left: number): string => countOf(language, drawings.spectra.more, left, {});
  return {
    ...{ specification, axes },
    description: sentences(language, intro, ...someOf(facts, 12, more)),
    context: { ...context, floor, known: knownSpectra(spectra, subject) },
  };
}

/** There is no zero on a logarithmic axis: what is smaller counts as the floor. */
function stillHistogram(spectrum: Spectrum, floor: number, language: Spoken): Histogram {
  const values = spectrum.values.map((value) => Math.max(value, floor));
  return { values, note: rankNote(spectrum, floor, language), mark: spectrum.tolerance };
}
