/** The elbows of a network over the course of its training as rows: dots as large as the kinks, and the paths of units. */
import { type Axes, lineRows } from '../lines.js';
import type { Row } from '../panels.js';
import { kinkArea } from './fit-rows.js';

/** Where a network bends at one checkpoint, and what the slope of its output rises by there. */
export interface Moment {
  readonly step: number;
  readonly positions: Float64Array;
  readonly kinks: Float64Array;
}

export interface Elbow {
  readonly position: number;
  readonly kink: number;
}

/** The elbows within a range, the sharpest first. */
export function inSight({ positions, kinks }: Moment, [low, high]: readonly [number, number]): Elbow[] {
  return Array.from(positions, (position, index) => ({ position, kink: kinks[index] ?? 0 }))
    .filter(({ position }) => position >= low && position <= high)
    .sort((a, b) => Math.abs(b.kink) - Math.abs(a.kink));
}

/** The paths of elbows that have the same place in the lists of all moments. */
export function trackRows(moments: readonly Moment[], axes: Axes, name: string, row: Row): Row[] {
  const steps = moments.map(({ step }) => step);
  const [low, high] = axes.y.domain;
  return Array.from({ length: moments[0]?.positions.length ?? 0 }, (_, unit) => {
    const places = moments.map(({ positions }) => positions[unit] ?? Number.NaN);
    // An elbow whose weight passes through 0 leaves on one side and comes back on the other; no line joins the two.
    const near = places.map((place) => (place < low || place > high ? Number.NaN : place));
    return lineRows(steps, near, axes, `${name}/${unit}`, { ...row, part: 'track' });
  }).flat();
}

/** Of those at one moment that bend the output: `up` where its slope rises, `down` where it falls. */
export function dotRows(moment: Moment, range: readonly [number, number], largest: number, row: Row): Row[] {
  return inSight(moment, range).flatMap(({ position, kink }) =>
    kink === 0 || !Number.isFinite(kink)
      ? []
      : [{ ...row, part: kink > 0 ? 'up' : 'down', x: moment.step, y: position, area: kinkArea(kink, largest), kink }],
  );
}
