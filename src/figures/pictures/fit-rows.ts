/** What a network computes at one moment, and the rows that draw it: for the build and for the page. */
import { append } from '../../shared/append.js';
import { slopesBelowZero } from '../../model/activation.js';
import { findKinks, type Kink } from '../../model/elbows.js';
import type { Outputs } from '../../model/centred-outputs.js';
import type { Network } from '../../model/network.js';
import { extent } from '../arrays.js';
import { unitValue } from '../identity.js';
import { type Axes, lineRows } from '../lines.js';
import type { Row } from '../panels.js';
import type { Scale } from '../scale.js';
import { divergedAt, type FigureWords, number, say } from '../words.js';
import { type Curve, evenly, type Sampled, sampleRows, truthRows } from './curve.js';

export interface Fit<Data extends Sampled = Sampled> {
  readonly data: Data;
  /** Undefined when the run diverged before the moment, at this step. */
  readonly prediction: Curve | undefined;
  readonly kinks: readonly (Kink & { readonly y: number; readonly name: string })[];
  readonly divergedAt?: number | undefined;
}

const gridSteps = 256;

/** `outputs` are those of the network with the parameters, which tell where it has kinks. */
export function fitOf<Data extends Sampled>(
  network: Network,
  parameters: Float64Array,
  outputs: Outputs,
  data: Data,
): Fit<Data> {
  const bends = slopesBelowZero(network) !== undefined;
  const kinks = bends ? findKinks(network, parameters, data.domain) : [];
  const positions = Float64Array.from(kinks, (kink) => kink.position);
  const x = Float64Array.from([...evenly(data.domain, gridSteps), ...positions]).sort();
  const heights = outputs(positions);
  return {
    data,
    prediction: { x, y: outputs(x) },
    kinks: kinks.map((kink, index) => ({
      ...kink,
      y: heights[index] ?? Number.NaN,
      name: unitValue({ layer: kink.layer, index: kink.unit }, network),
    })),
  };
}

/** The size of the largest kink of several. */
export function largestKink(fits: readonly Fit[]): number {
  return Math.max(...fits.flatMap(({ kinks }) => kinks.map(({ size }) => Math.abs(size))));
}

/** "the line leaves the picture, up to 3.1×10⁵"; undefined where all of it is there. */
function outsideNote({ y }: Curve, { domain: [low, high], length }: Scale, words: FigureWords): string | undefined {
  const finite = y.filter(Number.isFinite);
  if (finite.length === 0) return undefined;
  const [least, most] = extent(finite);
  // Nobody sees less: the page has rounded weights.
  const unseen = (high - low) / length;
  if (least >= low - unseen && most <= high + unseen) return undefined;
  if (least > high || most < low)
    return say(least > high ? words.above : words.below, { low: number(least), high: number(most) });
  if (least >= low - unseen) return say(words.leavesUp, { high: number(most) });
  if (most <= high + unseen) return say(words.leavesDown, { low: number(least) });
  return say(words.leavesBoth, { low: number(least), high: number(most) });
}

/** The area of the dot of the largest kink, and of one that is none. */
const dotArea = { most: 110, least: 7 };

/** The area of the dot of a kink of that size, where `largest` is that of the largest of all. */
export function kinkArea(size: number, largest: number): number {
  return dotArea.least + (dotArea.most - dotArea.least) * (Math.abs(size) / largest || 0);
}

/** What is alike at all moments: the data and the function behind them. */
export function fitBackground({ train, truth }: Sampled, axes: Axes, row: Row): Row[] {
  return [...sampleRows(train, 'samples', row), ...truthRows({ truth }, axes, row)];
}

/** The line of the first moment, behind that of another. */
export function fitGhost({ prediction }: Fit, axes: Axes, row: Row): Row[] {
  if (prediction === undefined) return [];
  return lineRows(prediction.x, prediction.y, axes, 'start', { ...row, part: 'start' });
}

/** `largest` is the size of the largest kink of the figure. */
export function fitRows(
  { prediction, kinks, divergedAt: ended }: Fit,
  { axes, largest, words }: { readonly axes: Axes; readonly largest: number; readonly words: FigureWords },
  row: Row,
): Row[] {
  if (prediction === undefined) return [{ ...row, part: 'note', text: divergedAt(words, ended ?? 0) }];
  const [low, high] = axes.y.domain;
  const outside = outsideNote(prediction, axes.y, words);
  const rows: Row[] = outside === undefined ? [] : [{ ...row, part: 'note', text: outside }];
  append(rows, lineRows(prediction.x, prediction.y, axes, 'prediction', { ...row, part: 'prediction' }));
  // Large dots first, so that small ones lie on top of them.
  for (const { position: at, size, y, name } of kinks.toSorted((a, b) => Math.abs(b.size) - Math.abs(a.size))) {
    rows.push({ ...row, part: 'elbow', x: at, unit: name });
    if (y >= low && y <= high) rows.push({ ...row, part: 'kink', x: at, y, area: kinkArea(size, largest), unit: name });
  }
  return rows;
}
