/** `fit`: what networks compute, over their data and the true function, with the elbows where the line can kink. */
import { append } from '../../shared/append.js';
import { slopeBelowZero } from '../../model/activation.js';
import { findKinks, type Kink } from '../../model/elbows.js';
import { extent } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { chooseCheckpoints, type ChosenCheckpoint } from '../checkpoints.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { arrange, type Row } from '../panels.js';
import { type Run, runName, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { count, countOf, divergedAt, number, sentences, someOf, stepLabel } from '../words.js';
import {
  type Curve,
  type Data,
  dataOf,
  evenly,
  networkOf,
  outputs,
  parametersAt,
  sampleLayer,
  sampleRows,
  truthLayer,
  truthRows,
  valueRange,
} from './data.js';
import { numbersOf } from '../arrays.js';
import type { Picture } from './picture.js';

interface Fit {
  readonly run: Run;
  readonly data: Data;
  readonly checkpoint: ChosenCheckpoint;
  /** Undefined when the run diverged before the checkpoint. */
  readonly prediction: Curve | undefined;
  readonly kinks: readonly (Kink & { readonly y: number })[];
}

const gridSteps = 256;

export function drawFit(subject: Subject): Picture {
  const data = subject.runs.map((run) => dataOf(run, subject));
  const checkpointsOf = chooseCheckpoints(subject);
  const parts = subject.runs.flatMap((run, index) => {
    const its = data[index];
    return its === undefined
      ? []
      : checkpointsOf(run).map((checkpoint) => ({
          value: fit(run, its, checkpoint),
          labels: new Map([...run.labels, ['step', stepLabel(checkpoint.step)]]),
        }));
  });
  const { options } = subject.request;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));

  const fits = parts.map(({ value }) => value);
  const size = panelSize(options, layout.columns.length, { ratio: layout.panels.length === 1 ? 0.6 : 0.85, most: 320 });
  const xDomain = axisDomain(extent(...fits.map(({ data: { domain } }) => domain)), 0.015);
  const yDomain = visibleRange(fits);
  const axes: Axes = {
    x: { type: 'linear', domain: xDomain, length: size.width },
    y: { type: 'linear', domain: yDomain, length: size.height },
  };
  const largest = Math.max(...fits.flatMap(({ kinks }) => kinks.map(({ size }) => Math.abs(size))));
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value }) => fitRows(value, axes, largest, { row, column })),
  );
  const titles = { x: 'input x', y: 'output' };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, { tickCount: size.width < 180 ? 3 : 5 });
  const y = position('y', own.y, axes.y, { tickCount: 5 });
  const bottom = { y: { value: size.height }, y2: { value: size.height - 5 } };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      sampleLayer('samples', { color: colour('faint'), size: 8, opacity: 0.4 }, x, y),
      truthLayer(x, y),
      layer(
        'prediction',
        { type: 'line', color: colour('c1'), strokeWidth: 2, clip: overflows(fits, yDomain) },
        { x, y, order: { value: null }, detail: { field: 'line' } },
      ),
      layer('elbow', { type: 'rule', color: colour('c2'), strokeWidth: 1 }, { x, ...bottom }),
      layer(
        'kink',
        { type: 'point', filled: true, fill: colour('c2'), stroke: colour('paper'), strokeWidth: 0.75, opacity: 1 },
        { x, y, size: { field: 'area', type: 'quantitative', scale: null } },
      ),
    ],
    content: { parts: ['prediction'], otherwise: 'no output that is finite' },
    key: keyOf(fits),
  });
  return { specification, description: describe(subject, fits) };
}

function fit(run: Run, data: Data, checkpoint: ChosenCheckpoint): Fit {
  if (checkpoint.index === undefined) return { run, data, checkpoint, prediction: undefined, kinks: [] };
  const network = networkOf(run.artifact);
  const parameters = parametersAt(run.artifact, network, checkpoint.index);
  const bends = slopeBelowZero(network.activation) !== undefined;
  const kinks = bends ? findKinks(network, parameters, data.domain) : [];
  const positions = Float64Array.from(kinks, (kink) => kink.position);
  const x = Float64Array.from([...evenly(data.domain, gridSteps), ...positions]).sort();
  const heights = outputs(network, parameters, positions);
  return {
    run,
    data,
    checkpoint,
    prediction: { x, y: outputs(network, parameters, x) },
    kinks: kinks.map((kink, index) => ({ ...kink, y: heights[index] ?? Number.NaN })),
  };
}

/** Where data and function lie; a prediction outside may widen it by its own height, but no more. */
function visibleRange(fits: readonly Fit[]): [number, number] {
  const [low, high] = valueRange(fits.map(({ data }) => data));
  const [least, most] = extent([low, high], ...fits.map(({ prediction }) => prediction?.y ?? []));
  const room = high - low;
  return [Math.max(least, low - room), Math.min(most, high + room)];
}

