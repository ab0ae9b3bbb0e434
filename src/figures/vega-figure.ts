/** A figure as the page's runtime draws it again: its Vega specification, and its rows by column. */
import { dataScript } from '../shared/data-script.js';

/** A compiled specification, or a part of it, as plain data. */
export type VegaSpecification = Readonly<Record<string, unknown>>;

/** What the script of a figure gives to the page. */
export interface VegaFigure {
  /** Without the rows of its data sets. */
  readonly specification: VegaSpecification;
  /** Of each data set, by its name: the values of every column, null where a row has none. */
  readonly columns: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;
  /** What x, y and a shade's value are called in one of our own pictures; an author's specification says it itself. */
  readonly titles?: { readonly x: string; readonly y: string; readonly value?: string };
}

/** A larger figure stays a drawing: what a reader's pointer finds in it is not worth what it would make them load. */
const mostCharacters = 600_000;

/** What of Vega the page's runtime leaves out (scripts/bundle.mjs); Vega-Lite makes maps of it. */
const leftOut = /"type":"(?:geo|graticule)|"projections":/;

/** Regular expressions, and functions that make as much as they are told: a figure with them is drawn where that can be ended. */
const slow = /\b(?:regexp|test|pad|sequence)\(|[(,=:?&|!+[{] *\/(?![*/])/;

/** Larger drawings would make a page slow that draws them again. */
const mostDrawn = 3_000_000;

/** As JSON; empty for a figure that stays as it is. `drawn` is how many characters its drawing has. */
export function vegaFigure(compiled: VegaSpecification, drawn: number): string {
  if (drawn > mostDrawn) return '';
  const { usermeta, data, ...rest } = without(compiled, '$schema');
  const columns: Record<string, VegaFigure['columns'][string]> = {};
  const sets = asList(data).map((set) => {
    const { values, ...others } = set;
    if (!Array.isArray(values)) return set;
    columns[String(set['name'])] = columnsOf(values as readonly Row[]);
    return others;
  });
  const { titles } = (usermeta ?? {}) as Pick<VegaFigure, 'titles'>;
  const figure: VegaFigure = {
    specification: { ...rest, data: sets },
    columns,
    ...(titles !== undefined && { titles }),
  };
  const text = JSON.stringify(figure);
  return text.length > mostCharacters || leftOut.test(text) || slow.test(JSON.stringify(figure.specification))
    ? ''
    : text;
}

type Row = Readonly<Record<string, unknown>>;

function columnsOf(rows: readonly Row[]): Record<string, unknown[]> {
  const columns = new Map<string, unknown[]>();
  for (const [index, row] of rows.entries()) {
    for (const name of Object.keys(row)) {
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = rows.map(() => null)));
      column[index] = short(row[name] ?? null);
    }
  }
  return Object.fromEntries(columns);
}

/** Nine digits hold every float32, and more than any screen can show. */
function short(value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value;
}

/** The same specification without what it would show under a pointer, which a drawing has no use for. */
export function withoutTooltips(specification: VegaSpecification): VegaSpecification {
  const { marks, ...rest } = specification;
  if (marks === undefined) return specification;
  return {
    ...rest,
    marks: asList(marks).map((mark) => {
      const { update, ...encode } = (mark['encode'] ?? {}) as { readonly update?: Row };
      if (update?.['tooltip'] === undefined) return withoutTooltips(mark);
      return { ...withoutTooltips(mark), encode: { ...encode, update: without(update, 'tooltip') } };
    }),
  };
}

function without(object: Row, name: string): Row {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

function asList(value: unknown): readonly VegaSpecification[] {
  return Array.isArray(value) ? (value as readonly VegaSpecification[]) : [];
}

/** The script that brings a figure's specification to the page; undefined for one that stays as it is. */
export function vegaScript(
  { id, vega }: { readonly id: string; readonly vega: string },
  digest: (content: string) => string,
): { readonly path: string; readonly content: string } | undefined {
  if (vega === '') return undefined;
  const content = dataScript(`figure:${id}`, vega);
  return { path: `assets/figure-${id}-${digest(content).slice(0, 8)}.js`, content };
}
