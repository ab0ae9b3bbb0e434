/** The conductor: readReport -> planReport -> runPlan -> drawFigures -> renderPages -> writeSite. */
import { setMaxListeners } from 'node:events';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { basename, resolve } from 'node:path';
import { type Allowed, allowsNothing } from '../allowed.js';
import { addressRegister } from '../address-register.js';
import { type Memo, openMemo } from '../memo.js';
import { type BuildNotes, type LiveNote, openNotes } from './memos.js';
import { composeCard } from '../cards/compose.js';
import { chooseEngines, type EngineChoice, timeOnThreads } from './choose-engines.js';
import type { DeviceName } from '../device-names.js';
import { Devices } from '../engine/devices.js';
import type { Engine } from '../engine/engine.js';
import { enginePool } from '../engine/pool/index.js';
import { drawFigures } from './draw-figures.js';
import { checkFigure } from '../figures/draw-figure.js';
import type { Draw } from '../figures/drawing.js';
import { drawingPool } from '../figures/drawing-pool.js';
import type { DrawnFigure } from '../figures/figure.js';
import { csvOf, type FigureData, figureData, standaloneSvg, structuredNpy } from '../figures/figure-data.js';
import { drawingKey } from '../figures/drawing-key.js';
import { type LiveFigure, type LiveFigures, liveFigures } from '../figures/live-figure.js';
import { vegaScript } from '../figures/vega-figure.js';
import { divergedAt } from '../figures/words.js';
import { scriptGiving } from '../give-script.js';
import { sha256 } from '../hash.js';
import { type Limits, standardLimits } from '../limits.js';
import { contentOf } from '../content.js';
import { memoizeLast, once } from '../lazy.js';
import { withLivingAlternative } from './author-alternative.js';
import { checkClaims, printNumber, type Printed, readFrom, tableNote } from './print-numbers.js';
import { requestsIn } from '../plan/expression/expression.js';
import type { NumberRequest, Plan, PlannedStep } from '../plan/plan.js';
import { runCooperatively, runWhole } from './cooperative.js';
import { planReport } from '../plan/plan-report.js';
import { areFatal, type LateProblem, type Problem, withoutEchoes } from '../problem.js';
import type { FigurePart, RenderParts, RunNote, TablePart } from '../render/parts.js';
import { withMathFont } from '../render/math-font.js';
import { renderMemory } from '../render/render-memo.js';
import type { WrittenLink } from '../render/check-links.js';
import { type RenderOptions, renderPages } from '../render/render-pages.js';
import { loadTemplates, type Templates } from '../render/templates.js';
import { forecast, type RunEvent, type RunResults, runPlan, type StepResult } from '../run/run-plan.js';
import { notedPages, type PageMemo } from '../source/page-memo.js';
import { readReport } from '../source/read-report.js';
import type { Report } from '../source/report.js';
import { directiveKinds } from '../steps/kinds.js';
import { directoryStore } from '../store/directory-store.js';
import { endedBySignals } from '../signals.js';
import type { Store } from '../store/store.js';
import { colophonVersion, versions } from '../program.js';
import { referenceOf } from '../reference/reference-of.js';
import { keysOf } from './reachable.js';
import { manySteps, sizeNote } from './size-note.js';
import { notTried, tryFigures } from './try-figures.js';
import type { SitePlace } from './up-to-date.js';
import type { Hold } from '../publish/workplace.js';
import { lastVerification } from '../verify/verify-step.js';
import { checkSite, openSite, recoverSite, writeSite, type WrittenSite } from '../publish/write-site.js';

