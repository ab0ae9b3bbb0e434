/** Which panel each part of a picture goes to, and how several parts within one panel are told apart. */
import type { Ending } from './endings.js';
import type { Subject } from './subject.js';
import type { Spoken } from './words.js';

/** One record of a figure's data. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** A part of a picture, such as a run at a checkpoint, and its label on every axis that it has. */
export interface Part<Value> {
  readonly value: Value;
  readonly labels: ReadonlyMap<string, string>;
}

export interface Panel<Value> {
  /** Where it stands, from 0; the fields of all its rows. */
  readonly row: number;
  readonly column: number;
  /** For people: "10 hidden units · step 0". */
  readonly title: string;
  readonly members: readonly Member<Value>[];
}

export interface Member<Value> {
  readonly value: Value;
  /** What tells it from the others in its panel; "" when it is alone. */
  readonly name: string;
  /** Counts the distinct names over all panels but for seeds: members of one series share a colour. */
  readonly series: number;
}

export interface Layout<Value> {
  readonly panels: readonly Panel<Value>[];
  /** Their names. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** The names of the series, by number. */
  readonly series: readonly string[];
  /** One facet only: its panels fill a grid in reading order, and each says its own title. */
  readonly wrapped: boolean;
  /** Which of its runs diverged. */
  readonly endings: readonly Ending[];
  readonly language: Spoken;
  /** Whether it is the panel of a figure that moves. */
  readonly moving: boolean;
  /** Whether its panels stand below each other, each with axes of its own: they are never in sight together. */
  readonly narrow: boolean;
}

const nowhere = { row: 0, column: 0, title: '', members: [] };
/** In one figure. */
export const mostPanels = 64;
const separator = ' · ';

/** Lays the parts out as the picture's rules and the author's `facet` say. */
export function arrange<Value>(subject: Subject, parts: readonly Part<Value>[], acrossAtMost: number): Layout<Value> {
  const { rows, columns, within } = panelAxes(subject, parts);
  const { endings, moving, language, narrow = false } = subject;
  const placed = { ...place(parts, rows, columns, within), endings, language, moving: moving !== undefined, narrow };
  // Where there is nothing to show, there is a panel to say so.
  const layout = parts.length > 0 ? placed : { ...placed, rows: [''], columns: [''], panels: [nowhere] };
  return rows.length > 0 && columns.length > 0 && !narrow ? layout : wrap(layout, acrossAtMost);
}

/** Which axes tell the panels apart, in rows and in columns, and which tell apart what is within one. */
export function panelAxes(
  { picture, request: { options } }: Pick<Subject, 'picture' | 'request'>,
  parts: readonly Pick<Part<unknown>, 'labels'>[],
): { readonly rows: readonly string[]; readonly columns: readonly string[]; readonly within: readonly string[] } {
  const { overlay = [], facets = [] } = picture.panels(options);
  const values = axisValues(parts);
  const varying = [...values.keys()].filter((axis) => (values.get(axis)?.size ?? 0) > 1);
  const asked = (options.facet ?? []).map((name) => facetAxis(name, values));
  const chosen = asked.length > 0 ? asked : facets.filter((axis) => varying.includes(axis)).slice(0, 2);
  const separate = varying.filter((axis) => !chosen.includes(axis) && overlay !== 'all' && !overlay.includes(axis));
  const [rows, columns] = share(chosen, separate, asked.length > 0);
  return { rows, columns, within: varying.filter((axis) => ![...rows, ...columns].includes(axis)) };
}

/** Every axis of any part with its labels, in order of appearance. */
export function axisValues(parts: readonly Pick<Part<unknown>, 'labels'>[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const { labels } of parts) {
    for (const [axis, label] of labels) values.set(axis, (values.get(axis) ?? new Set()).add(label));
  }
  return values;
}

/** "width" is what people call a network's hidden widths. */
export function facetAxis(name: string, axes: ReadonlyMap<string, unknown>): string {
  return name === 'width' && !axes.has('width') && axes.has('hidden') ? 'hidden' : name;
}

/** Which axes make rows and which columns; only one of them when there is only one to share. */
function share(chosen: readonly string[], separate: readonly string[], asked: boolean): [string[], string[]] {
  const [first, second] = chosen;
  if (second !== undefined) return [[first ?? '', ...separate], [second]];
  if (first !== undefined && separate.length > 0) return asked ? [[first], [...separate]] : [[...separate], [first]];
  if (first !== undefined) return [[], [first]];
  if (separate.length <= 1) return [[], [...separate]];
  // Time runs across; so does the last of the axes where there is no time.
  const across = separate.includes('step') ? 'step' : (separate.at(-1) ?? '');
  return [separate.filter((axis) => axis !== across), [across]];
}

function place<Value>(
  parts: readonly Part<Value>[],
  rowAxes: readonly string[],
  columnAxes: readonly string[],
  within: readonly string[],
): Omit<Layout<Value>, 'endings' | 'language' | 'moving' | 'narrow'> {
  const panels = new Map<string, Panel<Value> & { members: Member<Value>[] }>();
  const series: string[] = [];
  const rows: string[] = [];
  const columns: string[] = [];
  const label = (part: Part<Value>, axes: readonly string[]): string =>
    axes
      .map((axis) => part.labels.get(axis) ?? '')
      .filter((text) => text !== '')
      .join(separator);
  const number = (names: string[], name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  for (const part of parts) {
    const [rowName, columnName] = [label(part, rowAxes), label(part, columnAxes)];
    const [row, column] = [number(rows, rowName), number(columns, columnName)];
    const title = [rowName, columnName].filter((text) => text !== '').join(separator);
    const key = `${row},${column}`;
    const panel = panels.get(key) ?? { row, column, title, members: [] };
    panels.set(key, panel);
    const unseeded = within.filter((axis) => axis !== 'seed');
    panel.members.push({ value: part.value, name: label(part, within), series: number(series, label(part, unseeded)) });
  }
  const ordered = [...panels.values()].sort((a, b) => a.row - b.row || a.column - b.column);
  return { panels: ordered, rows, columns, series, wrapped: false };
}

/** A single line of panels, broken into rows of equal length where it is too long. */
function wrap<Value>(layout: Layout<Value>, acrossAtMost: number): Layout<Value> {
  const total = layout.panels.length;
  const isGrid = layout.rows.length > 1 && layout.columns.length > 1;
  if (total <= 1 || (isGrid && !layout.narrow)) return layout;
  // Three are never two and one.
  const down = Math.ceil(total / (total === 3 && acrossAtMost === 2 ? 1 : acrossAtMost));
  const across = Math.ceil(total / down);
  if (down === 1) return { ...layout, panels: layout.panels.map((panel, column) => ({ ...panel, row: 0, column })) };
  const names = (length: number): string[] => Array.from({ length }, () => '');
  return {
    ...layout,
    rows: names(down),
    columns: names(across),
    wrapped: true,
    panels: layout.panels.map((panel, index) => ({
      ...panel,
      row: Math.floor(index / across),
      column: index % across,
    })),
  };
}
