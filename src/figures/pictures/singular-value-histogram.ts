/** `singular-value-histogram`: how many singular values there are of every size, on a logarithmic axis. */
import { chooseCheckpoints } from '../checkpoints.js';
import type { Part } from '../panels.js';
import type { Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, say, sentences, someOf, stepLabel } from '../words.js';
import { trainedNames } from './data.js';
import { histograms } from './histogram.js';
import type { Histogram } from './histogram-rows.js';
import type { Picture } from './picture.js';
import { describeSpectrum, rangeOf, rankNote, spectrumOf, toleranceName } from './spectrum.js';

export function drawSingularValueHistogram(subject: Subject): Picture {
  const checkpointsOf = chooseCheckpoints(subject);
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const spectra = subject.runs.flatMap((run) =>
    checkpointsOf(run).flatMap(({ step, index }) => (index === undefined ? [] : [spectrumOf(run, step, index)])),
  );
  const { floor } = rangeOf(spectra);
  const parts = spectra.map((spectrum): Part<Histogram> => {
    const { run, step, values, tolerance } = spectrum;
    const labels = new Map([...run.labels, ['step', stepLabel(scripts.figure, step)]]);
    // There is no zero on a logarithmic axis: what is smaller counts as the floor.
    const shown = values.map((value) => Math.max(value, floor));
    return { value: { values: shown, note: rankNote(spectrum, floor, language), mark: tolerance }, labels };
  });
  const { specification } = histograms(subject, parts, {
    titles: { x: drawings.axes.singularValue, y: drawings.axes.singularValues },
    log: true,
    mark: { label: toleranceName(spectra, language), colour: colour('ink'), shape: 'dashed' },
  });
  const facts = spectra.map((spectrum) => describeSpectrum(spectrum, language));
  const intro = say(drawings.spectra.histograms, { names: trainedNames(subject) });
  const more = (left: number): string => countOf(language, drawings.spectra.more, left, {});
  return { specification, description: sentences(language, intro, ...someOf(facts, 12, more)) };
}