/** What a build uses of the world. */
export interface BuildWorld {
  /** The processor's. */
  readonly engine: Engine;
  readonly devices: Pick<Devices, 'open'>;
  /** Where the person wants steps to run. */
  readonly device: DeviceName;
  /** To the person, a line: which device was chosen. */
  readonly say: (line: string) => void;
  readonly store: Store;
  readonly report: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** Seconds, from any start. */
  readonly clock: () => number;
  readonly now: () => Date;
  /** Bytes of memory that one step may need. */
  readonly memory: number;
  /** How many steps may run at a time, and how many figures be drawn. */
  readonly jobs: number;
  /** What the person allows the report. */
  readonly allowed: Allowed;
  readonly draw: Draw;
  readonly limits: Limits;
  /** Ends the threads; others start when they are needed again. */
  readonly close: () => Promise<void>;
}

/** As many steps at a time as there are processors. */
export const defaultJobs = availableParallelism();

/** The real world, with results kept in a folder. */
export function realWorld(
  storeFolder: string,
  report: (event: RunEvent) => void,
  warn: (message: string) => void,
  signal: AbortSignal,
  jobs = defaultJobs,
  device: DeviceName = 'auto',
  say: (line: string) => void = () => undefined,
  limits: Limits = standardLimits,
  allowed = allowsNothing,
): BuildWorld {
  // Every step and every figure under way listens to it.
  setMaxListeners(0, signal);
  const engine = enginePool('wasm', jobs, signal);
  const drawings = drawingPool(jobs, signal, limits);
  const devices = new Devices(engine, jobs, signal);
  return {
    engine,
    devices,
    device,
    say,
    jobs,
    allowed,
    draw: drawings.draw,
    limits,
    close: async () => {
      await Promise.all([engine.close(), drawings.close(), devices.close()]);
    },
    store: directoryStore(storeFolder, warn, allowed),
    report,
    signal,
    clock: () => performance.now() / 1000,
    now: () => new Date(),
    memory: Math.max(totalmem() / 2, freemem() / 2),
  };
}

export interface Prepared {
  readonly report: Report;
  readonly plan: Plan;
  readonly templates: Templates;
  readonly problems: readonly Problem[];
}

/** What is known from before, and how pages are to be. */
export interface PrepareOptions {
  readonly pages?: PageMemo;
  readonly render?: RenderOptions;
}

/** Reads and plans a report, and finds everything that is wrong with it without computing anything. */
export function prepare(
  folder: string,
  {
    memory,
    engine,
    allowed = allowsNothing,
    limits = standardLimits,
  }: Pick<BuildWorld, 'memory' | 'engine'> & Partial<Pick<BuildWorld, 'allowed' | 'limits'>>,
  { pages, render }: PrepareOptions = {},
): Prepared {
  return endedBySignals(() => {
    const { report, problems: unread } = readReport(folder, directiveKinds, pages, allowed, limits);
    const templates = render?.templates ?? loadTemplates(report.files, allowed);
    const { plan, problems: unplanned } = planReport(report, {
      memory,
      addressable: engine.addressable,
    });
    const undrawable = plan.figures.flatMap(checkFigure);
    // The pages with empty figures: every fault of the prose shows before anything has run.
    const { problems: unrendered } = renderPages(report, draftParts(report, plan), { ...render, templates });
    const later = withoutEchoes(unread, [...unplanned, ...undrawable, ...unrendered]);
    return { report, plan, templates, problems: [...unread, ...later] };
  });
}

/** `prepare` with what earlier builds have noted of the pages; `render` is how they are rendered from then on. */
export function prepareNoted(
  folder: string,
  world: BuildWorld,
  place: SitePlace = {},
): { readonly prepared: Prepared; readonly render: RenderOptions; readonly notes: BuildNotes } {
  const notes = openNotes(world.store, folder);
  // A page without results is the same as a draft and in the end.
  const render = { ...place, memo: renderMemory(notes) };
  const prepared = prepare(folder, world, { pages: notedPages(notes.pages), render });
  return { prepared, render: { ...render, templates: prepared.templates }, notes };
}

