/**
 * Many lines as one mark. Vega-Lite gives each line of a mark a group, and Vega each of these a dataflow of its own, which
 * takes most of the time of a drawing with many lines. Here they are items of one mark, each with its rows.
 */
import * as vega from 'vega';
import { polyline } from './expressions/line-encoder.js';
import type { VegaSpecification } from './vega-figure.js';

interface VegaMark {
  attr(emit: (name: string, value: unknown) => void, item: object): void;
  bound(bounds: object, of: object): object;
}

interface Line {
  /** Itself, and its other points. */
  readonly points: readonly object[];
}

const { Marks } = vega as unknown as { readonly Marks: Record<string, VegaMark> & { readonly line: VegaMark } };

Marks[polyline] = {
  ...Marks.path,
  type: polyline,
  tag: 'path',
  nested: false,
  attr: (emit: never, { points }: Line) => {
    Marks.line.attr(emit, { mark: { items: points } });
  },
  bound: (bounds: object, { points }: Line) => Marks.line.bound(bounds, { items: points }),
} as unknown as VegaMark;

type Part = VegaSpecification;

/** The same specification with its lines as polylines, but for those that something else in it is made from. */
export function withPolylines(specification: Part): Part {
  return redrawn(specification, new Set(sourcesOf(specification)));
}

/** The names of the data, and of the marks, that marks are made from. */
function sourcesOf({ marks, from }: Part): unknown[] {
  return [(from as Part | undefined)?.['data'], ...partsOf(marks).flatMap(sourcesOf)];
}

function redrawn(specification: Part, sources: ReadonlySet<unknown>): Part {
  const { marks, data } = specification;
  if (marks === undefined) return specification;
  const sets: Part[] = [];
  const drawn = partsOf(marks).map((mark) => {
    const group = lineGroup(mark);
    if (group === undefined || sources.has(group.line['name'])) return redrawn(mark, sources);
    const { line, name, source, groupby } = group;
    const [field] = groupby;
    const rows = { type: 'aggregate', groupby, fields: [field], ops: ['values'], as: ['rows'] };
    sets.push({ name, source, transform: [rows] });
    return { ...line, type: polyline, from: { data: name } };
  });
  return { ...specification, marks: drawn, ...(sets.length > 0 && { data: [...partsOf(data), ...sets] }) };
}

function partsOf(list: unknown): readonly Part[] {
  return (list ?? []) as readonly Part[];
}

interface LineGroup {
  readonly line: Part;
  readonly name: string;
  readonly source: string;
  readonly groupby: readonly string[];
}

function lineGroup({ type, from, marks }: Part): LineGroup | undefined {
  const facet = (from as { facet?: { name: string; data: string; groupby: string[] } } | undefined)?.facet;
  const [line, ...others] = partsOf(marks);
  if (type !== 'group' || facet === undefined || line === undefined || others.length > 0) return undefined;
  if (line['type'] !== 'line' || line['sort'] !== undefined || 'aggregate' in facet) return undefined;
  return { line, name: facet.name, source: facet.data, groupby: facet.groupby };
}
