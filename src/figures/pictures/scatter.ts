/** What scatters share: dots over the line on which both axes agree. */
import { extent } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize, type Titles } from '../frame.js';
import type { Specification } from '../drawing.js';
import { ghost, ghostKey, type SwitchedAxes, switchedAxes } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import type { Subject } from '../subject.js';
import { colour } from '../theme.js';
import { count, say, type Spoken } from '../words.js';
import { type Dots, dotRows, scatterMargin } from './scatter-rows.js';

/** Dots of one look, the first ones below the others. */
export interface Cloud extends Dots {
  /** "training samples". */
  readonly label: string;
  readonly colour: string;
  readonly size: number;
}

export interface Scatter {
  readonly clouds: readonly Cloud[];
  /** Said in the panel's corner. */
  readonly note?: string;
}

/** Of more dots in all panels only as many are drawn, evenly from all of them. */
const mostDots = { still: 4500, moving: 1500 };

/** `equal` is what the line says; of a figure that moves, `course` is what it goes through, and `start` its first moment. */
export function scatter(
  subject: Subject,
  parts: readonly Part<Scatter>[],
  titles: Titles & { readonly equal: string },
  { course = parts, start = [] }: { readonly course?: readonly Part<Scatter>[]; readonly start?: readonly Dots[] } = {},
): { readonly specification: Specification; readonly stride: number; readonly axes: SwitchedAxes } {
  const { options } = subject.request;
  const { key: words, notes } = subject.language.words.drawings;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 1, most: layout.rows.length > 1 ? 240 : 340 });
  const clouds = parts.flatMap(({ value }) => value.clouds);
  const stride = Math.max(
    1,
    Math.ceil(
      clouds.reduce((sum, { x }) => sum + x.length, 0) /
        (subject.moving === undefined ? mostDots.still : mostDots.moving),
    ),
  );
  // One range for both axes: the line of equal numbers is then the diagonal.
  const gone = course.flatMap(({ value }) => value.clouds);
  const axes = switchedAxes(subject, clouds, gone, (some) => {
    const range = axisDomain(extent(...some.flatMap(({ x, y }) => [x, y])), scatterMargin);
    return { x: range, y: range };
  });
  const domain = axes.shown.x ?? [0, 1];
  const labels = [...new Set(gone.map(({ label }) => label))];
  const rows = layout.panels.flatMap(({ row, column, members }) => [
    { row, column, part: 'equal', x: domain[0], y: domain[0], x2: domain[1], y2: domain[1] },
    ...members.flatMap(({ value }) => [
      ...value.clouds.flatMap((cloud) =>
        dotRows(cloud, stride, { row, column, part: `dots-${labels.indexOf(cloud.label)}` }),
      ),
      ...(value.note === undefined ? [] : [{ row, column, part: 'note', text: value.note }]),
      ...start.flatMap((own) => dotRows(own, stride, { row, column, part: 'start' })),
    ]),
  ]);
  const own = ownTitles(layout, titles);
  const named = clouds.some(({ names }) => names !== undefined);
  const x = position(
    'x',
    own.x,
    { type: 'linear', domain, length: size.width },
    { tickCount: size.width < 180 ? 3 : 5 },
  );
  const y = position('y', own.y, { type: 'linear', domain, length: size.height }, { tickCount: 5 });
  const tooltip = ['x', 'y', ...(named ? ['name'] : [])].map((field) => ({ field }));
  const looks = labels.map((label) => gone.find((cloud) => cloud.label === label)).filter((look) => look !== undefined);
  const key = looks.map(
    (look, index): KeyEntry => ({
      label: labelOf(look, clouds, stride, words.drawnOf),
      colour: look.colour,
      shape: 'dot',
      part: `dots-${index}`,
    }),
  );
  const moves = subject.moving !== undefined;
  const specification = frame({
    layout,
    size,
    titles: { x: titles.x, y: titles.y },
    rows,
    layers: [
      layer(
        'equal',
        { type: 'rule', color: colour('ink'), strokeWidth: 1, strokeOpacity: 0.75, tooltip: null },
        { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
      ),
      ...(moves ? [ghost('start', { type: 'point', filled: true, size: 10 }, { x, y })] : []),
      ...looks.map((look, index) =>
        layer(
          `dots-${index}`,
          { type: 'point', filled: true, color: look.colour, size: look.size, opacity: 0.75 },
          { x, y, tooltip },
        ),
      ),
    ],
    content: { parts: looks.map((_, index) => `dots-${index}`), otherwise: notes.noNumber },
    key: [
      ...key,
      { label: titles.equal, colour: colour('ink'), shape: 'thin' },
      ...(start.length > 0 ? ghostKey(subject, 'dot') : []),
    ],
  });
  return { specification, stride, axes };
}

function labelOf(
  { label }: Cloud,
  clouds: readonly Cloud[],
  stride: number,
  word: Spoken['words']['drawings']['key']['drawnOf'],
): string {
  if (stride === 1) return label;
  const lengths = clouds.filter((cloud) => cloud.label === label).map(({ x }) => x.length);
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const drawn = lengths.reduce((sum, length) => sum + Math.ceil(length / stride), 0);
  return drawn === all ? label : say(word, { label, drawn: count(drawn), count: count(all) });
}
