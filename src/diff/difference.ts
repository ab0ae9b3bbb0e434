/** How two snapshots of a report differ. */
import { groupBy } from '../shared/group-by.js';
import { align, alignByName, type Pair } from './align.js';
import { type Causes, causesBetween, type EngineDeviation } from './causes.js';
import { changeOf, type NumberChange } from './number-change.js';
import { changedOptions, type OptionChange } from './options.js';
import type {
  Snapshot,
  SnapshotClaim,
  SnapshotDirective,
  SnapshotFigure,
  SnapshotStep,
  SnapshotTable,
} from './snapshot.js';

/** Where something stands, after the change where it still does. */
interface Placed {
  readonly page: string;
  readonly line: number;
}

/** What only one side has. */
export interface Membership<Name = string> {
  readonly added: readonly Name[];
  readonly removed: readonly Name[];
}

export interface DirectiveChange extends Placed {
  readonly kind: string;
  readonly id: string;
  readonly options: readonly OptionChange[];
}

/** A number in the text or in a table. */
export interface ChangedNumber extends Placed, NumberChange {
  /** The sentence that it stands in, or its row and column. */
  readonly context: string;
  /** Of one in a table. */
  readonly table?: string;
  /** The expression, of one in the text; before and after where it is another. */
  readonly written: readonly string[];
  readonly sources: readonly string[];
  readonly causes: Causes;
  /** Of one that only another engine changed. */
  readonly engines?: EngineDeviation;
}

export interface ClaimChange extends Placed {
  readonly sentence: string;
  readonly before?: { readonly written: string; readonly holds: boolean };
  readonly after?: { readonly written: string; readonly holds: boolean };
}

export interface FigureChange extends Placed {
  readonly id: string;
  readonly number: string;
  readonly before: SnapshotFigure;
  readonly after: SnapshotFigure;
  readonly causes: Causes;
  readonly engines?: EngineDeviation;
}

export interface TableShape extends Placed {
  readonly id: string;
  readonly rows: Membership;
  readonly columns: Membership;
}

export interface RunChange {
  readonly name: string;
  /** The step at which it diverged. */
  readonly before?: number;
  readonly after?: number;
}

/** A result that is another one. */
export interface ResultChange {
  readonly name: string;
  readonly before: SnapshotStep;
  readonly after: SnapshotStep;
  readonly engines?: EngineDeviation;
}

export interface Difference {
  readonly pages: Membership & { readonly changed: readonly string[] };
  readonly directives: Membership & { readonly changed: readonly DirectiveChange[] };
  readonly numbers: readonly ChangedNumber[];
  readonly tables: readonly TableShape[];
  readonly claims: readonly ClaimChange[];
  readonly figures: Membership & { readonly changed: readonly FigureChange[] };
  readonly results: Membership & { readonly changed: readonly ResultChange[]; readonly count: number };
  /** Runs that diverged, and no longer do, or the other way round. */
  readonly diverged: readonly RunChange[];
}

export function differenceOf(before: Snapshot, after: Snapshot): Difference {
  const causes = causesBetween(before, after);
  const pages = alignByName(before.pages, after.pages, ({ file }) => file);
  const directives = alignByName(before.directives, after.directives, ({ id }) => id);
  const figures = alignByName(before.figures, after.figures, ({ id }) => id);
  const steps = alignByName(before.steps, after.steps, ({ name }) => name);
  const tables = alignByName(before.tables, after.tables, ({ id }) => id);
  return {
    pages: { ...membership(pages, ({ file }) => file), changed: pages.flatMap(changedPage) },
    directives: { ...membership(directives, named), changed: directives.flatMap(changedDirective) },
    numbers: [...changedValues(before, after, causes), ...tables.flatMap((pair) => changedCells(pair, causes))],
    tables: tables.flatMap(changedShape),
    claims: changedClaims(before, after),
    figures: {
      ...membership(figures, ({ id }) => id),
      changed: figures.flatMap((pair) => changedFigure(pair, causes)),
    },
    results: {
      ...membership(steps, ({ name }) => name),
      changed: steps.flatMap(changedResult),
      count: after.steps.length,
    },
    diverged: steps.flatMap(changedRun),
  };
}

/** Whether nothing that a reader sees and no result is another. */
export function isSame({
  pages,
  directives,
  numbers,
  tables,
  claims,
  figures,
  results,
  diverged,
}: Difference): boolean {
  const lists = [pages, directives, figures, results].flatMap(({ added, removed }) => [added, removed]);
  const changed = [
    pages.changed,
    directives.changed,
    figures.changed,
    results.changed,
    numbers,
    tables,
    claims,
    diverged,
  ];
  return [...lists, ...changed].every(({ length }) => length === 0);
}

function named({ kind, id }: SnapshotDirective): string {
  return `${kind} #${id}`;
}

function membership<Entry>(pairs: readonly Pair<Entry>[], nameOf: (entry: Entry) => string): Membership {
  return {
    added: pairs.flatMap(({ before, after }) => (before === undefined && after !== undefined ? [nameOf(after)] : [])),
    removed: pairs.flatMap(({ before, after }) =>
      after === undefined && before !== undefined ? [nameOf(before)] : [],
    ),
  };
}

function changedPage({ before, after }: Pair<Snapshot['pages'][number]>): string[] {
  return before === undefined || after === undefined || before.digest === after.digest ? [] : [after.file];
}