/** The engines for a plan: opens what is asked for, and a GPU where the steps that are due are worth it. */
export async function enginesFor(plan: Plan, world: BuildWorld): Promise<EngineChoice> {
  const due = once((): PlannedStep[] =>
    forecast(plan, world.store).flatMap(({ step, cached }) => (cached ? [] : [step])),
  );
  const choice = await chooseEngines(plan, due, world);
  const size = plan.steps.length < manySteps ? undefined : sizeNote(due(), timeOnThreads(due(), world.jobs));
  return { ...choice, said: [...(size === undefined ? [] : [size]), ...choice.said] };
}

export interface BuildResult {
  readonly problems: readonly Problem[];
  /** Steps that could not be computed. */
  readonly failed: RunResults['failed'];
  readonly ran: number;
  readonly cached: number;
  /** Absent when nothing was published. */
  readonly site?: WrittenSite;
  /** To other sites. */
  readonly externalLinks: readonly WrittenLink[];
  readonly report: Report;
}

/**
 * Builds a report into a site. With any problem nothing is published and the old site stays. `source` is the digest of what
 * it is built from, taken before. Throws an EnvironmentError when another build is writing that site.
 */
export async function build(
  folder: string,
  out: string,
  world: BuildWorld,
  place: SitePlace = {},
  source?: string,
): Promise<BuildResult> {
  recoverSite(out);
  const { prepared, render, notes } = prepareNoted(folder, world, place);
  const occupied = checkSite(out, folder, world.allowed.trust);
  const before = occupied === undefined ? prepared.problems : [...prepared.problems, occupied];
  const tried = areFatal(before) ? [] : await tryFigures(prepared.plan, world.draw, notes.trials, world.limits);
  world.signal.throwIfAborted();
  const problems = [...before, ...tried];
  if (areFatal(problems)) {
    return { failed: [], ran: 0, cached: 0, externalLinks: [], report: prepared.report, problems };
  }
  const site = openSite(out, world.allowed.trust);
  const leave = world.store.announce(keysOf(prepared.plan));
  try {
    return await compute({ ...prepared, problems, tried }, site, world, render, notes, source);
  } finally {
    await world.store.settled();
    leave();
    site.release();
  }
}

async function compute(
  { report, plan, problems, tried }: Omit<Prepared, 'templates'> & { readonly tried: readonly LateProblem[] },
  site: Hold,
  world: BuildWorld,
  render: RenderOptions,
  notes: BuildNotes,
  source: string | undefined,
): Promise<BuildResult> {
  const started = world.clock();
  const { engineFor, said: chosen } = await enginesFor(plan, world);
  chosen.forEach(world.say);
  const running = runPlan(plan, {
    ...world,
    engineFor,
    file: (path) => {
      const data = report.dataFile(path);
      if ('refused' in data) throw new Error(`${path}: ${data.refused}`);
      return data.bytes;
    },
    versions: versions(),
    resident: () => process.memoryUsage.rss(),
  });
  // Figures are drawn while other steps still run, and made to move while others are drawn.
  const [run, { figures, problems: undrawn }, live] = await Promise.all([
    running.done,
    drawFigures(plan, running.result, world),
    running.done.then(async (done) =>
      done.failed.length > 0 ? noLiveFigures : notedLiveFigures(plan, done, notes.live),
    ),
  ]);
  // A figure that was interrupted is no figure that cannot be drawn.
  world.signal.throwIfAborted();
  // What is left is for this thread alone: what the others hold is given back.
  const closed = world.close();
  // It is awaited in the end: until then a failure of it is none of the site's.
  closed.catch(() => undefined);
  const outcomes = [...run.results.values()];
  const cached = outcomes.filter(({ outcome }) => outcome === 'cached').length;
  const counts = { failed: run.failed, ran: outcomes.length - cached, cached, externalLinks: [], report };
  if (run.failed.length > 0) return { ...counts, problems };

  const after = [
    ...problems,
    ...notTried(undrawn, tried),
    ...checkClaims(
      plan.claims,
      readFrom((step) => resultOf(run, step).artifact),
    ),
  ];
  if (areFatal(after)) return { ...counts, problems: after };

  const parts = finalParts(report, plan, run, figures, live.figures, notes.downloads);
  const card = (render.url ?? report.settings.url) === undefined ? undefined : await cardsFrom(notes.downloads);
  const rendered = endedBySignals(() => renderPages(report, { ...parts, card }, render));
  if (areFatal(rendered.problems)) return { ...counts, problems: [...after, ...rendered.problems] };
  const files = await withMathFont(rendered.files, rendered.formulas, notes.fonts);
  const info = { path: 'build-info.js', content: buildInfo(world, report, outcomes, world.clock() - started) };
  const all = [...files, ...live.files, info];
  const twice = sharedAddresses(all);
  if (twice.length > 0) return { ...counts, problems: [...after, ...twice] };
  const said = after.length + rendered.problems.length > 0;
  // A build with something to say says it every time.
  const written = await writeSite(site, all, said ? undefined : source);
  notes.save();
  await closed;
  return { ...counts, problems: after, site: written, externalLinks: rendered.externalLinks };
}

