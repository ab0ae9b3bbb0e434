/** `parameter-change`: parameters after training against what they were before it, as a scatter. */
import { chooseCheckpoints, stepsOf } from '../checkpoints.js';
import { courseParts } from '../moving/compared.js';
import type { Part } from '../panels.js';
import { blockOf, chosenParameters } from '../parameter-choice.js';
import { parametersOf } from '../parameters.js';
import { placeOf, type Run, shownNames, type Subject } from '../subject.js';
import { seriesColour } from '../theme.js';
import { countOf, divergedAt, factOf, moreAlike, number, say, sentences, someOf, stepLabel } from '../words.js';
import { networkOf, parametersAt } from './data.js';
import type { Picture } from './picture.js';
import { scatter, type Scatter } from './scatter.js';
import { blockDots } from './scatter-rows.js';

interface Change extends Scatter {
  readonly run: Run;
  readonly step: number;
  /** Said to a listener. */
  readonly fact: string;
}

/** Of all runs that the figure compares, so that a block has one colour. */
function blocksIn({ runs, moving }: Subject): string[] {
  return [...new Set((moving?.among.runs ?? runs).flatMap((run) => parametersOf(run).map(blockOf)))];
}

function changeParts(subject: Subject): Part<Change>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const blocks = blocksIn(subject);
  return subject.runs.flatMap((run) => {
    const network = networkOf(run.artifact);
    const chosen = chosenParameters(network, subject.request.options.parameters);
    const before = parametersAt(run.artifact, network, 0);
    return checkpointsOf(run).map(({ step, index }): Part<Change> => {
      const labels = new Map([...run.labels, ['step', stepLabel(scripts.figure, step)]]);
      if (index === undefined) {
        const note = divergedAt(scripts.figure, run.artifact.divergedAt ?? 0);
        return { value: { run, step, clouds: [], note, fact: note }, labels };
      }
      const after = parametersAt(run.artifact, network, index);
      const changeOf = (position: number): number => Math.abs((after[position] ?? 0) - (before[position] ?? 0));
      const most = chosen.reduce((best, one) => (changeOf(one.position) > changeOf(best.position) ? one : best));
      const fact = say(drawings.parameters.changed, {
        parameters: countOf(language, drawings.parameters.parameters, chosen.length, {}),
        change: say(drawings.text.changes, {
          name: most.name,
          before: number(before[most.position] ?? 0),
          after: number(after[most.position] ?? 0),
        }),
      });
      const clouds = blockDots(chosen, before, after).map(([block, dots]) => ({
        ...{ label: block, colour: seriesColour(blocks.indexOf(block)), size: 22 },
        ...dots,
      }));
      return { value: { run, step, clouds, fact }, labels };
    });
  });
}

export function drawParameterChange(subject: Subject): Picture {
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const parts = changeParts(subject);
  const course = courseParts(subject, parts, changeParts);
  const facts = parts.map(({ value: { run, step, fact } }) =>
    factOf(language, placeOf(run, stepLabel(scripts.figure, step), language), fact),
  );
  const start = stepLabel(scripts.figure, Math.min(...subject.runs.flatMap((run) => stepsOf(run).slice(0, 1))));
  const ends = [...new Set(parts.map(({ labels }) => labels.get('step') ?? ''))];
  const { at, atStepOfPanel } = drawings.axes;
  const later = subject.moving === undefined ? atStepOfPanel : drawings.key.atStep;
  const y = ends.length === 1 && subject.moving === undefined ? say(at, { step: ends[0] ?? '' }) : later;
  const { specification, stride, axes } = scatter(
    subject,
    parts,
    { x: say(at, { step: start }), y, equal: drawings.key.unchanged },
    { course },
  );
  const intro = say(drawings.parameters.change, { names: shownNames(subject), step: start });
  const more = moreAlike(language, 'morePanels');
  const labels = [...new Set(course.flatMap(({ value }) => value.clouds.map(({ label }) => label)))];
  return {
    specification,
    axes,
    description: sentences(language, intro, ...someOf(facts, 12, more)),
    context: { stride, labels, parameters: subject.request.options.parameters ?? null },
  };
}
