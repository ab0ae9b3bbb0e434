/** `residual-histogram`: how the differences between a network's outputs and the training targets are distributed. */
import { chooseCheckpoints } from '../checkpoints.js';
import { courseParts, startParts } from '../moving/compared.js';
import type { Part } from '../panels.js';
import { placeOf, type Run, shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { divergedAt, moreAlike, say, sentences, someOf, stepLabel } from '../words.js';
import { answersOf, residualsOf } from './answers.js';
import { histograms, momentsFact } from './histogram.js';
import { type Histogram, momentsNote } from './histogram-rows.js';
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
  const facts = parts.map(({ value }) => {
    const place = placeOf(value.run, stepLabel(scripts.figure, value.step), language);
    return momentsFact(language, place, value, drawings.predictions.residuals);
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
