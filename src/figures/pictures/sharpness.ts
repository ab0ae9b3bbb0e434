/**
 * `sharpness`: the largest eigenvalues of the Hessian and of the Gauss-Newton matrix over the course of training, with the
 * value that they must stay below for gradient descent to be stable.
 */
import { extent, numbersOf } from '../arrays.js';
import { axisDomain, logDomain } from '../axis.js';
import { position } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { coursePosition, courseScale } from '../course-scale.js';
import type { Specification } from '../drawing.js';
import { acrossAtMost, frame, type KeyEntry, type Layer, layer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { arrange, type Part, type Row } from '../panels.js';
import { type Run, runName, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import * as words from '../words.js';
import { trainedNames } from './data.js';
import type { Picture } from './picture.js';

const measures = ['gauss-newton', 'hessian'] as const;
type Measure = (typeof measures)[number];

const looks = {
  'gauss-newton': { colour: colour('c1'), label: 'gaussNewton', shape: 'line' },
  hessian: { colour: colour('c2'), label: 'hessian', shape: 'dashed' },
} as const satisfies Record<Measure, object>;

interface Course {
  readonly run: Run;
  readonly steps: readonly number[];
  readonly values: Readonly<Record<Measure, readonly number[]>>;
  /** Not finite where there is no bound. */
  readonly limits: readonly number[];
}

export function drawSharpness(subject: Subject): Picture {
  const { language, request } = subject;
  const { drawings, scripts } = language.words;
  const checkpointsOf = chooseCheckpoints(subject);
  const parts = subject.runs.map((run): Part<Course> => {
    const chosen = checkpointsOf(run).flatMap(({ index }) => (index === undefined ? [] : [index]));
    return { value: courseOf(run, chosen), labels: run.labels };
  });
  const courses = parts.map(({ value }) => value);
  const layout = arrange(subject, parts, acrossAtMost(request.options, 190));
  const size = panelSize(request.options, layout, { ratio: 0.72, most: 300 });
  const all = courses.flatMap(({ values, limits }) => [...measures.flatMap((measure) => values[measure]), ...limits]);
  const [low, high] = extent(all);
  const isLog = low > 0 && high > 10 * low;
  const axes: Axes = {
    x: courseScale(
      courses.flatMap(({ steps }) => steps),
      size.width,
    ),
    y: isLog
      ? { type: 'log', domain: logDomain(all), length: size.height }
      : { type: 'linear', domain: axisDomain([Math.min(0, low), high], 0.04), length: size.height },
  };
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { run, steps, values, limits } }, member): Row[] => {
      const ended = run.artifact.divergedAt;
      return [
        ...measures.flatMap((part) => lineRows(steps, values[part], axes, `${member}/${part}`, { row, column, part })),
        ...lineRows(steps, limits, axes, `${member}/limit`, { row, column, part: 'limit' }),
        ...(ended === undefined ? [] : [{ row, column, part: 'note', text: words.divergedAt(scripts.figure, ended) }]),
      ];
    }),
  );
  const titles = { x: drawings.axes.step, y: drawings.axes.eigenvalue };
  const own = ownTitles(layout, titles);
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: layersOver(coursePosition(own.x, axes.x), position('y', own.y, axes.y)),
    content: { parts: measures, otherwise: drawings.notes.noNumber },
    key: keyOf(courses, subject),
  });
  return {
    specification,
    description: words.aboutRuns(
      language,
      words.say(drawings.curvature.intro, { names: trainedNames(subject) }),
      courses.map((course) => words.factOf(language, runName(course.run, language), describe(course, subject))),
    ),
  };
}

function courseOf(run: Run, chosen: readonly number[]): Course {
  const of = (name: string): number[] => {
    const numbers = numbersOf(run.artifact, name);
    return chosen.map((index) => numbers[index] ?? Number.NaN);
  };
  return {
    run,
    steps: of('step'),
    values: { 'gauss-newton': of('gauss-newton'), hessian: of('hessian') },
    limits: of('stability-limit'),
  };
}

function layersOver(x: Specification, y: Specification): Layer[] {
  const shared = { x, y, order: { value: null }, detail: { field: 'line' } };
  const dashes = { type: 'line', color: colour('ink'), strokeWidth: 1.25, strokeDash: [4, 3] };
  return [
    layer('limit', dashes, shared),
    // Where the two are one, the wider shows between the dashes of the other.
    layer('gauss-newton', { type: 'line', strokeWidth: 4, color: looks['gauss-newton'].colour }, shared),
    layer('hessian', { type: 'line', strokeWidth: 2, strokeDash: [6, 6], color: looks.hessian.colour }, shared),
  ];
}

function keyOf(courses: readonly Course[], { language }: Subject): KeyEntry[] {
  const { key } = language.words.drawings;
  return [
    ...measures.map((part): KeyEntry => {
      return { label: key[looks[part].label], colour: looks[part].colour, shape: looks[part].shape, part };
    }),
    ...(courses.some(({ limits }) => limits.some(Number.isFinite))
      ? [{ label: key.stabilityLimit, colour: colour('ink'), shape: 'dashed', part: 'limit' } as const]
      : []),
  ];
}

/** "Hessian from 2.4 to 71, Gauss-Newton matrix from 2.4 to 70, limit of stability 100, until step 150,000". */
function describe({ steps, values, limits }: Course, { language }: Subject): string {
  const { curvature, curves, key } = language.words.drawings;
  const limit = limits.at(-1) ?? Number.NaN;
  return words.joined(language, [
    ...measures.map((measure) => {
      const [first = Number.NaN] = values[measure];
      const last = values[measure].at(-1) ?? Number.NaN;
      const label = key[looks[measure].label];
      return words.say(curves.course, { label, first: words.number(first), last: words.number(last) });
    }),
    Number.isFinite(limit) ? words.say(curvature.limit, { value: words.number(limit) }) : undefined,
    words.say(curves.until, { step: words.count(steps.at(-1) ?? 0) }),
  ]);
}