function overflows(fits: readonly Fit[], [low, high]: readonly [number, number]): boolean {
  return fits.some(({ prediction }) => prediction?.y.some((y) => y < low || y > high));
}

/** "the line leaves the picture, up to 3.1×10⁵"; undefined where all of it is there. */
function outsideNote({ y }: Curve, [low, high]: readonly [number, number]): string | undefined {
  const finite = y.filter(Number.isFinite);
  if (finite.length === 0) return undefined;
  const [least, most] = extent(finite);
  if (least >= low && most <= high) return undefined;
  if (least > high || most < low)
    return `the line is ${least > high ? 'above' : 'below'} the picture, from ${number(least)} to ${number(most)}`;
  const ends = [
    ...(most > high ? [`up to ${number(most)}`] : []),
    ...(least < low ? [`down to ${number(least)}`] : []),
  ];
  return `the line leaves the picture, ${ends.join(' and ')}`;
}

/** The area of the dot of the largest kink, and of one that is none. */
const dotArea = { most: 110, least: 7 };

function fitRows({ run, data, prediction, kinks }: Fit, axes: Axes, largest: number, row: Row): Row[] {
  const rows = [...sampleRows(data.train, 'samples', row), ...truthRows(data, axes, row)];
  if (prediction === undefined) {
    return [...rows, { ...row, part: 'note', text: divergedAt(run.artifact.divergedAt ?? 0) }];
  }
  const [low, high] = axes.y.domain;
  const outside = outsideNote(prediction, axes.y.domain);
  if (outside !== undefined) rows.push({ ...row, part: 'note', text: outside });
  append(rows, lineRows(prediction.x, prediction.y, axes, 'prediction', { ...row, part: 'prediction' }));
  // Large dots first, so that small ones lie on top of them.
  for (const { position: at, size, y } of kinks.toSorted((a, b) => Math.abs(b.size) - Math.abs(a.size))) {
    rows.push({ ...row, part: 'elbow', x: at });
    const area = dotArea.least + (dotArea.most - dotArea.least) * (Math.abs(size) / largest || 0);
    if (y >= low && y <= high) rows.push({ ...row, part: 'kink', x: at, y, area });
  }
  return rows;
}

function keyOf(fits: readonly Fit[]): KeyEntry[] {
  const key: KeyEntry[] = [
    { label: 'training samples', colour: colour('faint'), shape: 'dot' },
    { label: 'true function', colour: colour('ink'), shape: 'thin' },
    { label: 'network', colour: colour('c1'), shape: 'line' },
    { label: 'elbows, as large as the kink', colour: colour('c2'), shape: 'dot' },
  ];
  const truth = fits.some(({ data }) => data.truth !== undefined);
  const elbows = fits.some(({ kinks }) => kinks.length > 0);
  return key.filter(({ label }) => (truth || label !== 'true function') && (elbows || !label.startsWith('elbows')));
}

function describe(subject: Subject, fits: readonly Fit[]): string {
  const samples = fits[0]?.data.train.x.length ?? 0;
  const intro = `The outputs of ${subject.runs.length === 1 ? (subject.runs[0]?.step.name ?? '') : countOf(subject.runs.length, 'trained network')} as a line over ${countOf(samples, 'training sample')}${fits.some(({ data }) => data.truth !== undefined) ? ' and the true function' : ''}`;
  const facts = fits.map(({ run, checkpoint, prediction, kinks }) => {
    const name = runName(run);
    const at = `${name === '' ? '' : `${name}, `}${stepLabel(checkpoint.step)}`;
    if (prediction === undefined)
      return `${at}: none, training diverged at step ${count(run.artifact.divergedAt ?? 0)}`;
    const [low, high] = extent(prediction.y);
    const index = checkpoint.index ?? 0;
    const [train, test] = ['train-error', 'test-error'].map(
      (error) => numbersOf(run.artifact, error)[index] ?? Number.NaN,
    );
    const errors = [
      Number.isFinite(train) ? `training error ${number(train ?? 0)}` : undefined,
      Number.isFinite(test) ? `test error ${number(test ?? 0)}` : undefined,
    ].filter((text) => text !== undefined);
    const elbows = kinks.length > 0 ? [countOf(kinks.length, 'elbow')] : [];
    return `${at}: from ${number(low)} to ${number(high)}, ${[...elbows, ...errors].join(', ')}`;
  });
  return sentences(intro, ...someOf(facts, 12, (left) => `${countOf(left, 'more panel')} in the same manner`));
}
