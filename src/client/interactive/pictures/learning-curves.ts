/**
 * Training and test error over the course, with a cursor at the checkpoint, and the losses of the minibatches; of many
 * seeds their medians and the bands between their quartiles.
 */
import { logDomain } from '../../../figures/axis.js';
import { fewestForSpread, type Spread, spreadOf } from '../../../figures/spread.js';
import type { Course } from '../course.js';
import { bandPath, dotsPath, linePath } from '../line.js';
import { makePanel } from '../panel.js';
import type { Reading } from '../readings.js';
import { type MakePicture, short, stepsOf } from './picture.js';

const measures = [
  { of: 'trainErrors', label: 'training error', short: 'training', colour: 'var(--figure-c2)' },
  { of: 'testErrors', label: 'test error', short: 'test', colour: 'var(--figure-c1)' },
] as const;

type Errors = readonly (number | null)[];

/** What can stand on a logarithmic axis. */
function positive(steps: readonly number[], errors: Errors): { x: number[]; y: number[] } {
  const at = errors.flatMap((error, index) => (error !== null && error > 0 ? [index] : []));
  return { x: at.map((index) => steps[index] ?? 0), y: at.map((index) => errors[index] ?? 1) };
}

function spreadsOf(all: readonly Course[], leaveOut: boolean): Spread[] {
  if (all.length < fewestForSpread) return [];
  const courses = all.filter(({ divergedAt }) => !leaveOut || divergedAt === null);
  return measures.map(({ of }) =>
    spreadOf(
      courses.map((course) => ({
        x: course.steps,
        y: course[of].map((error) => error ?? Number.NaN),
        end: course.divergedAt ?? undefined,
      })),
    ),
  );
}

