/** What the pages show of a plan's results, as far as they are known. */
import { groupBy } from '../shared/group-by.js';
import type { DrawnFigure } from '../figures/figure.js';
import { figureData } from '../figures/figure-data.js';
import { csvOf } from '../shared/csv.js';
import { movingScript } from '../figures/moving/figure-that-moves.js';
import { vegaScript } from '../figures/vega-figure.js';
import { sha256 } from '../shared/hash.js';
import { memoizeLast } from '../shared/lazy.js';
import { type Memo, openMemo } from '../shared/memo.js';
import { requestsIn } from '../plan/expression/expression.js';
import type { FigureRequest, NumberRequest, Plan, PlannedStep, TableRequest } from '../plan/plan.js';
import { colophonVersion } from '../shared/program.js';
import { referenceOf } from '../reference/reference-of.js';
import { escapeHtml } from '../render/html.js';
import type { FigurePart, RenderParts, RunNote, TablePart } from '../render/parts.js';
import type { Page, Report } from '../source/report.js';
import { usesEngine } from '../steps/step.js';
import { withComputedAlternative } from './computed-alternative.js';
import { figureFiles } from './figure-files.js';
import { labScripts } from './lab-scripts.js';
import type { KnownOfPlan } from './known.js';
import { type Places, placesOf, wayTo } from './way-to.js';
import { verifyPlans } from './verify-plans.js';
import { type Printed, printNumber, readFrom, tableNote } from './print-numbers.js';

/** Stands for a number that is not known yet. */
const pendingNumber = '…';

/** Reads what is known of one plan. */
interface Reader {
  readonly known: KnownOfPlan;
  readonly print: (request: NumberRequest, page: Page) => Printed;
  readonly noteOf: (cells: readonly Printed[], leavesOut: boolean, page: Page) => string;
  readonly runs: (steps: readonly PlannedStep[]) => RunNote[];
}

/** `downloads` remembers the digests of the files that readers can download. */
export function pageParts(
  report: Report,
  plan: Plan,
  known: KnownOfPlan,
  downloads: Memo<string> = openMemo(),
): RenderParts {
  const reader = readerOf(known, report);
  const places = placesOf(report);
  const values = new Map([...plan.values].map(([at, request]) => [at, reader.print(request, request.page).text]));
  const experiments = experimentsOf(report, plan, reader);
  const profiles = new Set([...experiments.values()].flat().map(({ profile }) => profile));
  return {
    figures: figureParts(plan, reader, places, values, downloads),
    tables: new Map(plan.tables.map((request) => [request.id, tablePart(request, reader, places)])),
    reference: (name) => referenceOf(name, plan.ownKinds),
    values,
    claims: new Map(plan.claims.map(({ at, text }) => [at, text])),
    valueSources: new Map([
      ...[...plan.values].map(([at, { sources }]): [string, readonly string[]] => [at, sources]),
      ...plan.claims.map(({ at, sources }): [string, readonly string[]] => [at, sources]),
    ]),
    experiments,
    verify: verifyPlans(report, plan, known),
    colophon: {
      version: colophonVersion(),
      profiles: [...profiles].filter((profile) => profile !== '').sort(),
      imports: plan.steps.some(({ kind }) => kind.source !== undefined),
    },
  };
}

function readerOf(known: KnownOfPlan, { languageOf }: Report): Reader {
  const { results } = known;
  const read = readFrom((step) => results.get(step.key)?.artifact);
  return {
    known,
    print: (request, page) => {
      const isKnown = requestsIn(request.expression).every(({ step }) => results.has(step.key));
      return isKnown ? printNumber(request, read, languageOf(page.language)) : { text: pendingNumber, ends: [] };
    },
    noteOf: (cells, leavesOut, page) => tableNote(cells, leavesOut, languageOf(page.language)),
    runs: (steps) => [...new Set(steps)].map((step) => runNote(step, known)),
  };
}

