/** What scatters share: dots over the line on which both axes agree. */
import { extent } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize, type Titles } from '../frame.js';
import type { Specification } from '../drawing.js';
import { arrange, type Part, type Row } from '../panels.js';
import type { Subject } from '../subject.js';
import { colour } from '../theme.js';
import { count } from '../words.js';

/** Dots of one look, the first ones below the others. */
export interface Cloud {
  /** "training samples". */
  readonly label: string;
  readonly colour: string;
  readonly size: number;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** What each is called under a pointer. */
  readonly names?: readonly string[];
}

export interface Scatter {
  readonly clouds: readonly Cloud[];
  /** Said in the panel's corner. */
  readonly note?: string;
}

/** Of more dots in all panels only as many are drawn, evenly from all of them. */
const mostDots = 4500;

/** `equal` is what the line says. */
export function scatter(
  subject: Subject,
  parts: readonly Part<Scatter>[],
  titles: Titles & { readonly equal: string },
): Specification {
  const { options } = subject.request;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout.columns.length, { ratio: 1, most: layout.rows.length > 1 ? 240 : 340 });
  const clouds = parts.flatMap(({ value }) => value.clouds);
  const stride = Math.max(1, Math.ceil(clouds.reduce((sum, { x }) => sum + x.length, 0) / mostDots));
  // One range for both axes: the line of equal numbers is then the diagonal.
  const domain = axisDomain(extent(...clouds.flatMap(({ x, y }) => [x, y])), 0.04);
  const labels = [...new Set(clouds.map(({ label }) => label))];
  const rows = layout.panels.flatMap(({ row, column, members }) => [
    { row, column, part: 'equal', x: domain[0], y: domain[0], x2: domain[1], y2: domain[1] },
    ...members.flatMap(({ value }) => [
      ...value.clouds.flatMap((cloud) =>
        dots(cloud, stride, { row, column, part: `dots-${labels.indexOf(cloud.label)}` }),
      ),
      ...(value.note === undefined ? [] : [{ row, column, part: 'note', text: value.note }]),
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
  const looks = labels
    .map((label) => clouds.find((cloud) => cloud.label === label))
    .filter((look) => look !== undefined);
  const key = looks.map(
    (look): KeyEntry => ({ label: labelOf(look, clouds, stride), colour: look.colour, shape: 'dot' }),
  );
  return frame({
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
      ...looks.map((look, index) =>
        layer(
          `dots-${index}`,
          { type: 'point', filled: true, color: look.colour, size: look.size, opacity: 0.75 },
          { x, y, tooltip },
        ),
      ),
    ],
    content: { parts: looks.map((_, index) => `dots-${index}`), otherwise: 'no number that is finite' },
    key: [...key, { label: titles.equal, colour: colour('ink'), shape: 'thin' }],
  });
}

function dots({ x, y, names }: Cloud, stride: number, row: Row): Row[] {
  return Array.from({ length: Math.ceil(x.length / stride) }, (_, place) => place * stride).flatMap((index): Row[] => {
    const [atX, atY] = [x[index] ?? Number.NaN, y[index] ?? Number.NaN];
    if (!Number.isFinite(atX) || !Number.isFinite(atY)) return [];
    return [{ ...row, x: atX, y: atY, ...(names !== undefined && { name: names[index] ?? '' }) }];
  });
}

function labelOf({ label }: Cloud, clouds: readonly Cloud[], stride: number): string {
  if (stride === 1) return label;
  const lengths = clouds.filter((cloud) => cloud.label === label).map(({ x }) => x.length);
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const drawn = lengths.reduce((sum, length) => sum + Math.ceil(length / stride), 0);
  return drawn === all ? label : `${label}, ${count(drawn)} of ${count(all)}`;
}
