/** `predictions`: what networks answer against the targets, as a scatter. */
import { chooseCheckpoints } from '../checkpoints.js';
import { courseParts, startParts } from '../moving/compared.js';
import type { Part } from '../panels.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, divergedAt, moreAlike, number, sentences, someOf, stepLabel } from '../words.js';
import { type Answers, answersOf, meanSquare, residualsOf } from './answers.js';
import { dataOf } from './data.js';
import type { Picture } from './picture.js';
import { type Cloud, scatter, type Scatter } from './scatter.js';
import type { Dots } from './scatter-rows.js';

interface At extends Scatter {
  readonly run: Run;
  readonly step: number;
  /** Undefined when the run diverged before. */
  readonly answers: { readonly train: Answers; readonly test: Answers | undefined } | undefined;
}

function answerParts(subject: Subject): Part<At>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  return subject.runs.flatMap((run) =>
    checkpointsOf(run).map(({ step, index }): Part<At> => {
      const labels = new Map([...run.labels, ['step', stepLabel(step)]]);
      if (index === undefined) {
        const note = divergedAt(run.artifact.divergedAt ?? 0);
        return { value: { run, step, answers: undefined, clouds: [], note }, labels };
      }
      const answers = answersOf(run, index, subject);
      const { train, test } = answers;
      const clouds: Cloud[] = [
        ...(test === undefined ? [] : [{ label: 'test samples', colour: colour('c1'), size: 8, ...dotsOf(test) }]),
        { label: 'training samples', colour: colour('c2'), size: 14, ...dotsOf(train) },
      ];
      return { value: { run, step, answers, clouds }, labels };
    }),
  );
}

export function drawPredictions(subject: Subject): Picture {
  const parts = answerParts(subject);
  const facts = parts.map(({ value: { run, step, answers, note } }) => {
    const place = [...(runName(run) === '' ? [] : [runName(run)]), stepLabel(step)].join(', ');
    if (answers === undefined) return `${place}: ${note ?? ''}`;
    const { train, test } = answers;
    return `${place}: ${[told('training', train), ...(test === undefined ? [] : [told('test', test)])].join(', ')}`;
  });
  const [shown] = parts;
  const start = startParts(subject, answerParts)[0]?.value.answers;
  const titles = { x: 'target', y: 'prediction', equal: 'prediction equals target' };
  const { specification, stride, axes } = scatter(subject, parts, titles, {
    course: courseParts(subject, parts, answerParts),
    start: start === undefined ? [] : [dotsOf(start.train)],
  });
  const intro = `predictions of ${shownNames(subject)} against their targets`;
  const description = sentences(intro, ...someOf(facts, 12, more));
  if (subject.moving === undefined || shown === undefined) return { specification, description };
  const { test } = dataOf(shown.value.run, subject);
  const every = (values: Float64Array): number[] =>
    Array.from(
      values.filter((_, index) => index % stride === 0),
      (value) => Number(value.toPrecision(5)),
    );
  const context = { stride, test: test === undefined ? null : { x: every(test.x), y: every(test.y) } };
  return { specification, axes, description, context };
}

function told(what: string, answers: Answers): string {
  const residuals = residualsOf(answers);
  return `${what} error ${number(meanSquare(residuals))} over ${countOf(residuals.length, 'sample')}, farthest off by ${number(residuals.reduce((most, one) => Math.max(most, Math.abs(one)), 0))}`;
}

function dotsOf({ targets, outputs }: Answers): Dots {
  return { x: targets, y: outputs };
}

const more = moreAlike('panel');