/** The last look at what is about to be written: no address twice, whoever writes there. */
function sharedAddresses(files: readonly { readonly path: string }[]): Problem[] {
  const register = addressRegister();
  return files.flatMap(({ path }, index): Problem[] => {
    const other = register.take(path, `${index}: ${path}`);
    if (other === undefined) return [];
    const message = `two files of the site would have the address ${path}: ${other.replace(/^\d+: /, '')} has it too`;
    return [{ rule: 'shared-address', message, hint: 'rename one of them' }];
  });
}

function resultOf(run: RunResults, step: PlannedStep): StepResult {
  const result = run.results.get(step.key);
  if (result === undefined) throw new Error(`${step.name} has no result`);
  return result;
}

/** The parts of the pages before anything has run: every figure empty, every number a dash. */
function draftParts(report: Report, plan: Plan): RenderParts {
  const drawn = (id: string, number: number): DrawnFigure => ({
    id,
    number,
    svg: '',
    specification: '',
    vega: '',
    description: '',
    width: 1,
    height: 1,
    digest: '',
  });
  return partsOf(report, plan, drawn, () => undefined, '–');
}

function finalParts(
  report: Report,
  plan: Plan,
  run: RunResults,
  figures: ReadonlyMap<string, DrawnFigure>,
  live: ReadonlyMap<string, LiveFigure>,
  downloads: Memo<string>,
): RenderParts {
  const drawn = (id: string): DrawnFigure => {
    const figure = figures.get(id);
    if (figure === undefined) throw new Error(`figure ${id} was not drawn`);
    return figure;
  };
  return partsOf(report, plan, drawn, (step) => resultOf(run, step), '', live, downloads);
}

