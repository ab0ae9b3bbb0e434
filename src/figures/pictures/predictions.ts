/** `predictions`: what networks answer against the targets, as a scatter. */
import { chooseCheckpoints } from '../checkpoints.js';
import { courseParts, startParts } from '../moving/compared.js';
import type { Part } from '../panels.js';
import { placeOf, type Run, shownNames, type Subject } from '../subject.js';
import { colourOf } from '../theme.js';
import {
  countOf,
  divergedAt,
  factOf,
  joined,
  moreAlike,
  number,
  say,
  sentences,
  someOf,
  type Spoken,
  stepLabel,
} from '../words.js';
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
  const { language } = subject;
  const { drawings, scripts } = language.words;
  return subject.runs.flatMap((run) =>
    checkpointsOf(run).map(({ step, index }): Part<At> => {
      const labels = new Map([...run.labels, ['step', stepLabel(scripts.figure, step)]]);
      if (index === undefined) {
        const note = divergedAt(scripts.figure, run.artifact.divergedAt ?? 0);
        return { value: { run, step, answers: undefined, clouds: [], note }, labels };
      }
      const answers = answersOf(run, index, subject);
      const { train, test } = answers;
      const clouds: Cloud[] = [
        ...(test === undefined
          ? []
          : [{ label: drawings.key.testSamples, colour: colourOf('test'), size: 8, ...dotsOf(test) }]),
        { label: drawings.key.trainingSamples, colour: colourOf('training'), size: 14, ...dotsOf(train) },
      ];
      return { value: { run, step, answers, clouds }, labels };
    }),
  );
}

export function drawPredictions(subject: Subject): Picture {
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const parts = answerParts(subject);
  const facts = parts.map(({ value: { run, step, answers, note } }) => {
    const place = placeOf(run, stepLabel(scripts.figure, step), language);
    if (answers === undefined) return factOf(language, place, note ?? '');
    const { train, test } = answers;
    const errors = [told('training', train, language), test && told('test', test, language)];
    return factOf(language, place, joined(language, errors));
  });
  const [shown] = parts;
  const start = startParts(subject, answerParts)[0]?.value.answers;
  const titles = {
    ...{ x: drawings.axes.target, y: drawings.axes.prediction, equal: drawings.key.equal },
  };
  const { specification, stride, axes } = scatter(subject, parts, titles, {
    course: courseParts(subject, parts, answerParts),
    start: start === undefined ? [] : [dotsOf(start.train)],
  });
  const intro = say(drawings.predictions.intro, { names: shownNames(subject) });
  const more = moreAlike(language, 'morePanels');
  const description = sentences(language, intro, ...someOf(facts, 12, more));
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

function told(what: 'training' | 'test', answers: Answers, language: Spoken): string {
  const { predictions: words } = language.words.drawings;
  const residuals = residualsOf(answers);
  return say(words[what], {
    value: number(meanSquare(residuals)),
    samples: countOf(language, words.samples, residuals.length, {}),
    distance: number(residuals.reduce((most, one) => Math.max(most, Math.abs(one)), 0)),
  });
}

function dotsOf({ targets, outputs }: Answers): Dots {
  return { x: targets, y: outputs };
}
