/** `parameter-histogram`: how a network's parameters are distributed, before training and after it. */
import type { FigureOptions } from '../../steps/figure.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { courseParts, startParts } from '../moving/compared.js';
import type { Part } from '../panels.js';
import { blockOf, chosenParameters } from '../parameter-choice.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { divergedAt, joined, moreAlike, say, sentences, someOf, stepLabel } from '../words.js';
import { networkOf, parametersAt } from './data.js';
import { histograms, momentsFact } from './histogram.js';
import { type Histogram, momentsNote } from './histogram-rows.js';
import type { Picture } from './picture.js';

interface Values extends Histogram {
  readonly run: Run;
  readonly step: number;
  /** Of the parameters; empty for all. */
  readonly group: string;
}

/** Block by block only where each has a panel. */
function isApart({ facet }: FigureOptions): boolean {
  return facet?.includes('parameter') === true;
}

/** The blocks that have panels of their own. */
export function blocksApart(run: Run, options: FigureOptions): string[] | undefined {
  if (!isApart(options)) return undefined;
  return [...new Set(chosenParameters(networkOf(run.artifact), options.parameters).map(({ name }) => blockOf(name)))];
}

function valueParts(subject: Subject): Part<Values>[] {
  const { options } = subject.request;
  const checkpointsOf = chooseCheckpoints(subject);
  const { scripts } = subject.language.words;
  return subject.runs.flatMap((run) => {
    const network = networkOf(run.artifact);
    const chosen = chosenParameters(network, options.parameters);
    const groups = blocksApart(run, options) ?? [''];
    return groups.flatMap((group) =>
      checkpointsOf(run).map(({ step, index }): Part<Values> => {
        const own = group === '' ? [] : ([['parameter', group]] as const);
        const labels = new Map([...run.labels, ...own, ['step', stepLabel(scripts.figure, step)]]);
        if (index === undefined)
          return {
            value: { run, step, group, values: [], note: divergedAt(scripts.figure, run.artifact.divergedAt ?? 0) },
            labels,
          };
        const flat = parametersAt(run.artifact, network, index);
        const values = chosen
          .filter(({ name }) => group === '' || blockOf(name) === group)
          .map(({ position }) => flat[position] ?? Number.NaN);
        return { value: { run, step, group, values, note: momentsNote(values, scripts.figure) }, labels };
      }),
    );
  });
}

export function drawParameterHistogram(subject: Subject): Picture {
  const { parameters } = subject.request.options;
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const parts = valueParts(subject);
  const facts = parts.map(({ value }) => {
    const { run, step, group } = value;
    const place = joined(language, [runName(run, language), group, stepLabel(scripts.figure, step)]);
    return momentsFact(language, place, value, drawings.parameters.parameters);
  });
  const { specification, context, axes } = histograms(subject, parts, {
    titles: { x: drawings.axes.value, y: drawings.axes.parameters },
    course: courseParts(subject, parts, valueParts),
    start: startParts(subject, valueParts)[0]?.value,
  });
  const intro = say(drawings.parameters.histograms, { names: shownNames(subject) });
  const more = moreAlike(language, 'morePanels');
  const description = sentences(language, intro, ...someOf(facts, 12, more));
  return { specification, axes, description, context: { ...context, parameters: parameters ?? null } };
}
