/** A network with elbows moved by hand, and its linearisation there, as rows: for the build and for the page. */
import { activate, activationDerivative } from '../../model/activation.js';
import type { Outputs } from '../../model/centred-outputs.js';
import { activationsOf, hiddenUnits, type Network } from '../../model/network.js';
import { bandRows, lineRows, type Axes } from '../lines.js';
import type { Row } from '../panels.js';
import { number, say } from '../words.js';
import { type Curve, evenly } from './curve.js';

/** By unit, how far its elbow is moved. */
export type Shifts = ReadonlyMap<number, number>;

/** An elbow, where -b / w is: of relu the only place where its unit bends. */
export interface MovedElbow {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
  /** What the network with the moved elbows answers there. */
  readonly y: number;
  /** Its output weight times the size of its input weight. */
  readonly strength: number;
}

export interface Linearisation {
  /** f(x; θ), f(x; θ + Δ) and f(x; θ) + φ(x)ᵀΔ, at the same inputs. */
  readonly before: Curve;
  readonly moved: Curve;
  readonly linear: Curve;
  readonly elbows: readonly MovedElbow[];
  /** The largest difference of the last two. */
  readonly most: number;
}

/** What the page is told beside the weights: what the author moved, and what it says. */
export interface LinearisationContext {
  readonly unit: number;
  readonly by: number;
  readonly words: Readonly<Record<'elbow' | 'differ' | 'value' | 'putBack', string>>;
}

const gridSteps = 256;

/**
 * Of a network with one input, one hidden layer and one output. An elbow is moved by the bias of its unit alone, Δ = -w · shift;
 * the derivative by it is φ = v σ'(w x + b). `outputs` are those of the network with these parameters.
 */
export function linearisationOf(
  network: Network,
  parameters: Float64Array,
  outputs: Outputs,
  domain: readonly [number, number],
  shifts: Shifts,
): Linearisation {
  const [activation = 'relu'] = activationsOf(network);
  const units = hiddenUnits(network).map(({ index, parameters: at }) => {
    const [w = 0, b = 0, v = 0] = at.map((one) => parameters[one] ?? 0);
    const from = -b / w;
    const shift = shifts.get(index) ?? 0;
    return { unit: index, w, b, v, from, to: from + shift, delta: -w * shift };
  });
  const moving = units.filter(({ delta }) => delta !== 0);
  const [low, high] = domain;
  // The linearisation jumps where an elbow was: there are points on both sides of it.
  const beside = (high - low) * 1e-9;
  const bends = units.flatMap(({ from, to }) => [from - beside, from, from + beside, to]);
  const within = bends.filter((x) => x > low && x < high);
  const x = Float64Array.from(new Set([...evenly(domain, gridSteps), ...within])).sort();
  const movedFrom = (at: number, before: number): number =>
    moving.reduce(
      (sum, { w, b, v, delta }) =>
        sum + v * (activate(activation, w * at + b + delta) - activate(activation, w * at + b)),
      before,
    );
  const linearFrom = (at: number, before: number): number =>
    moving.reduce((sum, { w, b, v, delta }) => sum + v * activationDerivative(activation, w * at + b) * delta, before);
  const before = outputs(x);
  const moved = x.map((at, index) => movedFrom(at, before[index] ?? Number.NaN));
  const linear = x.map((at, index) => linearFrom(at, before[index] ?? Number.NaN));
  const places = outputs(Float64Array.from(units, ({ to }) => to));
  return {
    ...{ before: { x, y: before }, moved: { x, y: moved }, linear: { x, y: linear } },
    elbows: units.map(({ unit, w, v, from, to }, index) => ({
      ...{ unit, from, to, strength: v * Math.abs(w) },
      y: movedFrom(to, places[index] ?? Number.NaN),
    })),
    most: moved.reduce((most, y, index) => Math.max(most, Math.abs(y - (linear[index] ?? y))), 0),
  };
}

/** Whether a place can be seen in the picture. */
export function isWithin(at: number, [low, high]: readonly [number, number]): boolean {
  return at >= low && at <= high;
}

/** The area of the dot of an elbow that is moved, and of the others. */
const dotArea = { moved: 70, other: 26 };

/** Of a shade, so far beyond the axis that nobody sees that it ends there, in its lengths. */
const reach = 4;

function withinReach({ y: { domain } }: Axes): (value: number) => number {
  const [low, high] = domain;
  const beyond = reach * (high - low);
  return (value) => Math.min(high + beyond, Math.max(low - beyond, value));
}

/** `noteRow` is where it says by how much the two differ. */
export function linearisationRows(
  { before, moved, linear, elbows, most }: Linearisation,
  { axes, words }: { readonly axes: Axes; readonly words: Pick<LinearisationContext['words'], 'differ'> },
  row: Row,
  noteRow: (text: string) => Row,
): Row[] {
  const dots = elbows
    .filter(({ to }) => isWithin(to, axes.x.domain))
    .map(({ unit, from, to, y }) => {
      const area = from === to ? dotArea.other : dotArea.moved;
      return { ...row, part: 'elbow', x: to, y, area, unit: String(unit) };
    });
  const near = withinReach(axes);
  const between = { low: moved.y.map(near), high: linear.y.map(near) };
  return [
    ...bandRows(moved.x, between, axes, 'difference', { ...row, part: 'difference' }),
    ...lineRows(before.x, before.y, axes, 'before', { ...row, part: 'before' }),
    ...lineRows(moved.x, moved.y, axes, 'moved', { ...row, part: 'moved' }),
    ...lineRows(linear.x, linear.y, axes, 'linear', { ...row, part: 'linear' }),
    // What is moved lies on top.
    ...dots.sort((a, b) => a.area - b.area),
    noteRow(say(words.differ, { most: number(most) })),
  ];
}
