/** Where the values of an expression stand: one, or one for each combination of what is left open in it. */

export interface Cells {
  /** What is left open: "seed", "rate". None for a single value. */
  readonly axes: readonly string[];
  /** For each value its place on each of the axes, as labels. */
  readonly at: readonly (readonly string[])[];
}

/** Of a single value. */
export const single: Cells = { axes: [], at: [[]] };

/** The one axis that may stay open to the end: what differs in it is one experiment. */
export const seedAxis = 'seed';

/** Of so many values that differ in their seeds. */
export function ofSeeds(count: number): Cells {
  return count === 1 ? single : { axes: [seedAxis], at: Array.from({ length: count }, (_, index) => [String(index)]) };
}

/** Two lists of values side by side: the cells of both, and for each of them the value of either side. */
export interface Joined {
  readonly cells: Cells;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/**
 * A single value goes with each of the others, values of the same axes with those of the same labels, and one that lacks an axis
 * with all that differ in it. Runs that differ in the labels of one axis alone go by their positions. Undefined where none fits.
 */
export function join(left: Cells, right: Cells): Joined | undefined {
  const own = (cells: Cells): readonly number[] => cells.at.map((_, index) => index);
  if (left.axes.every((axis) => right.axes.includes(axis))) {
    const found = places(left, right);
    if (found !== undefined) return { cells: right, left: found, right: own(right) };
  }
  if (right.axes.every((axis) => left.axes.includes(axis))) {
    const found = places(right, left);
    if (found !== undefined) return { cells: left, left: own(left), right: found };
  }
  const alike = left.axes.length === 1 && left.axes[0] === right.axes[0] && left.at.length === right.at.length;
  return alike ? { cells: left, left: own(left), right: own(left) } : undefined;
}

/** For each of `all` the position of the one among `some` with the same labels on the axes of `some`. */
function places(some: Cells, all: Cells): readonly number[] | undefined {
  const key = (labels: readonly (string | undefined)[]): string => JSON.stringify(labels);
  const known = new Map(some.at.map((labels, index) => [key(labels), index]));
  const axes = some.axes.map((axis) => all.axes.indexOf(axis));
  const found = all.at.map((labels) => known.get(key(axes.map((axis) => labels[axis]))) ?? -1);
  return found.includes(-1) ? undefined : found;
}

/** Values taken together over some axes: the cells that are left, and for each of them the values that are taken. */
export interface Grouped {
  readonly cells: Cells;
  readonly groups: readonly (readonly number[])[];
}

/** Takes the values together that differ in these axes only. */
export function group({ axes, at }: Cells, over: readonly string[]): Grouped {
  const left = axes.flatMap((axis, index) => (over.includes(axis) ? [] : [index]));
  const found = new Map<string, { labels: readonly string[]; members: number[] }>();
  for (const [index, labels] of at.entries()) {
    const rest = left.map((axis) => labels[axis] ?? '');
    const key = JSON.stringify(rest);
    const one = found.get(key);
    if (one === undefined) found.set(key, { labels: rest, members: [index] });
    else one.members.push(index);
  }
  const all = [...found.values()];
  return {
    cells: { axes: left.map((axis) => axes[axis] ?? ''), at: all.map(({ labels }) => labels) },
    groups: all.map(({ members }) => members),
  };
}
