/**
 * Many lines as one mark. Vega-Lite gives each line of a mark a group, and Vega each of these a dataflow of its own, which
 * takes most of the time of a drawing with many lines. Here they are items of one mark, each with its rows.
 */
import * as vega from 'vega';
import type { VegaSpecification } from './vega-figure.js';

/** The type of the mark. Each of its items has, as `points`, itself and its other points. */
export const polyline = 'polyline';

interface VegaMark {
  attr(emit: (name: string, value: unknown) => void, item: object): void;
  bound(bounds: object, of: object): object;
}

interface Line {
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

/** The same specification with lines as polylines, wherever nothing else in it asks for one of them. */
export function withPolylines(specification: Part): Part {
  const { marks, data } = specification;
  if (!Array.isArray(marks)) return specification;
  const sets: Part[] = [];
  const drawn = (marks as readonly Part[]).map((mark) => {
    const found = lineGroup(mark);
    if (found === undefined) return withPolylines(mark);
    const { line, name, source, groupby } = found;
    const [field] = groupby;
    sets.push({
      name,
      source,
      transform: [{ type: 'aggregate', groupby, fields: [field], ops: ['values'], as: ['rows'] }],
    });
    return { ...line, type: polyline, from: { data: name } };
  });
  if (sets.length === 0) return { ...specification, marks: drawn };
  return { ...specification, marks: drawn, data: [...((data ?? []) as readonly Part[]), ...sets] };
}

interface LineGroup {
  readonly line: Part;
  readonly name: string;
  readonly source: string;
  readonly groupby: readonly string[];
}

function lineGroup({ type, from, marks }: Part): LineGroup | undefined {
  const facet = (from as { facet?: { name: string; data: string; groupby: string[] } } | undefined)?.facet;
  const [line, ...others] = (marks ?? []) as readonly Part[];
  if (type !== 'group' || facet === undefined || line === undefined || others.length > 0) return undefined;
  if (line['type'] !== 'line' || line['sort'] !== undefined || 'aggregate' in facet) return undefined;
  return { line, name: facet.name, source: facet.data, groupby: facet.groupby };
}
