/** `functions`: what a network and its linearisation compute at a step, over their data and the true function. */
import { arrayOf, extent, numbersOf, slab, withRoomFor } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize } from '../frame.js';
import type { Axes } from '../lines.js';
import { comparedParts } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { placeOf, type Run, type Subject } from '../subject.js';
import { colour, colourOf } from '../theme.js';
import { factOf, joined, moreAlike, number, say, sentences, someOf, stepLabel } from '../words.js';
import { type Data, dataOf, sampleLayer, trainedNames, truthLayer, valueRange } from './data.js';
import { fitBackground } from './fit-rows.js';
import { functionRows, type LinearContext, type TwoFunctions } from './linear-functions-rows.js';
import type { Picture } from './picture.js';

interface Functions extends TwoFunctions {
  readonly run: Run;
  readonly step: number;
  readonly index: number;
  readonly data: Data;
}

function functionsIn(subject: Subject): Part<Functions>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  return subject.runs.flatMap((run) => {
    const data = dataOf(run, subject);
    return checkpointsOf(run).flatMap(({ step, index }): Part<Functions>[] => {
      if (index === undefined) return [];
      const label = stepLabel(subject.language.words.scripts.figure, step);
      return [
        {
          value: { run, step, index, data, ...functionsAt(run, index) },
          labels: new Map([...run.labels, ['step', label]]),
        },
      ];
    });
  });
}

function functionsAt(run: Run, index: number): TwoFunctions {
  const inputs = numbersOf(run.artifact, 'inputs');
  const order = Array.from(inputs.keys()).sort((a, b) => (inputs[a] ?? 0) - (inputs[b] ?? 0));
  const sorted = (values: ArrayLike<number>): number[] => order.map((point) => values[point] ?? Number.NaN);
  const at = (name: string): number[] => sorted(slab(arrayOf(run.artifact, name), index).data);
  return { x: sorted(inputs), network: at('true-predictions'), linear: at('predictions') };
}

export function drawLinearFunctions(subject: Subject): Picture {
  const parts = functionsIn(subject);
  const { options } = subject.request;
  const { drawings } = subject.language.words;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const compared = comparedParts(subject, parts, functionsIn).map(({ value }) => value);
  const size = panelSize(options, layout, { ratio: layout.panels.length === 1 ? 0.6 : 0.85, most: 320 });
  const axes: Axes = {
    x: {
      type: 'linear',
      // Over the inputs that the linearisation was asked for, which may lie beyond the data.
      domain: axisDomain(extent(...compared.flatMap(({ data: { domain }, x: at }) => [domain, at])), 0.015),
      length: size.width,
    },
    y: { type: 'linear', domain: visibleRange(compared), length: size.height },
  };
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value }) => [
      ...fitBackground(value.data, axes, { row, column }),
      ...functionRows(value, axes, { row, column }),
    ]),
  );
  const titles = { x: drawings.axes.input, y: drawings.axes.output };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, { tickCount: size.width < 180 ? 3 : 5 });
  const y = position('y', own.y, axes.y, { tickCount: 5 });
  const line = { x, y, order: { value: null }, detail: { field: 'line' } };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      sampleLayer('samples', { color: colourOf('training'), size: 8, opacity: 0.5 }, x, y),
      truthLayer(x, y),
      // Where the two are one, the wider shows between the dashes of the other.
      layer('network', { type: 'line', color: colourOf('network'), strokeWidth: 3, clip: true }, line),
      layer('linear', { type: 'line', color: colour('c5'), strokeWidth: 2, strokeDash: [6, 6], clip: true }, line),
    ],
    content: { parts: ['network', 'linear'], otherwise: drawings.notes.noOutput },
    key: keyOf(subject, compared),
  });
  return {
    specification,
    description: describe(subject, parts),
    ...(subject.moving !== undefined && { context: { ...contextOf(subject.runs[0]) } }),
  };
}

/** Where data and function lie; a line outside may widen it by its own height, but no more. */
function visibleRange(all: readonly Functions[]): [number, number] {
  return withRoomFor(
    valueRange(all.map(({ data }) => data)),
    ...all.flatMap(({ network, linear }) => [network, linear]),
  );
}

function contextOf(run: Run | undefined): LinearContext {
  const steps = run === undefined ? [] : Array.from(numbersOf(run.artifact, 'step'));
  const all = run === undefined ? [] : steps.map((_, index) => functionsAt(run, index));
  const rounded = (values: ArrayLike<number>): (number | null)[] =>
    Array.from(values, (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null));
  return { x: Array.from(all[0]?.x ?? []), steps, linear: all.map(({ linear }) => rounded(linear)) };
}

function keyOf({ language }: Subject, all: readonly Functions[]): KeyEntry[] {
  const { key: labels } = language.words.drawings;
  const truth = all.some(({ data }) => data.truth !== undefined);
  return [
    { label: labels.trainingSamples, colour: colourOf('training'), shape: 'dot', part: 'samples' },
    ...(truth ? [{ label: labels.trueFunction, colour: colour('ink'), shape: 'thin', part: 'truth' } as const] : []),
    { label: labels.network, colour: colourOf('network'), shape: 'line', part: 'network' },
    { label: labels.linearised, colour: colour('c5'), shape: 'dashed', part: 'linear' },
  ];
}

function describe(subject: Subject, parts: readonly Part<Functions>[]): string {
  const { language } = subject;
  const { linear: words, text } = language.words.drawings;
  const ends = (values: ArrayLike<number>): string => {
    const [low, high] = extent(values);
    return say(text.range, { low: number(low), high: number(high) });
  };
  const facts = parts.map(({ value: { run, step, network, linear } }) => {
    const told = joined(language, [ends(network), say(words.linearised, { fact: ends(linear) })]);
    return factOf(language, placeOf(run, stepLabel(language.words.scripts.figure, step), language), told);
  });
  const intro = say(words.introOfFunctions, { names: trainedNames(subject) });
  return sentences(language, intro, ...someOf(facts, 12, moreAlike(language, 'morePanels')));
}
