/** Errors at the end of trainings against a swept option: where each value of the option stands, and what is drawn there. */
import type { PlannedStep } from '../../plan/plan.js';
import { type Axes, bandRows, lineRows } from '../lines.js';
import type { Row } from '../panels.js';
import { fewestForSpread, quartileOf } from '../spread.js';
import { type Measure, measures } from './learning-curves-rows.js';

/** The options that steps differ in, but for the seed. */
export function sweptAxes(steps: readonly PlannedStep[]): string[] {
  const labels = new Map<string, Set<string>>();
  for (const { coordinates } of steps)
    for (const { axis, label } of coordinates) labels.set(axis, (labels.get(axis) ?? new Set()).add(label));
  return [...labels].flatMap(([axis, all]) => (axis !== 'seed' && all.size > 1 ? [axis] : []));
}

/** The errors of one run at one step. */
export interface ErrorsOf {
  /** The value of the option, as it is written. */
  readonly label: string;
  /** NaN where there is none. */
  readonly errors: Readonly<Record<Measure, number>>;
  /** Undefined of a run that came to the step. */
  readonly divergedAt: number | undefined;
}

/** What stands at one value of the option: a seed each, or their quartiles. */
export interface Stand {
  readonly label: string;
  readonly x: number;
  readonly runs: readonly ErrorsOf[];
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** A line of one measure: at each value of the option the median over the seeds. */
export interface ErrorLine {
  readonly measure: Measure;
  readonly series: number;
  readonly stands: readonly Stand[];
}

/** The lines of runs that differ in the option and in their seeds alone, from the left to the right. */
export function errorLines(
  series: number,
  runs: readonly ErrorsOf[],
  placeOf: (label: string) => number,
  leaveOut: boolean,
): ErrorLine[] {
  const labels = [...new Set(runs.map(({ label }) => label))].sort((a, b) => placeOf(a) - placeOf(b));
  return measures.map((measure): ErrorLine => {
    const stands = labels.map((label): Stand => {
      const its = runs.filter((run) => run.label === label);
      const values = its.flatMap(({ errors, divergedAt }) => (divergedAt === undefined ? [errors[measure]] : []));
      const gone = leaveOut ? 0 : its.length - values.length;
      const [low, median, high] = [0.25, 0.5, 0.75].map((part) => quartileOf(values, gone, part)) as [
        number,
        number,
        number,
      ];
      return { label, x: placeOf(label), runs: its, median, low, high };
    });
    return { measure, series, stands };
  });
}

/** Whether a value of the option has seeds enough for a band. */
export function hasBand({ runs }: Stand): boolean {
  return runs.length >= fewestForSpread;
}

export function errorRows({ measure, series, stands }: ErrorLine, axes: Axes, row: Row): Row[] {
  const place = { ...row, series };
  const x = stands.map((stand) => stand.x);
  const name = `${series}/${measure}`;
  const banded = (end: 'low' | 'high'): number[] => stands.map((one) => (hasBand(one) ? one[end] : Number.NaN));
  return [
    ...bandRows(x, { low: banded('low'), high: banded('high') }, axes, name, {
      ...place,
      part: `${measure}-quartiles`,
    }),
    ...lineRows(
      x,
      stands.map(({ median }) => median),
      axes,
      name,
      { ...place, part: measure },
    ),
    ...stands.flatMap((stand) => {
      const values = hasBand(stand) ? [stand.median] : stand.runs.map(({ errors }) => errors[measure]);
      return values
        .filter((value) => Number.isFinite(value) && (axes.y.type !== 'log' || value > 0))
        .map((y) => ({ ...place, part: `${measure}-dot`, x: stand.x, y, name: stand.label }));
    }),
  ];
}