export const learningCurves: MakePicture = (course, { title, width, height, among, seeds, oneSeed, leaveOut }) => {
  const spreads = spreadsOf(seeds, leaveOut);
  const gone = seeds.filter(({ divergedAt }) => divergedAt !== null).length;
  // A slider over seeds shows one of them before the bands of all; without one, few seeds show each by itself.
  const runs = oneSeed ? [course] : spreads.length > 0 ? [] : seeds;
  const shown = among.flatMap((one) => measures.flatMap(({ of }) => positive(one.steps, one[of]).y));
  const titles = { x: 'step', y: 'mean squared error' };
  const panel = makePanel({
    title,
    x: { title: titles.x, domain: stepsOf(among), whole: true },
    y: { title: titles.y, domain: logDomain(shown), log: true },
    width,
    height,
  });
  const losses = runs.map((run) => positive(run.steps, run.batchErrors));
  const batch = panel.path({
    stroke: 'var(--figure-faint)',
    'stroke-width': 2.2,
    'stroke-linecap': 'round',
    'stroke-opacity': 0.4,
  });
  batch.setAttribute('d', losses.map(({ x, y }) => dotsPath(x.map(panel.x), y.map(panel.y))).join(''));
  const bands = spreads.map(({ x, low: below, high: above }, index) => {
    const band = panel.path({ fill: measures[index]?.colour ?? '', 'fill-opacity': 0.2, 'pointer-events': 'none' });
    band.setAttribute('d', bandPath(x.map(panel.x), below.map(panel.y), above.map(panel.y)));
    return band;
  });
  /** Of each measure the lines that a reader can find. */
  const lines = measures.map(({ of }, index) => {
    const { x = [], median = [] } = spreads[index] ?? {};
    const own = runs.map((run) => positive(run.steps, run[of]));
    return runs.length > 0
      ? own
      : [
          positive(
            x,
            median.map((value) => (Number.isFinite(value) ? value : null)),
          ),
        ];
  });
  const curves = measures.map(({ colour }, index) => {
    const path = panel.path({ stroke: colour, 'stroke-width': 1.75 });
    path.setAttribute('d', (lines[index] ?? []).map(({ x, y }) => linePath(x.map(panel.x), y.map(panel.y))).join(''));
    return path;
  });
  const cursor = panel.path({ stroke: 'var(--figure-ink)', 'stroke-opacity': 0.6 });
  const dots = measures.map(({ colour }) =>
    panel.path({ stroke: colour, 'stroke-width': 8, 'stroke-linecap': 'round' }),
  );
  /** The values of each measure at the checkpoint of this course. */
  const valuesAt = (checkpoint: number): number[][] => {
    const step = course.steps[checkpoint] ?? 0;
    return lines.map((all) => all.flatMap(({ x, y }) => (x.includes(step) ? [y[x.indexOf(step)] ?? 0] : [])));
  };
  const told = (checkpoint: number): { text: string; colour: string }[] =>
    valuesAt(checkpoint).flatMap((values, index) => {
      const measure = measures[index];
      if (measure === undefined || (lines[index] ?? []).every(({ x }) => x.length === 0)) return [];
      const [least, most] = [Math.min(...values), Math.max(...values)];
      const range = values.length > 1 ? `${short(least)} to ${short(most)}` : short(values[0] ?? Number.NaN);
      return [{ text: `${measure.short} ${range}`, colour: measure.colour }];
    });
  const of = (
    mark: SVGElement | undefined,
    label: string,
    heading: string,
    { x, y }: { x: number[]; y: number[] },
    joined: boolean,
  ): Reading => ({
    ...{ panel, mark, heading, joined, x: x.map(panel.x), y: y.map(panel.y) },
    tell: (index) => [
      [titles.x, x[index] ?? Number.NaN],
      [label, y[index] ?? Number.NaN],
    ],
  });
  const median = runs.length === 0 ? 'median ' : '';
  const all: Reading[] = [
    ...measures.flatMap(({ label }, index) =>
      (lines[index] ?? []).map((line, run) => {
        const heading = runs.length > 1 ? (runs[run]?.label ?? '') : '';
        const reading = of(curves[index], `${median}${label}`, heading, line, true);
        const spread = spreads[index];
        if (spread === undefined) return reading;
        return {
          ...reading,
          tell: (at: number) => {
            const place = spread.x.indexOf(line.x[at] ?? Number.NaN);
            return [
              ...reading.tell(at),
              ['lower quartile', spread.low[place] ?? Number.NaN] as const,
              ['upper quartile', spread.high[place] ?? Number.NaN] as const,
            ];
          },
        };
      }),
    ),
    ...losses.map((one) => of(batch, 'minibatch loss', '', one, false)),
  ];
  const ofSeeds =
    gone > 0 && leaveOut ? `the ${seeds.length - gone} seeds that did not diverge` : `${seeds.length} seeds`;
  const counted = gone > 0 && !leaveOut ? '; diverged counts as infinite' : '';
  const bandLabel = `${runs.length === 0 ? 'lines: median' : 'bands: quartiles'} of ${ofSeeds}${runs.length === 0 ? '; bands: between their quartiles' : ''}${counted}`;
  return {
    panels: [panel],
    key: [
      ...measures.flatMap(({ label, colour }, index) => {
        const marks = [curves[index], dots[index]].filter((mark) => mark !== undefined);
        return (lines[index] ?? []).some(({ x }) => x.length > 0)
          ? [{ label, shape: 'line', colour, marks } as const]
          : [];
      }),
      ...(losses.some(({ x }) => x.length > 0)
        ? [{ label: 'minibatch loss', shape: 'dot', colour: 'var(--figure-faint)', marks: [batch] } as const]
        : []),
      ...(bands.length > 0
        ? [{ label: bandLabel, shape: 'band', colour: 'var(--figure-c1)', marks: bands } as const]
        : []),
    ],
    show(checkpoint) {
      const x = panel.x(course.steps[checkpoint] ?? 0);
      cursor.setAttribute('d', `M${x.toFixed(1)} 0v${height}`);
      valuesAt(checkpoint).forEach((values, index) => {
        dots[index]?.setAttribute(
          'd',
          dotsPath(
            values.map(() => x),
            values.map(panel.y),
          ),
        );
      });
      // Each in its line's colour.
      const said = told(checkpoint);
      if (said.length === 0) panel.say('no error above 0');
      else panel.say(...said.flatMap((error, index) => (index === 0 ? [error] : ['  ', error])));
    },
    readings: () => all,
    describe: (checkpoint) =>
      `${median}error ${told(checkpoint)
        .map(({ text }) => text)
        .join(', ')}`,
  };
};
