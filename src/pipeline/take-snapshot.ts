/** What a report says with what is known of its results: `snapshot.json` of its site. */
import type { Snapshot, SnapshotCell } from '../diff/snapshot.js';
import { evaluate, holds, type Read } from '../plan/expression/evaluate.js';
import type { NumberRequest, Plan, PlannedStep, TableRequest } from '../plan/plan.js';
import { figureFile } from '../render/account.js';
import { anchorOf } from '../render/labels.js';
import { colophonVersion } from '../shared/program.js';
import type { Directive, Page, Report } from '../source/report.js';
import type { KnownOfPlan } from './known.js';
import { printNumber, readFrom } from './print-numbers.js';

/** Undefined while a result or a drawing is missing. The same report with the same results gives the same snapshot. */
export function takeSnapshot(report: Report, plan: Plan, known: KnownOfPlan): Snapshot | undefined {
  const { results, drawings, lookOf } = known;
  const isWhole = plan.steps.every(({ key }) => results.has(key));
  if (!isWhole || plan.figures.some((figure) => !drawings.has(lookOf(figure)))) return undefined;
  const read = readFrom((step) => results.get(step.key)?.artifact);
  return {
    format: 1,
    colophon: colophonVersion(),
    pages: report.pages.map(({ file, title, digest }) => ({ file, title, digest })),
    directives: report.pages.flatMap(directivesOf),
    values: report.pages.flatMap((page) => valuesOf(page, plan, read, report)),
    tables: plan.tables.map((table) => tableOf(table, read, report)),
    claims: plan.claims.map(({ text, sentence, sources, expression, place }) => {
      const { file, line } = place();
      return { page: file, line, written: text, sentence, holds: holds(expression, read), sources: [...sources] };
    }),
    figures: plan.figures.map((figure) => ({
      ...placeOf(figure),
      number: figure.number,
      svg: figureFile(anchorOf(figure.directive), 'svg'),
      csv: figureFile(anchorOf(figure.directive), 'csv'),
      digest: drawings.get(lookOf(figure))?.digest ?? '',
      sources: idsOf(figure.shown.flatMap(({ steps }) => steps)),
    })),
    steps: plan.steps.flatMap((step) => stepOf(step, known)),
  };
}

function directivesOf({ directives }: Page): Snapshot['directives'] {
  return directives.map((directive) => ({
    ...placeOf({ directive }),
    kind: directive.kind,
    options: structuredClone(directive.body) as Snapshot['directives'][number]['options'],
  }));
}

function placeOf({ directive: { id, place } }: { readonly directive: Directive }): {
  id: string;
  page: string;
  line: number;
} {
  return { id, page: place.file, line: place.line };
}

function valuesOf(page: Page, { values }: Plan, read: Read, report: Report): Snapshot['values'] {
  return page.inline.flatMap(({ at, text, sentence, place }) => {
    const request = values.get(at);
    if (request === undefined) return [];
    const said = { written: text, sentence, sources: [...request.sources] };
    return [{ page: place.file, line: place.line, ...printed(request, page, read, report), ...said }];
  });
}

function printed(request: NumberRequest, page: Page, read: Read, report: Report): SnapshotCell {
  const { text } = printNumber(request, read, report.languageOf(page.language));
  const numbers = evaluate(request.expression, read).map((value) =>
    typeof value === 'number' && Number.isFinite(value) ? value : null,
  );
  return { text, numbers };
}

function tableOf(table: TableRequest, read: Read, report: Report): Snapshot['tables'][number] {
  const { number, columns, rows, steps, page } = table;
  return {
    ...placeOf(table),
    number,
    columns: columns.map(({ label, group }) => (group === undefined ? label : `${group}, ${label}`)),
    rows: rows.map((row) =>
      row.map((cell) => (typeof cell === 'string' ? { text: cell, numbers: [] } : printed(cell, page, read, report))),
    ),
    sources: idsOf(steps),
  };
}

function idsOf(steps: readonly PlannedStep[]): string[] {
  return [...new Set(steps.map(({ id }) => id))];
}

function stepOf(step: PlannedStep, { results }: KnownOfPlan): Snapshot['steps'] {
  const result = results.get(step.key);
  if (result === undefined) return [];
  const { record, artifact, digest } = result;
  const { profile, device } = record;
  return [
    {
      ...{ name: step.name, id: step.id, key: step.key, digest, profile, device },
      inputs: [...new Set(Object.values(step.inputs).map(({ name }) => name))],
      ...(artifact.divergedAt !== undefined && { divergedAt: artifact.divergedAt }),
    },
  ];
}
