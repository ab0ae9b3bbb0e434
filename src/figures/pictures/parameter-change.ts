/** `parameter-change`: parameters after training against what they were before it, as a scatter. */
import { chooseCheckpoints, stepsOf } from '../checkpoints.js';
import { courseParts } from '../moving/compared.js';
import type { Part } from '../panels.js';
import { blockOf, chosenParameters } from '../parameter-choice.js';
import { parametersOf } from '../parameters.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { seriesColour } from '../theme.js';
import { countOf, divergedAt, moreAlike, number, sentences, someOf, stepLabel } from '../words.js';
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
  const blocks = blocksIn(subject);
  return subject.runs.flatMap((run) => {
    const network = networkOf(run.artifact);
    const chosen = chosenParameters(network, subject.request.options.parameters);
    const before = parametersAt(run.artifact, network, 0);
    return checkpointsOf(run).map(({ step, index }): Part<Change> => {
      const labels = new Map([...run.labels, ['step', stepLabel(step)]]);
      if (index === undefined) {
        const note = divergedAt(run.artifact.divergedAt ?? 0);
        return { value: { run, step, clouds: [], note, fact: note }, labels };
      }
      const after = parametersAt(run.artifact, network, index);
      const changeOf = (position: number): number => Math.abs((after[position] ?? 0) - (before[position] ?? 0));
      const most = chosen.reduce((best, one) => (changeOf(one.position) > changeOf(best.position) ? one : best));
      const fact = `${countOf(chosen.length, 'parameter')}; ${most.name} changes most, from ${number(before[most.position] ?? 0)} to ${number(after[most.position] ?? 0)}`;
      const clouds = blockDots(chosen, before, after).map(([block, dots]) => ({
        ...{ label: block, colour: seriesColour(blocks.indexOf(block)), size: 22 },
        ...dots,
      }));
      return { value: { run, step, clouds, fact }, labels };
    });
  });
}

export function drawParameterChange(subject: Subject): Picture {
  const parts = changeParts(subject);
  const course = courseParts(subject, parts, changeParts);
  const facts = parts.map(({ value: { run, step, fact } }) => {
    const place = [...(runName(run) === '' ? [] : [runName(run)]), stepLabel(step)].join(', ');
    return `${place}: ${fact}`;
  });
  const start = stepLabel(Math.min(...subject.runs.flatMap((run) => stepsOf(run).slice(0, 1))));
  const ends = [...new Set(parts.map(({ labels }) => labels.get('step') ?? ''))];
  const later = subject.moving === undefined ? 'at the step of the panel' : 'at the step';
  const y = ends.length === 1 && subject.moving === undefined ? `at ${ends[0] ?? ''}` : later;
  const { specification, stride, axes } = scatter(
    subject,
    parts,
    { x: `at ${start}`, y, equal: 'unchanged' },
    { course },
  );
  const intro = `parameters of ${shownNames(subject)} against their values at ${start}`;
  const more = moreAlike('panel');
  const labels = [...new Set(course.flatMap(({ value }) => value.clouds.map(({ label }) => label)))];
  return {
    specification,
    axes,
    description: sentences(intro, ...someOf(facts, 12, more)),
    context: { stride, labels, parameters: subject.request.options.parameters ?? null },
  };
}