function changedDirective({ before, after }: Pair<SnapshotDirective>): DirectiveChange[] {
  if (before === undefined || after === undefined) return [];
  const kinds = before.kind === after.kind ? [] : [{ path: 'kind', before: before.kind, after: after.kind }];
  const options = [...kinds, ...changedOptions(before.options, after.options)];
  const { kind, id, page, line } = after;
  return options.length === 0 ? [] : [{ kind, id, page, line, options }];
}

function changedValues(
  before: Snapshot,
  after: Snapshot,
  causes: (sources: readonly string[]) => Causes,
): ChangedNumber[] {
  const [olds, news] = [before, after].map(({ values }) => groupBy(values, ({ page }) => page));
  const pages = [...new Set([...(news?.keys() ?? []), ...(olds?.keys() ?? [])])];
  return pages.flatMap((page) =>
    align(olds?.get(page) ?? [], news?.get(page) ?? [], ({ written }) => written).flatMap((pair): ChangedNumber[] => {
      const change = changeOf(pair.before, pair.after);
      const value = pair.after ?? pair.before;
      if (change === undefined || value === undefined) return [];
      const { line, sentence: context, sources } = value;
      const written = [...new Set([pair.before?.written, pair.after?.written].filter((text) => text !== undefined))];
      return [{ page, line, context, ...change, written, sources, causes: causes(sources) }];
    }),
  );
}

/** The rows of a table by what they say besides numbers ("seed 0"), and the columns by their labels. */
function rowsOf({ rows, columns }: SnapshotTable): Map<string, Map<string, SnapshotTable['rows'][number][number]>> {
  const seen = new Map<string, number>();
  return new Map(
    rows.map((row) => {
      const label = row
        .flatMap(({ text, numbers }, index) => (numbers.length === 0 ? [`${columns[index] ?? ''} ${text}`.trim()] : []))
        .join(', ');
      const earlier = seen.get(label) ?? 0;
      seen.set(label, earlier + 1);
      const cells = row.map((cell, index): [string, typeof cell] => [columns[index] ?? '', cell]);
      return [earlier === 0 ? label : `${label} (${earlier + 1})`, new Map(cells)];
    }),
  );
}

function changedCells(
  { before, after }: Pair<SnapshotTable>,
  causes: (sources: readonly string[]) => Causes,
): ChangedNumber[] {
  if (before === undefined || after === undefined) return [];
  const [olds, news] = [rowsOf(before), rowsOf(after)];
  const { page, line, id: table, sources } = after;
  return [...news].flatMap(([row, cells]) =>
    [...cells].flatMap(([column, cell]): ChangedNumber[] => {
      const old = olds.get(row)?.get(column);
      const change = old === undefined || cell.numbers.length === 0 ? undefined : changeOf(old, cell);
      if (change === undefined) return [];
      const context = [row, column].filter((part) => part !== '').join(': ');
      return [{ page, line, context, table, ...change, written: [], sources, causes: causes(sources) }];
    }),
  );
}

function changedShape({ before, after }: Pair<SnapshotTable>): TableShape[] {
  const table = after ?? before;
  if (table === undefined) return [];
  const names = (of: SnapshotTable | undefined, part: 'rows' | 'columns'): string[] =>
    of === undefined ? [] : part === 'rows' ? [...rowsOf(of).keys()] : of.columns;
  const between = (part: 'rows' | 'columns'): Membership =>
    membership(
      alignByName(names(before, part), names(after, part), (name) => name),
      (name) => name,
    );
  const [rows, columns] = [between('rows'), between('columns')];
  const parts = [rows, columns].flatMap(({ added, removed }) => [...added, ...removed]);
  return parts.length === 0 ? [] : [{ id: table.id, page: table.page, line: table.line, rows, columns }];
}

function changedClaims(before: Snapshot, after: Snapshot): ClaimChange[] {
  const nameOf = ({ page, written }: SnapshotClaim): string => `${page} ${written}`;
  return align(before.claims, after.claims, nameOf).flatMap((pair): ClaimChange[] => {
    const claim = pair.after ?? pair.before;
    const isAlike = pair.before?.written === pair.after?.written && pair.before?.holds === pair.after?.holds;
    if (claim === undefined || isAlike) return [];
    const { page, line, sentence } = claim;
    const said = (one: SnapshotClaim | undefined) => one && { written: one.written, holds: one.holds };
    const [old, now] = [said(pair.before), said(pair.after)];
    return [
      { page, line, sentence, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) },
    ];
  });
}

function changedFigure(
  { before, after }: Pair<SnapshotFigure>,
  causes: (sources: readonly string[]) => Causes,
): FigureChange[] {
  if (before === undefined || after === undefined || before.digest === after.digest) return [];
  const { id, number, page, line, sources } = after;
  return [{ id, number, page, line, before, after, causes: causes([...sources, id]) }];
}

function changedResult({ before, after }: Pair<SnapshotStep>): ResultChange[] {
  if (before === undefined || after === undefined || before.digest === after.digest) return [];
  return [{ name: after.name, before, after }];
}

function changedRun({ before, after }: Pair<SnapshotStep>): RunChange[] {
  if (before === undefined || after === undefined || before.divergedAt === after.divergedAt) return [];
  return [
    {
      name: after.name,
      ...(before.divergedAt !== undefined && { before: before.divergedAt }),
      ...(after.divergedAt !== undefined && { after: after.divergedAt }),
    },
  ];
}
