/** `residual-histogram`: how the differences between a network's outputs and the training targets are distributed. */
import { extent } from '../arrays.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { courseParts, startParts } from '../moving/compared.js';
import type { Part } from '../panels.js';
import { placeOf, type Run, shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, divergedAt, factOf, moreAlike, number, say, sentences, someOf, stepLabel } from '../words.js';
import { answersOf, residualsOf } from './answers.js';
import { histograms } from './histogram.js';
import { type Histogram, momentsNote, momentsOf } from './histogram-rows.js';
import type { Picture } from './picture.js';

interface Residuals extends Histogram {
  readonly run: Run;
  readonly step: number;
}

function residualParts(subject: Subject): Part<Residuals>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  const { scripts } = subject.language.words;
  return subject.runs.flatMap((run) =>
    checkpointsOf(run).map(({ step, index }): Part<Residuals> => {
      const labels = new Map([...run.labels, ['step', stepLabel(scripts.figure, step)]]);
      if (index === undefined)
        return {
          value: { run, step, values: [], note: divergedAt(scripts.figure, run.artifact.divergedAt ?? 0) },
          labels,
        };
      const values = residualsOf(answersOf(run, index, subject).train);
      return { value: { run, step, values, note: momentsNote(values, scripts.figure), mark: 0 }, labels };
    }),
  );
}

export function drawResidualHistogram(subject: Subject): Picture {
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const parts = residualParts(subject);
  const facts = parts.map(({ value: { run, step, values, note } }) => {
    const place = placeOf(run, stepLabel(scripts.figure, step), language);
    if (values.length === 0) return factOf(language, place, note);
    const [least, most] = extent(values);
    const { mean, deviation } = momentsOf(values);
    return factOf(
      language,
      place,
      say(drawings.parameters.moments, {
        values: countOf(language, drawings.predictions.residuals, values.length, {}),
        ...{ low: number(least), high: number(most), mean: number(mean), deviation: number(deviation) },
      }),
    );
  });
  const { specification, context, axes } = histograms(subject, parts, {
    titles: { x: drawings.axes.residual, y: drawings.axes.samples },
    mark: { label: drawings.key.equal, colour: colour('ink'), shape: 'dashed', part: 'mark' },
    course: courseParts(subject, parts, residualParts),
    start: startParts(subject, residualParts)[0]?.value,
  });
  const intro = say(drawings.predictions.residualsIntro, { names: shownNames(subject) });
  const more = moreAlike(language, 'morePanels');
  return { specification, context, axes, description: sentences(language, intro, ...someOf(facts, 12, more)) };
}
