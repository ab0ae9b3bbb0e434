/** `error-by-frequency`: how far a network is from its target, by octaves of frequency, over the course of training. */
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { logDomain } from '../axis.js';
import { position } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { coursePosition, courseScale } from '../course-scale.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { arrange, type Part, type Row } from '../panels.js';
import { shadesAside } from '../shades-aside.js';
import { type Run, runName, type Subject } from '../subject.js';
import { shade } from '../theme.js';
import * as words from '../words.js';
import { trainedNames } from './data.js';
import type { Picture } from './picture.js';

interface Course {
  readonly run: Run;
  readonly steps: readonly number[];
  /** By octave, at each of the steps. */
  readonly octaves: readonly { readonly name: string; readonly errors: readonly number[] }[];
}

/** Below this share of the largest error nothing is seen. */
const leastShare = 1e-12;

export function drawErrorByFrequency(subject: Subject): Picture {
  const { language, request } = subject;
  const { drawings, scripts } = language.words;
  const checkpointsOf = chooseCheckpoints(subject);
  const parts = subject.runs.map((run): Part<Course> => {
    const chosen = checkpointsOf(run).flatMap(({ index }) => (index === undefined ? [] : [index]));
    return { value: courseOf(run, chosen), labels: run.labels };
  });
  const courses = parts.map(({ value }) => value);
  const layout = arrange(subject, parts, acrossAtMost(request.options, 190));
  const size = panelSize(request.options, layout, { ratio: 0.8, most: 320 });
  const all = courses.flatMap(({ octaves }) => octaves.flatMap(({ errors }) => errors));
  const [, largest] = extent(all);
  const axes: Axes = {
    x: courseScale(
      courses.flatMap(({ steps }) => steps),
      size.width,
    ),
    y: { type: 'log', domain: logDomain(all.filter((error) => error > largest * leastShare)), length: size.height },
  };
  const names = [...new Set(courses.flatMap(({ octaves }) => octaves.map(({ name }) => name)))];
  // From pale to dark, and never so pale that it does not show.
  const hue = (octave: number): string =>
    shade(2 + Math.round((octave * (shadesAside - 3)) / Math.max(1, names.length - 1)));
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { run, steps, octaves } }, member): Row[] => {
      const ended = run.artifact.divergedAt;
      return [
        ...octaves.flatMap(({ name, errors }, octave) => {
          const seen = errors.map((error) => (error > largest * leastShare ? error : Number.NaN));
          return lineRows(steps, seen, axes, `${member}/${octave}`, {
            row,
            column,
            part: `octave-${names.indexOf(name)}`,
          });
        }),
        ...(ended === undefined ? [] : [{ row, column, part: 'note', text: words.divergedAt(scripts.figure, ended) }]),
      ];
    }),
  );
  const titles = { x: drawings.axes.step, y: drawings.axes.error };
  const own = ownTitles(layout, titles);
  const x = coursePosition(own.x, axes.x);
  const y = position('y', own.y, axes.y);
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: names.map((_, octave) =>
      layer(
        `octave-${octave}`,
        { type: 'line', strokeWidth: 1.75, color: hue(octave) },
        { x, y, order: { value: null }, detail: { field: 'line' } },
      ),
    ),
    content: { parts: names.map((_, octave) => `octave-${octave}`), otherwise: drawings.notes.noError },
    key: names.map((name, octave) => ({
      label: words.say(drawings.key.modes, { range: name }),
      ...({ colour: hue(octave), shape: 'line', part: `octave-${octave}` } as const),
    })),
  });
  return {
    specification,
    description: words.aboutRuns(
      language,
      words.say(drawings.spectral.intro, { names: trainedNames(subject) }),
      courses.map((course) => words.factOf(language, runName(course.run, language), describe(course, subject))),
    ),
  };
}

function courseOf(run: Run, chosen: readonly number[]): Course {
  const { artifact } = run;
  const [steps, first, last] = ['step', 'first-mode', 'last-mode'].map((name) => numbersOf(artifact, name));
  const errors = chosen.map((index) => slab(arrayOf(artifact, 'octave-error'), index).data);
  return {
    run,
    steps: chosen.map((index) => steps?.[index] ?? 0),
    octaves: Array.from(first ?? [], (from, octave) => ({
      name: from === last?.[octave] ? `${from}` : `${from}–${last?.[octave] ?? from}`,
      errors: errors.map((one) => one[octave] ?? Number.NaN),
    })),
  };
}

/** "modes 0 from 0.1 to 1e-5, modes 1 from …, until step 2,000". */
function describe({ steps, octaves }: Course, { language }: Subject): string {
  const { curves, key } = language.words.drawings;
  return words.joined(language, [
    ...octaves.map(({ name, errors }) => {
      const [first = Number.NaN] = errors;
      const label = words.say(key.modes, { range: name });
      return words.say(curves.course, {
        label,
        first: words.number(first),
        last: words.number(errors.at(-1) ?? Number.NaN),
      });
    }),
    words.say(curves.until, { step: words.count(steps.at(-1) ?? 0) }),
  ]);
}