function runNote(step: PlannedStep, { results }: KnownOfPlan): RunNote {
  const record = results.get(step.key)?.record;
  const source = step.kind.source?.(step.options);
  const onEngine = usesEngine(step);
  return {
    id: step.id,
    name: step.name,
    coordinates: step.coordinates,
    key: step.key,
    profile: onEngine ? (record?.profile ?? '') : '',
    device: onEngine ? (record?.device ?? '') : '',
    seed: seedOf(step),
    inputs: [...new Set(Object.values(step.inputs).map(({ id }) => id))],
    ...(record?.divergedAt !== undefined && { divergedAt: record.divergedAt }),
    ...(source !== undefined && { imported: { source, files: step.files } }),
    ...(step.kind.isOwnCode === true && { isOwnCode: true }),
  };
}

/** The seed of a step's own random streams, or of the training that it was computed from. */
function seedOf({ options, inputs }: PlannedStep): number | undefined {
  const { seed } = options as { readonly seed?: unknown };
  if (typeof seed === 'number') return seed;
  const [of] = Object.values(inputs);
  return of === undefined ? undefined : seedOf(of);
}

function figureParts(
  { figures }: Plan,
  { known, runs }: Reader,
  places: Places,
  values: ReadonlyMap<string, string>,
  downloads: Memo<string>,
): Map<string, FigurePart> {
  // What is made of one figure's rows is made in one go.
  const dataOf = memoizeLast(figureData);
  const labOf = labScripts(figures, known);
  return new Map(
    figures.map((request): [string, FigurePart] => {
      const { id, options, shown } = request;
      const drawn = drawnFigure(request, known, values);
      const part = {
        drawn,
        caption: options.caption,
        wide: options.wide,
        interactive: known.interactive.get(known.lookOf(request)),
        lab: labOf(id),
        script: vegaScript(drawn, sha256) ?? movingScript(drawn, sha256),
        narrowScript: drawn.narrow && vegaScript({ id: `${id}.n`, vega: drawn.narrow.vega }, sha256),
        runs: runs(shown.flatMap(({ steps }) => steps)),
        way: wayTo(
          shown.flatMap(({ steps }) => steps),
          places,
        ),
        pictures: shown.flatMap(({ picture }) => picture ?? []),
        ...figureFiles(drawn, dataOf, downloads),
      };
      return [id, part];
    }),
  );
}

function drawnFigure(request: FigureRequest, known: KnownOfPlan, values: ReadonlyMap<string, string>): DrawnFigure {
  const { number, directive } = request;
  const drawn = known.drawings.get(known.lookOf(request));
  if (drawn === undefined) return pendingFigure(request);
  return withComputedAlternative({ ...drawn, number }, directive, values);
}

/** A figure whose results are not there yet. */
function pendingFigure({ id, number, language }: FigureRequest): DrawnFigure {
  const text = language.words.figures.computing;
  const safe = escapeHtml(text);
  const svg = `<svg class="pending" viewBox="0 0 640 240" width="640" height="240" role="img" aria-label="${safe}"><text x="320" y="124" text-anchor="middle" fill="currentColor">${safe}</text></svg>`;
  return {
    ...{ id, number, svg, description: text, width: 640, height: 240 },
    ...{ specification: '', vega: '', digest: 'pending' },
  };
}

function tablePart(
  { number, columns, rows, steps, options, page }: TableRequest,
  { print, noteOf, runs }: Reader,
  places: Places,
): TablePart {
  const printed = rows.map((row) =>
    row.map((cell): Printed => (typeof cell === 'string' ? { text: cell, ends: [] } : print(cell, page))),
  );
  const csv = csvOf({
    columns: columns.map(({ label, group }) => (group === undefined ? label : `${group}, ${label}`)),
    rows: printed.map((row) => row.map(({ text }) => text)),
  });
  return {
    number,
    columns,
    rows: printed.map((row) => row.map(({ text, ends }) => ({ text, marked: ends.length > 0 }))),
    note: noteOf(printed.flat(), options.diverged === 'leave-out', page),
    csv,
    caption: options.caption,
    runs: runs(steps),
    way: wayTo(steps, places),
  };
}

/** The runs of every directive that asks for steps, by its id. */
function experimentsOf(report: Report, plan: Plan, { runs }: Reader): Map<string, RunNote[]> {
  const steps = groupBy(plan.steps, ({ id }) => id);
  const ids = report.pages.flatMap(({ directives }) => directives.map(({ id }) => id));
  return new Map(
    ids.flatMap((id): [string, RunNote[]][] => {
      const own = steps.get(id);
      return own === undefined ? [] : [[id, runs(own)]];
    }),
  );
}