/** What pages show, of figures, results and numbers as far as they are known; `pending` stands for the other numbers. */
export function partsOf(
  report: Report,
  plan: Plan,
  drawn: (id: string, number: number) => DrawnFigure,
  resultFor: (step: PlannedStep) => StepResult | undefined,
  pending: string,
  live: ReadonlyMap<string, LiveFigure> = new Map(),
  downloads: Memo<string> = openMemo(),
): RenderParts {
  const read = readFrom((step) => resultFor(step)?.artifact);
  const print = (request: NumberRequest): Printed => {
    const known = requestsIn(request.expression).every(({ step }) => resultFor(step) !== undefined);
    return known ? printNumber(request, read) : { text: pending, ends: [] };
  };
  const values = new Map([...plan.values].map(([node, request]) => [node, print(request).text]));
  const note = (step: PlannedStep): RunNote => {
    const record = resultFor(step)?.record;
    return {
      id: step.id,
      name: step.name,
      key: step.key,
      profile: record?.profile ?? '',
      device: record?.device ?? '',
      seed: seedOf(step),
      inputs: [...new Set(Object.values(step.inputs).map(({ id }) => id))],
      ...(record?.divergedAt !== undefined && { outcome: divergedAt(record.divergedAt) }),
    };
  };
  const notes = (steps: readonly PlannedStep[]): RunNote[] => [...new Set(steps)].map(note);
  // What is made of one figure's rows is made in one go.
  const dataOf = memoizeLast(figureData);
  const figures = new Map(
    plan.figures.map(({ id, number, options, shown, directive }): [string, FigurePart] => {
      const figure = withLivingAlternative(drawn(id, number), directive, (node) => values.get(node));
      const part = {
        drawn: figure,
        caption: options.caption,
        wide: options.wide,
        live: live.get(id),
        script: vegaScript(figure, sha256),
        runs: notes(shown.flatMap(({ steps }) => steps)),
        ...figureFiles(figure, dataOf, downloads),
      };
      return [id, part];
    }),
  );
  const tables = new Map(
    plan.tables.map(({ id, number, columns, rows, steps, options }): [string, TablePart] => {
      const printed = rows.map((row) =>
        row.map((cell): Printed => (typeof cell === 'string' ? { text: cell, ends: [] } : print(cell))),
      );
      const csv = csvOf({
        columns: columns.map(({ label }) => label),
        rows: printed.map((row) => row.map(({ text }) => text)),
      });
      const part = {
        number,
        columns,
        rows: printed.map((row) => row.map(({ text, ends }) => ({ text, marked: ends.length > 0 }))),
        note: tableNote(printed.flat(), options.diverged === 'leave-out'),
        csv,
        caption: options.caption,
        runs: notes(steps),
      };
      return [id, part];
    }),
  );
  const experiments = new Map<string, RunNote[]>();
  for (const { directives } of report.pages) {
    for (const { id } of directives) {
      const steps = plan.steps.filter((step) => step.id === id);
      if (steps.length > 0) experiments.set(id, notes(steps));
    }
  }
  const profiles = new Set([...experiments.values()].flat().map(({ profile }) => profile));
  return {
    figures,
    tables,
    reference: referenceOf,
    values,
    claims: new Map(plan.claims.map(({ node, text }) => [node, text])),
    valueSources: new Map([
      ...[...plan.values].map(([node, { sources }]): [object, readonly string[]] => [node, sources]),
      ...plan.claims.map(({ node, sources }): [object, readonly string[]] => [node, sources]),
    ]),
    experiments,
    colophon: { version: colophonVersion(), profiles: [...profiles].filter((profile) => profile !== '').sort() },
  };
}

/** The seed of a step's own random streams, or of the training that it was computed from. */
function seedOf({ options, inputs }: PlannedStep): number | undefined {
  const { seed } = options as { readonly seed?: unknown };
  if (typeof seed === 'number') return seed;
  const [of] = Object.values(inputs);
  return of === undefined ? undefined : seedOf(of);
}

/**
 * What a reader can take home of a figure, made when it is to be written; nothing of one that has not been drawn yet.
 * `digests` knows what was made before.
 */
function figureFiles(
  figure: DrawnFigure,
  dataOf: (figure: DrawnFigure) => FigureData,
  digests: Memo<string>,
): Pick<FigurePart, 'data' | 'files'> {
  if (figure.specification === '') return { data: () => ({ columns: [], rows: [] }), files: [] };
  const data = (): FigureData => dataOf(figure);
  const vegaLite = (): string => {
    // It is an object with data in it: one more member goes in front of the others.
    if (!figure.specification.includes('"$schema"'))
      return `{"$schema":${JSON.stringify(vegaLiteSchema)},${figure.specification.slice(1)}\n`;
    const { $schema, ...rest } = { $schema: vegaLiteSchema, ...(JSON.parse(figure.specification) as object) };
    return `${JSON.stringify({ $schema, ...rest })}\n`;
  };
  const file = (name: string, extension: string, make: () => string | Uint8Array): FigurePart['files'][number] => {
    const key = `${figure.digest} ${extension}`;
    // It is asked for once, and not to be held until the site is written.
    const noted = (): string | Uint8Array => {
      const content = make();
      digests.keep(key, sha256(content));
      return content;
    };
    return { name, extension, content: { digest: digests.find(key), make: noted } };
  };
  return {
    data,
    files: [
      file('SVG', 'svg', () => standaloneSvg(figure)),
      file('CSV', 'csv', () => csvOf(data())),
      file('NPY', 'npy', () => structuredNpy(data())),
      file('Vega-Lite', 'vl.json', vegaLite),
    ],
  };
}

