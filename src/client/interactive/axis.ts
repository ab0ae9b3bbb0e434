/** Scales and their ticks. */
import { logTicks, niceTicks, tickLabels } from '../../figures/axis.js';

export interface Axis {
  readonly title: string;
  readonly domain: readonly [number, number];
  readonly log?: boolean;
  /** Where its ticks are; else at round numbers. */
  readonly ticks?: readonly number[];
  /** Of numbers that count something. */
  readonly whole?: boolean;
}

/** Farther away nothing is placed: what leaves a panel is cut off. */
const farthest = 10_000;

/** From a value to pixels between `from` and `to`, in hundredths. */
export function scale({ domain, log }: Axis, from: number, to: number): (value: number) => number {
  const f = log === true ? Math.log10 : (value: number) => value;
  const [low, high] = [f(domain[0]), f(domain[1])];
  return (value) => {
    const pixel = from + ((f(value) - low) / (high - low || 1)) * (to - from);
    return Math.round(100 * Math.max(-farthest, Math.min(farthest, pixel))) / 100;
  };
}

/** About so many round numbers within the domain, unless the axis says which. */
export function ticks({ domain, log, ticks: given, whole = false }: Axis, about: number): readonly number[] {
  if (given !== undefined) return given;
  const round = log === true ? logTicks(domain, about) : niceTicks(domain, about);
  return whole ? round.filter(Number.isInteger) : round;
}

/** As short as they can be read: 0.2, 150k, and on a log axis 0.02 and 1e−5. */
export function labels(ticks: readonly number[], log = false): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  if (log && ticks.every((tick) => Number(tick.toPrecision(1)) === tick)) return ticks.map(ofDigits);
  if (!log && largest >= 1000 && largest < 1e7 && ticks.every((tick) => tick % 10 === 0))
    return ticks.map((tick) => (Math.abs(tick) < 1000 ? String(tick) : `${tick / 1000}k`).replace('-', '−'));
  return tickLabels(ticks);
}

/** In letters that the page's font has: it has no raised minus. */
function ofDigits(value: number): string {
  const plain = value >= 1e-3 && value < 1e4;
  return (plain ? String(value) : value.toExponential().replace('+', '')).replace('-', '−');
}
