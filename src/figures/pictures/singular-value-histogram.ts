/** `singular-value-histogram`: how many singular values there are of every size, on a logarithmic axis. */
import { chooseCheckpoints } from '../checkpoints.js';
import type { Part } from '../panels.js';
import type { Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, sentences, someOf, stepLabel } from '../words.js';
import { trainedNames } from './data.js';
import { histograms } from './histogram.js';
import type { Histogram } from './histogram-rows.js';
import type { Picture } from './picture.js';
import { describeSpectrum, rangeOf, rankNote, spectrumOf, toleranceName } from './spectrum.js';

export function drawSingularValueHistogram(subject: Subject): Picture {
  const checkpointsOf = chooseCheckpoints(subject);
  const spectra = subject.runs.flatMap((run) =>
    checkpointsOf(run).flatMap(({ step, index }) => (index === undefined ? [] : [spectrumOf(run, step, index)])),
  );
  const { floor } = rangeOf(spectra);
  const parts = spectra.map((spectrum): Part<Histogram> => {
    const { run, step, values, tolerance } = spectrum;
    const labels = new Map([...run.labels, ['step', stepLabel(step)]]);
    // There is no zero on a logarithmic axis: what is smaller counts as the floor.
    const shown = values.map((value) => Math.max(value, floor));
    return { value: { values: shown, note: rankNote(spectrum, floor), mark: tolerance }, labels };
  });
  const { specification } = histograms(subject, parts, {
    titles: { x: 'singular value', y: 'singular values' },
    log: true,
    mark: { label: toleranceName(spectra), colour: colour('ink'), shape: 'dashed' },
  });
  const facts = spectra.map(describeSpectrum);
  const intro = `histograms of the singular values of the gradient features of ${trainedNames(subject)}, on a logarithmic axis`;
  const more = (left: number): string => countOf(left, 'more spectrum', 'more spectra');
  return { specification, description: sentences(intro, ...someOf(facts, 12, more)) };
}
