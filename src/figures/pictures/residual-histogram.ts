/** `residual-histogram`: how the differences between a network's outputs and the training targets are distributed. */
import { extent } from '../arrays.js';
import { chooseCheckpoints } from '../checkpoints.js';
import type { Part } from '../panels.js';
import { runName, shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, divergedAt, number, sentences, someOf, stepLabel } from '../words.js';
import { answersOf, residualsOf } from './answers.js';
import { type Histogram, histograms, momentsOf } from './histogram.js';
import type { Picture } from './picture.js';

export function drawResidualHistogram(subject: Subject): Picture {
  const checkpointsOf = chooseCheckpoints(subject);
  const facts: string[] = [];
  const parts = subject.runs.flatMap((run) =>
    checkpointsOf(run).map(({ step, index }): Part<Histogram> => {
      const labels = new Map([...run.labels, ['step', stepLabel(step)]]);
      const place = [...(runName(run) === '' ? [] : [runName(run)]), stepLabel(step)].join(', ');
      if (index === undefined) {
        const note = divergedAt(run.artifact.divergedAt ?? 0);
        facts.push(`${place}: ${note}`);
        return { value: { values: [], note }, labels };
      }
      const values = residualsOf(answersOf(run, index, subject).train);
      const [least, most] = extent(values);
      const { mean, deviation } = momentsOf(values);
      facts.push(
        `${place}: ${countOf(values.length, 'residual')} from ${number(least)} to ${number(most)}, mean ${number(mean)}, standard deviation ${number(deviation)}`,
      );
      return { value: { values, note: `mean ${number(mean)}, deviation ${number(deviation)}`, mark: 0 }, labels };
    }),
  );
  const specification = histograms(subject, parts, {
    titles: { x: 'prediction − target', y: 'training samples' },
    mark: { label: 'prediction equals target', colour: colour('ink'), shape: 'dashed' },
  });
  const intro = `histograms of the residuals of ${shownNames(subject)}, prediction less target at the training inputs`;
  const more = (left: number): string => `${countOf(left, 'more panel')} in the same manner`;
  return { specification, description: sentences(intro, ...someOf(facts, 12, more)) };
}
