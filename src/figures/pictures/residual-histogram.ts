/** `residual-histogram`: how the differences between a network's outputs and the training targets are distributed. */
import { extent } from '../arrays.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { courseParts, startParts } from '../moving/compared.js';
import type { Part } from '../panels.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, divergedAt, moreAlike, number, sentences, someOf, stepLabel } from '../words.js';
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
  return subject.runs.flatMap((run) =>
    checkpointsOf(run).map(({ step, index }): Part<Residuals> => {
      const labels = new Map([...run.labels, ['step', stepLabel(step)]]);
      if (index === undefined)
        return { value: { run, step, values: [], note: divergedAt(run.artifact.divergedAt ?? 0) }, labels };
      const values = residualsOf(answersOf(run, index, subject).train);
      return { value: { run, step, values, note: momentsNote(values), mark: 0 }, labels };
    }),
  );
}

export function drawResidualHistogram(subject: Subject): Picture {
  const parts = residualParts(subject);
  const facts = parts.map(({ value: { run, step, values, note } }) => {
    const place = [...(runName(run) === '' ? [] : [runName(run)]), stepLabel(step)].join(', ');
    if (values.length === 0) return `${place}: ${note}`;
    const [least, most] = extent(values);
    const { mean, deviation } = momentsOf(values);
    return `${place}: ${countOf(values.length, 'residual')} from ${number(least)} to ${number(most)}, mean ${number(mean)}, standard deviation ${number(deviation)}`;
  });
  const { specification, context, axes } = histograms(subject, parts, {
    titles: { x: 'prediction − target', y: 'training samples' },
    mark: { label: 'prediction equals target', colour: colour('ink'), shape: 'dashed', part: 'mark' },
    course: courseParts(subject, parts, residualParts),
    start: startParts(subject, residualParts)[0]?.value,
  });
  const intro = `histograms of the residuals of ${shownNames(subject)}, prediction less target at the training inputs`;
  const more = moreAlike('panel');
  return { specification, context, axes, description: sentences(intro, ...someOf(facts, 12, more)) };
}
