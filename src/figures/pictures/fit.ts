/** `fit`: what networks compute, over their data and the true function, with the elbows where the line can kink. */
import { extent, numbersOf, withRoomFor } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { chosenScale, isLimited } from '../chosen-scale.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize } from '../frame.js';
import type { Axes } from '../lines.js';
import { comparedParts, ghost, ghostKey, startOf } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { placeOf, type Run, type Subject } from '../subject.js';
import { colour, colourOf } from '../theme.js';
import { count, countOf, factOf, joined, moreAlike, number, say, sentences, someOf, stepLabel } from '../words.js';
import { type Data, dataOf, networkOf, outputsAt, parametersAt, sampleLayer, truthLayer, valueRange } from './data.js';
import { type Fit, fitBackground, fitGhost, fitOf, fitRows, largestKink } from './fit-rows.js';
import type { Picture } from './picture.js';

interface At extends Fit<Data> {
  readonly run: Run;
  readonly step: number;
  /** The checkpoint's position in the run's arrays. */
  readonly index: number | undefined;
}

/** Every run at every checkpoint that a figure shows. */
function fitsOf(subject: Subject): Part<At>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  const { figure: words } = subject.language.words.scripts;
  return subject.runs.flatMap((run) => {
    const data = dataOf(run, subject);
    return checkpointsOf(run).map(({ step, index }) => ({
      value: { run, step, index, ...fitAt(run, data, index) },
      labels: new Map([...run.labels, ['step', stepLabel(words, step)]]),
    }));
  });
}

/** Every run at its last checkpoint. */
function endsOf(subject: Subject): Fit[] {
  return subject.runs.map((run) => fitAt(run, dataOf(run, subject), numbersOf(run.artifact, 'step').length - 1));
}

function fitAt(run: Run, data: Data, index: number | undefined): Fit<Data> {
  if (index === undefined) return { data, prediction: undefined, kinks: [], divergedAt: run.artifact.divergedAt };
  const network = networkOf(run.artifact);
  return fitOf(network, parametersAt(run.artifact, network, index), outputsAt(run.artifact, index), data);
}

export function drawFit(subject: Subject): Picture {
  const parts = fitsOf(subject);
  const { options } = subject.request;
  const { drawings, scripts } = subject.language.words;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));

  const fits = parts.map(({ value }) => value);
  const compared = comparedParts(subject, parts, fitsOf).map(({ value }) => value);
  const size = panelSize(options, layout, { ratio: layout.panels.length === 1 ? 0.6 : 0.85, most: 320 });
  const xDomain = axisDomain(extent(...compared.map(({ data: { domain } }) => domain)), 0.015);
  const yDomain = visibleRange(compared);
  const axes: Axes = {
    x: chosenScale(options.x, 'linear', size.width, () => xDomain),
    y: chosenScale(options.y, 'linear', size.height, () => yDomain),
  };
  // Beside those that show, the kinks at the end: dots of one training can be compared from figure to figure.
  const largest = largestKink([...compared, ...endsOf(subject)]);
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value }) => {
      const start = startOf(subject, value, compared);
      return [
        ...fitBackground(value.data, axes, { row, column }),
        ...(start === undefined ? [] : fitGhost(start, axes, { row, column })),
        ...fitRows(value, { axes, largest, words: scripts.figure }, { row, column }),
      ];
    }),
  );
  const titles = { x: drawings.axes.input, y: drawings.axes.output };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, { tickCount: size.width < 180 ? 3 : 5 });
  const y = position('y', own.y, axes.y, { tickCount: 5 });
  const bottom = { y: { value: size.height }, y2: { value: size.height - 5 } };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    clip: isLimited(options.x, options.y),
    layers: [
      sampleLayer('samples', { color: colourOf('training'), size: 8, opacity: 0.5 }, x, y),
      truthLayer(x, y),
      ghost('start', { type: 'line', strokeWidth: 1.5 }, { x, y, order: { value: null }, detail: { field: 'line' } }),
      layer(
        'prediction',
        { type: 'line', color: colourOf('network'), strokeWidth: 2, clip: overflows(fits, yDomain) },
        { x, y, order: { value: null }, detail: { field: 'line' } },
      ),
      layer('elbow', { type: 'rule', color: colourOf('unit'), strokeWidth: 1 }, { x, ...bottom }),
      layer(
        'kink',
        { type: 'point', filled: true, fill: colourOf('unit'), stroke: colour('paper'), strokeWidth: 0.75, opacity: 1 },
        { x, y, size: { field: 'area', type: 'quantitative', scale: null } },
      ),
    ],
    content: { parts: ['prediction'], otherwise: drawings.notes.noOutput },
    key: keyOf(subject, compared),
  });
  return { specification, description: describe(subject, fits), context: { largest } };
}

/** Where data and function lie; a prediction outside may widen it by its own height, but no more. */
function visibleRange(fits: readonly Fit<Data>[]): [number, number] {
  return withRoomFor(valueRange(fits.map(({ data }) => data)), ...fits.map(({ prediction }) => prediction?.y ?? []));
}

function overflows(fits: readonly Fit[], [low, high]: readonly [number, number]): boolean {
  return fits.some(({ prediction }) => prediction?.y.some((y) => y < low || y > high));
}

function keyOf(subject: Subject, fits: readonly Fit[]): KeyEntry[] {
  const { key: labels } = subject.language.words.drawings;
  const truth = fits.some(({ data }) => data.truth !== undefined);
  const elbows = fits.some(({ kinks }) => kinks.length > 0);
  return [
    { label: labels.trainingSamples, colour: colourOf('training'), shape: 'dot', part: 'samples' },
    ...(truth ? [{ label: labels.trueFunction, colour: colour('ink'), shape: 'thin', part: 'truth' } as const] : []),
    { label: labels.network, colour: colourOf('network'), shape: 'line', part: 'prediction' },
    ...ghostKey(subject, 'line'),
    ...(elbows ? [{ label: labels.elbows, colour: colourOf('unit'), shape: 'dot', part: 'kink elbow' } as const] : []),
  ];
}

function describe(subject: Subject, fits: readonly At[]): string {
  const samples = fits[0]?.data.train.x.length ?? 0;
  const { language, runs } = subject;
  const { fit: words, data: counts, text } = language.words.drawings;
  const overTruth = fits.some(({ data }) => data.truth !== undefined);
  const intro = say(overTruth ? words.introWithFunction : words.intro, {
    names: runs.length === 1 ? (runs[0]?.step.name ?? '') : countOf(language, words.networks, runs.length, {}),
    samples: countOf(language, counts.training, samples, {}),
  });
  const facts = fits.map(({ run, step, index = 0, prediction, kinks }) => {
    const place = placeOf(run, stepLabel(language.words.scripts.figure, step), language);
    if (prediction === undefined)
      return factOf(language, place, say(words.none, { step: count(run.artifact.divergedAt ?? 0) }));
    const [low, high] = extent(prediction.y);
    const [train, test] = ['train-error', 'test-error'].map(
      (error) => numbersOf(run.artifact, error)[index] ?? Number.NaN,
    );
    const told = joined(language, [
      say(text.range, { low: number(low), high: number(high) }),
      kinks.length > 0 ? countOf(language, words.elbows, kinks.length, {}) : undefined,
      Number.isFinite(train) ? say(words.trainingError, { value: number(train ?? 0) }) : undefined,
      Number.isFinite(test) ? say(words.testError, { value: number(test ?? 0) }) : undefined,
    ]);
    return factOf(language, place, told);
  });
  const more = moreAlike(language, 'morePanels');
  return sentences(language, intro, ...someOf(facts, 12, more));
}
