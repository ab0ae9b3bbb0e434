/** `parameter-histogram`: how a network's parameters are distributed, before training and after it. */
import { extent } from '../arrays.js';
import { chooseCheckpoints } from '../checkpoints.js';
import type { Part } from '../panels.js';
import { blockOf, isAmong, parametersOf } from '../parameters.js';
import { runName, shownNames, type Subject } from '../subject.js';
import { countOf, divergedAt, number, sentences, someOf, stepLabel } from '../words.js';
import { networkOf, parametersAt } from './data.js';
import { type Histogram, histograms, momentsOf } from './histogram.js';
import type { Picture } from './picture.js';

export function drawParameterHistogram(subject: Subject): Picture {
  const { facet, parameters } = subject.request.options;
  const checkpointsOf = chooseCheckpoints(subject);
  const facts: string[] = [];
  const parts = subject.runs.flatMap((run) => {
    const network = networkOf(run.artifact);
    const chosen = parametersOf(run)
      .map((name, position) => ({ name, position }))
      .filter(({ name }) => isAmong(name, parameters));
    // Block by block only where each has a panel.
    const apart = facet?.includes('parameter') === true;
    const groups = apart ? [...new Set(chosen.map(({ name }) => blockOf(name)))] : [''];
    return groups.flatMap((group) =>
      checkpointsOf(run).map(({ step, index }): Part<Histogram> => {
        const own = apart ? ([['parameter', group]] as const) : [];
        const labels = new Map([...run.labels, ...own, ['step', stepLabel(step)]]);
        const place = [runName(run), group, stepLabel(step)].filter((name) => name !== '').join(', ');
        if (index === undefined) {
          const note = divergedAt(run.artifact.divergedAt ?? 0);
          facts.push(`${place}: ${note}`);
          return { value: { values: [], note }, labels };
        }
        const flat = parametersAt(run.artifact, network, index);
        const values = chosen
          .filter(({ name }) => !apart || blockOf(name) === group)
          .map(({ position }) => flat[position] ?? Number.NaN);
        const [least, most] = extent(values);
        const { mean, deviation } = momentsOf(values);
        facts.push(
          `${place}: ${countOf(values.length, 'parameter')} from ${number(least)} to ${number(most)}, mean ${number(mean)}, standard deviation ${number(deviation)}`,
        );
        return { value: { values, note: `mean ${number(mean)}, deviation ${number(deviation)}` }, labels };
      }),
    );
  });
  const specification = histograms(subject, parts, { titles: { x: 'value', y: 'parameters' } });
  const intro = `histograms of the parameters of ${shownNames(subject)}`;
  const more = (left: number): string => `${countOf(left, 'more panel')} in the same manner`;
  return { specification, description: sentences(intro, ...someOf(facts, 12, more)) };
}