/** Makes the pictures of links to pages, where an earlier build has not. */
async function cardsFrom(digests: Memo<string>): Promise<NonNullable<RenderParts['card']>> {
  // Only a site that knows its address has them.
  const { openCards } = await import('../cards/open-cards.js');
  const png = await openCards();
  return (figure, page, site) => {
    const key = `${sha256(JSON.stringify([figure.digest, page, site]))} card`;
    const make = once(() => {
      const content = png(composeCard(figure, page, site));
      digests.keep(key, sha256(content));
      return content;
    });
    return { digest: digests.find(key), make };
  };
}

const noLiveFigures: LiveFigures = { figures: new Map(), files: [] };

/** The figures with sliders and their scripts, which are made when they are to be written. */
async function notedLiveFigures(plan: Plan, run: RunResults, notes: Memo<LiveNote>): Promise<LiveFigures> {
  const requests = plan.figures.filter(({ options }) => options.slider !== undefined);
  const making = (): Generator<void, LiveFigures> =>
    liveFigures(requests, (step) => resultOf(run, step).artifact, sha256);
  const key = sha256(
    JSON.stringify(requests.map((request) => drawingKey(request, (step) => resultOf(run, step).digest, ''))),
  );
  const note = notes.find(key);
  if (note === undefined) {
    const made = await runCooperatively(making());
    notes.keep(key, {
      figures: [...made.figures],
      files: made.files.map(({ path, content }) => [path, sha256(contentOf(content))]),
    });
    return made;
  }
  const make = once(() => runWhole(making()));
  const contentAt = (path: string): string | Uint8Array => {
    const file = make().files.find((one) => one.path === path);
    if (file === undefined) throw new Error(`${path} was made once and now is not`);
    return contentOf(file.content);
  };
  return {
    figures: new Map(note.figures),
    files: note.files.map(([path, digest]) => ({ path, content: { digest, make: () => contentAt(path) } })),
  };
}

const vegaLiteSchema = 'https://vega.github.io/schema/vega-lite/v6.json';

/** What cannot be the same twice: when, on what, how long, from which folder; the one file of a site that two builds may differ in. */
export function buildInfo(
  world: Pick<BuildWorld, 'store' | 'now'>,
  report: Pick<Report, 'folder'>,
  results: readonly StepResult[],
  seconds: number,
): string {
  const steps = results.map(({ step, outcome, record, digest }) => ({
    name: step.name,
    key: step.key,
    outcome,
    profile: record.profile,
    made: record.made,
    // Absent for a result that was never computed again.
    verified: lastVerification(world.store, { record, digest }),
  }));
  const info = {
    built: world.now().toISOString(),
    seconds,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    report: quoted(basename(resolve(report.folder))),
    steps,
  };
  // A classic script, so that pages can show it from disk too; readable as it is.
  return scriptGiving('build-info', JSON.stringify(info, null, 2));
}

/** A file's name as a shell takes it, quoted where it has to be. */
function quoted(name: string): string {
  return /^[\w.][\w.-]*$/.test(name) ? name : `'./${name.replaceAll("'", String.raw`'\''`)}'`;
}
