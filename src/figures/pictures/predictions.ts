/** `predictions`: what networks answer against the targets, as a scatter. */
import { chooseCheckpoints } from '../checkpoints.js';
import type { Part } from '../panels.js';
import { runName, shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, divergedAt, number, sentences, someOf, stepLabel } from '../words.js';
import { type Answers, answersOf, meanSquare, residualsOf } from './answers.js';
import type { Picture } from './picture.js';
import { scatter, type Scatter } from './scatter.js';

export function drawPredictions(subject: Subject): Picture {
  const checkpointsOf = chooseCheckpoints(subject);
  const facts: string[] = [];
  const parts = subject.runs.flatMap((run) =>
    checkpointsOf(run).map(({ step, index }): Part<Scatter> => {
      const labels = new Map([...run.labels, ['step', stepLabel(step)]]);
      const place = [...(runName(run) === '' ? [] : [runName(run)]), stepLabel(step)].join(', ');
      if (index === undefined) {
        facts.push(`${place}: ${divergedAt(run.artifact.divergedAt ?? 0)}`);
        return { value: { clouds: [], note: divergedAt(run.artifact.divergedAt ?? 0) }, labels };
      }
      const { train, test } = answersOf(run, index, subject);
      const errors = [told('training', train), ...(test === undefined ? [] : [told('test', test)])];
      facts.push(`${place}: ${errors.join(', ')}`);
      const clouds = [
        ...(test === undefined ? [] : [{ label: 'test samples', colour: colour('c1'), size: 8, ...dotsOf(test) }]),
        { label: 'training samples', colour: colour('c2'), size: 14, ...dotsOf(train) },
      ];
      return { value: { clouds }, labels };
    }),
  );
  const specification = scatter(subject, parts, { x: 'target', y: 'prediction', equal: 'prediction equals target' });
  const intro = `predictions of ${shownNames(subject)} against their targets`;
  return { specification, description: sentences(intro, ...someOf(facts, 12, more)) };
}

function told(what: string, answers: Answers): string {
  const residuals = residualsOf(answers);
  return `${what} error ${number(meanSquare(residuals))} over ${countOf(residuals.length, 'sample')}, farthest off by ${number(residuals.reduce((most, one) => Math.max(most, Math.abs(one)), 0))}`;
}

function dotsOf({ targets, outputs }: Answers): { x: Float64Array; y: Float64Array } {
  return { x: targets, y: outputs };
}

function more(left: number): string {
  return `${countOf(left, 'more panel')} in the same manner`;
}
