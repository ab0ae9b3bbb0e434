/** Errors over the course of training as rows, and where they stand at one step: for the build and for the page. */
import type { Word } from '../../languages/words.js';
import { type Axes, bandRows, lineRows } from '../lines.js';
import type { Row } from '../panels.js';
import { fewestForSpread, type Spread, spreadOf } from '../spread.js';
import { say } from '../words.js';

export const measures = ['train', 'test'] as const;
export type Measure = (typeof measures)[number];

/** The errors of one run at its checkpoints; NaN where there is none. */
export interface CurveRun {
  readonly steps: ArrayLike<number>;
  readonly errors: Readonly<Record<Measure | 'batch', ArrayLike<number>>>;
  readonly divergedAt: number | undefined;
  /** By which a page knows it. */
  readonly name?: string;
}

/** Runs of one panel that differ only in their seeds: one by one while they are few, else by their spread. */
export interface CurveGroup {
  readonly series: number;
  readonly runs: readonly CurveRun[];
  /** One for each of the measures; empty for few runs. */
  readonly spreads: readonly Spread[];
}

/** `leaveOut` is whether runs that diverged are no part of a spread. */
export function curveGroup(series: number, runs: readonly CurveRun[], leaveOut: boolean): CurveGroup {
  if (runs.length < fewestForSpread) return { series, runs, spreads: [] };
  const shown = runs.filter(({ divergedAt }) => !leaveOut || divergedAt === undefined);
  const spreads = measures.map((measure) =>
    spreadOf(shown.map(({ steps, errors, divergedAt }) => ({ x: steps, y: errors[measure], end: divergedAt }))),
  );
  return { series, runs, spreads };
}

export function curveRows(
  { series, runs, spreads }: CurveGroup,
  axes: Axes,
  allDiverged: Word<'count'>,
  row: Row,
): Row[] {
  const place = { ...row, series };
  if (spreads.length === 0) return runs.flatMap((run, index) => runRows(run, axes, `${series}/${index}`, place));
  const rows = measures.flatMap((part, index) => {
    const spread = spreads[index];
    if (spread === undefined) return [];
    const name = `${series}/${part}`;
    return [
      ...bandRows(spread.x, spread, axes, name, { ...place, part: `${part}-quartiles` }),
      ...lineRows(spread.x, spread.median, axes, name, { ...place, part: `${part}-median` }),
    ];
  });
  return rows.length > 0 ? rows : [{ ...place, part: 'note', text: say(allDiverged, { count: runs.length }) }];
}

function runRows({ steps, errors, divergedAt, name: run }: CurveRun, axes: Axes, name: string, panel: Row): Row[] {
  const row = run === undefined ? panel : { ...panel, run };
  const rows = measures.flatMap((part) => lineRows(steps, errors[part], axes, `${name}/${part}`, { ...row, part }));
  for (let index = 0; index < steps.length; index += 1) {
    const error = errors.batch[index] ?? Number.NaN;
    if (error > 0 && Number.isFinite(error)) rows.push({ ...row, part: 'batch', x: steps[index] ?? 0, y: error });
  }
  // Where a run that diverged was seen last.
  const last = errors.train[errors.train.length - 1] ?? Number.NaN;
  if (divergedAt !== undefined && last > 0)
    rows.push({ ...row, part: 'end', x: steps[steps.length - 1] ?? 0, y: last });
  return rows;
}

/** Where the lines of a group stand at a step: by measure, the median of many runs, or each run's own. */
export function errorsAt({ runs, spreads }: CurveGroup, step: number): Readonly<Record<Measure, readonly number[]>> {
  const at = (measure: Measure): number[] => {
    const spread = spreads[measures.indexOf(measure)];
    if (spread !== undefined) return valueAt(spread.x, spread.median, step);
    return runs.flatMap(({ steps, errors }) => valueAt(steps, errors[measure], step));
  };
  return { train: at('train'), test: at('test') };
}

/** The value of the last place up to this one, where it is one. */
function valueAt(x: ArrayLike<number>, y: ArrayLike<number>, step: number): number[] {
  let index = -1;
  while (index + 1 < x.length && (x[index + 1] ?? 0) <= step) index += 1;
  const value = y[index] ?? Number.NaN;
  return Number.isFinite(value) ? [value] : [];
}

/** The moment in the curves: a rule at the step, and a dot on every line. */
export function curveMoment(groups: readonly CurveGroup[], step: number, row: Row): Row[] {
  const dots = groups.flatMap((group) => {
    const errors = errorsAt(group, step);
    return measures.flatMap((measure) =>
      errors[measure]
        .filter((error) => error > 0)
        .map((y) => ({ ...row, series: group.series, part: `${measure}-now`, x: step, y })),
    );
  });
  return [{ ...row, part: 'now', x: step }, ...dots];
}
