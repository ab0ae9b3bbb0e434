/** The tracks of the elbows over the course of training, and where they stand at one step: for the build and for the page. */
import { firstLayerElbows } from '../../model/elbows.js';
import type { Network } from '../../model/network.js';
import { type Axes, lineRows } from '../lines.js';
import type { Row } from '../panels.js';

/** By unit, its position at each checkpoint; NaN where it is not within the range. */
export function elbowTracks(
  network: Network,
  parameters: readonly (Float64Array | undefined)[],
  [low, high]: readonly [number, number],
): Float64Array[] {
  const places = parameters.map((one) => (one === undefined ? [] : firstLayerElbows(network, one)));
  // An elbow whose weight passes through 0 leaves on one side and comes back on the other; no line joins the two.
  const near = (position: number): number => (position < low || position > high ? Number.NaN : position);
  return Array.from({ length: network.hidden[0] ?? 0 }, (_, unit) =>
    Float64Array.from(places, (elbows) => near(elbows[unit]?.position ?? Number.NaN)),
  );
}

export function trackRows(
  steps: ArrayLike<number>,
  tracks: readonly Float64Array[],
  axes: Axes,
  name: string,
  row: Row,
): Row[] {
  return tracks.flatMap((y, unit) =>
    lineRows(steps, y, axes, `${name}/${unit}`, { ...row, part: 'track', unit: String(unit) }),
  );
}

/** The moment in the tracks: a rule at the step, and a dot at each elbow that is in sight. */
export function elbowMoment(checkpoint: number, step: number, tracks: readonly Float64Array[], row: Row): Row[] {
  const dots = tracks.flatMap((track, unit) => {
    const y = track[checkpoint] ?? Number.NaN;
    return Number.isFinite(y) ? [{ ...row, part: 'here', x: step, y, unit: String(unit) }] : [];
  });
  return [{ ...row, part: 'now', x: step }, ...dots];
}
