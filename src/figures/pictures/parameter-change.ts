/** `parameter-change`: parameters after training against what they were before it, as a scatter. */
import { chooseCheckpoints, stepsOf } from '../checkpoints.js';
import type { Part } from '../panels.js';
import { blockOf, isAmong, parametersOf } from '../parameters.js';
import { runName, shownNames, type Subject } from '../subject.js';
import { seriesColour } from '../theme.js';
import { countOf, divergedAt, number, sentences, someOf, stepLabel } from '../words.js';
import { networkOf, parametersAt } from './data.js';
import type { Picture } from './picture.js';
import { type Cloud, scatter, type Scatter } from './scatter.js';

export function drawParameterChange(subject: Subject): Picture {
  const checkpointsOf = chooseCheckpoints(subject);
  const blocks = [...new Set(subject.runs.flatMap((run) => parametersOf(run).map(blockOf)))];
  const facts: string[] = [];
  const parts = subject.runs.flatMap((run) => {
    const network = networkOf(run.artifact);
    const chosen = parametersOf(run)
      .map((name, position) => ({ name, position }))
      .filter(({ name }) => isAmong(name, subject.request.options.parameters));
    const before = parametersAt(run.artifact, network, 0);
    return checkpointsOf(run).map(({ step, index }): Part<Scatter> => {
      const labels = new Map([...run.labels, ['step', stepLabel(step)]]);
      const place = [...(runName(run) === '' ? [] : [runName(run)]), stepLabel(step)].join(', ');
      if (index === undefined) {
        const note = divergedAt(run.artifact.divergedAt ?? 0);
        facts.push(`${place}: ${note}`);
        return { value: { clouds: [], note }, labels };
      }
      const after = parametersAt(run.artifact, network, index);
      const changeOf = (position: number): number => Math.abs((after[position] ?? 0) - (before[position] ?? 0));
      const most = chosen.reduce((best, one) => (changeOf(one.position) > changeOf(best.position) ? one : best));
      facts.push(
        `${place}: ${countOf(chosen.length, 'parameter')}; ${most.name} changes most, from ${number(before[most.position] ?? 0)} to ${number(after[most.position] ?? 0)}`,
      );
      const clouds = blocks.flatMap((block, series): Cloud[] => {
        const own = chosen.filter(({ name }) => blockOf(name) === block);
        if (own.length === 0) return [];
        const [x, y] = [before, after].map((flat) => own.map(({ position }) => flat[position] ?? Number.NaN));
        const names = own.map(({ name }) => name);
        return [{ label: block, colour: seriesColour(series), size: 22, x: x ?? [], y: y ?? [], names }];
      });
      return { value: { clouds }, labels };
    });
  });
  const start = stepLabel(Math.min(...subject.runs.flatMap((run) => stepsOf(run).slice(0, 1))));
  const ends = [...new Set(parts.map(({ labels }) => labels.get('step') ?? ''))];
  const y = ends.length === 1 ? `at ${ends[0] ?? ''}` : 'at the step of the panel';
  const specification = scatter(subject, parts, { x: `at ${start}`, y, equal: 'unchanged' });
  const intro = `parameters of ${shownNames(subject)} against their values at ${start}`;
  const more = (left: number): string => `${countOf(left, 'more panel')} in the same manner`;
  return { specification, description: sentences(intro, ...someOf(facts, 12, more)) };
}
