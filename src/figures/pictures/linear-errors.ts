/** `errors`: training and test error of a network and of its linearisation over the steps, and where the two part. */
import { numbersOf } from '../arrays.js';
import { logDomain } from '../axis.js';
import { position } from '../channels.js';
import { coursePosition, courseScale } from '../course-scale.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { arrange, type Part } from '../panels.js';
import { runName, type Run, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { aboutRuns, factOf, joined, number, say, stepLabel } from '../words.js';
import { trainedNames } from './data.js';
import type { Picture } from './picture.js';

const measures = [
  { part: 'train', of: 'train-error', label: 'trainingError', hue: colour('c2') },
  { part: 'test', of: 'test-error', label: 'testError', hue: colour('c1') },
] as const;
const models = ['', 'linear-'] as const;
/** Where network and linearisation are one, the wider line shows between the dashes of the other. */
const [wide, dashed] = [
  { strokeWidth: 3.5, opacity: 0.4 },
  { strokeWidth: 1.75, strokeDash: [6, 4] },
];

function errorsOf({ artifact }: Run, of: string, model: (typeof models)[number]): Float64Array {
  return numbersOf(artifact, model === '' ? `true-${of}` : of);
}

export function drawLinearErrors(subject: Subject): Picture {
  const { language, runs, request } = subject;
  const { axes: names, notes, key: labels } = language.words.drawings;
  const parts = runs.map((run): Part<Run> => ({ value: run, labels: run.labels }));
  const layout = arrange(subject, parts, acrossAtMost(request.options, 190));
  const size = panelSize(request.options, layout, { ratio: 0.72, most: 300 });
  const drawn = runs.flatMap((run) => measures.flatMap(({ of }) => models.map((model) => errorsOf(run, of, model))));
  const axes: Axes = {
    x: courseScale(
      runs.flatMap(({ artifact }) => Array.from(numbersOf(artifact, 'step'))),
      size.width,
    ),
    y: { type: 'log', domain: logDomain(drawn.flatMap((values) => Array.from(values))), length: size.height },
  };
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: run }) => {
      const steps = numbersOf(run.artifact, 'step');
      const at = partsAt(run);
      return [
        ...(at === undefined ? [] : [{ row, column, part: 'parting', x: at }]),
        ...measures.flatMap(({ part, of }) =>
          models.flatMap((model) =>
            lineRows(steps, errorsOf(run, of, model), axes, `${model}${part}`, {
              row,
              column,
              part: `${model}${part}`,
            }),
          ),
        ),
      ];
    }),
  );
  const titles = { x: names.step, y: names.error };
  const own = ownTitles(layout, titles);
  const x = coursePosition(own.x, axes.x);
  const y = position('y', own.y, axes.y);
  const content = measures.flatMap(({ part }) => models.map((model) => `${model}${part}`));
  const key: KeyEntry[] = [
    ...measures.map(
      ({ label, hue }): KeyEntry => ({
        label: labels[label],
        colour: hue,
        shape: 'line',
      }),
    ),
    { label: labels.linearised, colour: colour('ink'), shape: 'dashed' },
    ...(rows.some(({ part }) => part === 'parting')
      ? [{ label: labels.parting, colour: colour('ink'), shape: 'thin', part: 'parting' } as const]
      : []),
  ];
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer('parting', { type: 'rule', color: colour('ink'), strokeWidth: 1 }, { x }),
      ...models.flatMap((model) =>
        measures.map(({ part, hue }) =>
          layer(
            `${model}${part}`,
            { type: 'line', color: hue, ...(model === '' ? wide : dashed) },
            { x, y, order: { value: null }, detail: { field: 'line' } },
          ),
        ),
      ),
    ],
    content: { parts: content, otherwise: notes.noError },
    key,
  });
  return { specification, description: describe(subject) };
}

/** The step at which the two part; undefined where they do not. */
function partsAt({ artifact }: Run): number | undefined {
  const at = artifact.values['parts-at'];
  return typeof at === 'number' ? at : undefined;
}

function describe(subject: Subject): string {
  const { language, runs } = subject;
  const { curves, key: labels, linear: words } = language.words.drawings;
  const facts = runs.map((run) => {
    const courses = (model: (typeof models)[number]): string =>
      joined(
        language,
        measures.map(({ of, label }) => {
          const values = errorsOf(run, of, model);
          const [first, last] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN];
          if (!Number.isFinite(last)) return undefined;
          return say(curves.course, { label: labels[label], first: number(first), last: number(last) });
        }),
      );
    const at = partsAt(run);
    const step = at === undefined ? undefined : stepLabel(language.words.scripts.figure, at);
    const told = joined(language, [
      courses(''),
      say(words.linearised, { fact: courses('linear-') }),
      step === undefined ? words.never : say(words.parts, { step }),
    ]);
    return factOf(language, runName(run, language), told);
  });
  const intro = say(words.intro, { names: trainedNames(subject) });
  return aboutRuns(language, intro, facts);
}
