/** The pipeline: read -> plan -> run -> draw -> render -> publish, for every sink the same. */
import { writeSnapshot } from '../diff/snapshot.js';
import { addressRegister } from '../shared/address-register.js';
import type { InteractiveFigures } from '../figures/interactive-figure.js';
import type { Plan } from '../plan/plan.js';
import { areFatal, type ResultProblem, type Problem } from '../shared/problem.js';
import type { WrittenLink } from '../render/check-links.js';
import { buildInfoFile, snapshotFile } from '../render/own-pages.js';
import { type RenderedFile, renderPages } from '../render/render-pages.js';
import type { FailedStep } from '../run/run-plan.js';
import { endedBySignals } from '../shared/signals.js';
import type { Report } from '../source/report.js';
import { buildInfo } from './build-info.js';
import { cardMaker } from './cards.js';
import type { Known, KnownOfPlan } from './known.js';
import { pageParts } from './page-parts.js';
import { type Prepared, prepareWithPlugins } from './prepare.js';
import { checkClaims, readFrom } from './print-numbers.js';
import { keysOf } from './reachable.js';
import type { Sink, Site } from './sink.js';
import { type PlanJob, startPlan } from './start-plan.js';
import { notTried, tryFigures } from './try-figures.js';
import type { SitePlace } from './up-to-date.js';
import { takeSnapshot } from './take-snapshot.js';
import { whileRunning } from './while-running.js';

export interface Job extends PlanJob {
  readonly folder: string;
  readonly place: SitePlace;
  readonly sink: Sink;
}

export interface Outcome {
  readonly report: Report;
  readonly problems: readonly Problem[];
  /** Steps that could not be computed. */
  readonly failed: readonly FailedStep[];
  readonly ran: number;
  readonly cached: number;
  /** To other sites. */
  readonly externalLinks: readonly WrittenLink[];
}

/** A report whose problems are known as far as they can be before anything runs. */
interface Checked extends Prepared {
  /** What trying the figures of authors' own found, which is part of `problems`. */
  readonly tried: readonly ResultProblem[];
}

/** Takes a report through the pipeline. Rejects with the signal's reason when it is interrupted. */
export async function runPipeline(job: Job): Promise<Outcome> {
  const { folder, world, memos, place, sink } = job;
  const prepared = await prepareWithPlugins(folder, world, { memos, place });
  const { report } = prepared;
  const before = [...prepared.problems, ...sink.obstacles()];
  sink.problems(before, report);
  const none = { report, failed: [], ran: 0, cached: 0, externalLinks: [] };
  if (areFatal(before)) return { ...none, problems: before };
  const plan = await sink.partOf(prepared.plan);
  const tried = await tryFigures(plan, world.draw, memos.trials, world.limits);
  world.signal.throwIfAborted();
  const problems = [...before, ...tried];
  if (tried.length > 0) sink.problems(problems, report);
  if (areFatal(problems)) return { ...none, problems };
  sink.open();
  const leave = world.store.announce(keysOf(plan));
  try {
    return await compute({ ...prepared, plan, problems, tried }, job);
  } finally {
    await world.store.settled();
    leave();
    sink.close();
  }
}

async function compute(checked: Checked, job: Job): Promise<Outcome> {
  const { report, plan, problems, tried } = checked;
  const { world, sink } = job;
  const { known, run, drawn, whole, hasNews } = await startPlan(checked, job);
  const render = sink.takesPages ? await pageRenderer(checked, known, job) : partRenderer(checked, known);
  const showing = sink.takesUnfinished
    ? whileRunning(whole, {
        hasNews,
        show: () => {
          const { site } = render(problems);
          if (site !== undefined) void sink.publish(site);
        },
      })
    : undefined;
  const [{ results, failed }, undrawn] = await Promise.all([run.done, drawn, whole, showing]);
  // A figure that was interrupted is no figure that cannot be drawn.
  world.signal.throwIfAborted();
  sink.computed();

  const outcomes = [...results.values()];
  const cached = outcomes.filter(({ outcome }) => outcome === 'cached').length;
  const counts = { report, failed, ran: outcomes.length - cached, cached, externalLinks: [] };
  const isWhole = failed.length === 0;
  const claims = isWhole
    ? checkClaims(
        plan.claims,
        readFrom((step) => known.results.get(step.key)?.artifact),
      )
    : [];
  const after = [...problems, ...notTried(undrawn, tried), ...claims];
  const all = [...after, ...failed.map(failure)];
  if (sink.endsWithProblems && areFatal(all)) return { ...counts, problems: after };
  if (sink.endsWithProblems) checkWhole(plan, known);

  const { site, externalLinks, wrong } = render(after);
  // What the draft had is said already.
  sink.problems([...all, ...wrong], report);
  if (site === undefined) return { ...counts, problems: [...after, ...wrong] };
  await sink.publish(site);
  return { ...counts, problems: after, externalLinks };
}

/** What a sink takes, as it is at some time. */
interface Rendered {
  readonly externalLinks: Outcome['externalLinks'];
  /** What is wrong with it that was not known of the draft. */
  readonly wrong: readonly Problem[];
  /** Absent when it cannot be published. */
  readonly site?: Site;
}

/** Renders with what is known by then. */
type Render = (problems: readonly Problem[]) => Rendered;

/** The files of figures and tables. */
function partRenderer({ report, plan }: Checked, known: KnownOfPlan): Render {
  return (problems) => {
    const { figures, tables } = pageParts(report, plan, known);
    const files = [
      ...[...figures].flatMap(([id, part]) =>
        part.files.map(({ extension, content }): RenderedFile => ({ path: `${id}.${extension}`, content })),
      ),
      ...Array.from(tables, ([id, { csv }]): RenderedFile => ({ path: `${id}.csv`, content: csv })),
    ];
    return { externalLinks: [], wrong: [], site: { files, formulas: '', hasProblems: problems.length > 0 } };
  };
}

/** The pages with all that they load. */
async function pageRenderer(
  { report, plan, render }: Checked,
  known: KnownOfPlan,
  { world, memos }: Job,
): Promise<Render> {
  const started = world.clock();
  const url = render.url ?? report.settings.url;
  const card = url === undefined ? undefined : await cardMaker(memos.downloads);
  return (problems) => {
    const parts = { ...pageParts(report, plan, known, memos.downloads), card };
    const rendered = endedBySignals(() => renderPages(report, parts, render));
    const info = (): string => buildInfo(world, { report, parts }, known.results.values(), world.clock() - started);
    const files: RenderedFile[] = [
      ...rendered.files,
      ...scriptsOf(known),
      { path: buildInfoFile, content: { digest: undefined, make: info } },
      ...snapshotOf(report, plan, known),
    ];
    const wrong = areFatal(rendered.problems) ? withoutKnown(rendered.problems, problems) : sharedAddresses(files);
    const { externalLinks, formulas } = rendered;
    if (areFatal(rendered.problems) || wrong.length > 0) return { externalLinks, wrong };
    const hasProblems = problems.length + rendered.problems.length > 0;
    return { externalLinks, wrong, site: { files, formulas, hasProblems } };
  };
}

/** What the site says, for `colophon diff`; none of a draft. */
function snapshotOf(report: Report, plan: Plan, known: KnownOfPlan): RenderedFile[] {
  const snapshot = takeSnapshot(report, plan, known);
  return snapshot === undefined ? [] : [{ path: snapshotFile, content: writeSnapshot(snapshot) }];
}

/** The scripts that an interactive figure of the plan needs. */
function scriptsOf({ interactive, scripts }: Known): InteractiveFigures['files'][number][] {
  const needed = new Set([...interactive.values()].map(({ data }) => data));
  return [...scripts.values()].filter(({ path }) => needed.has(path));
}

function withoutKnown(problems: readonly Problem[], known: readonly Problem[]): Problem[] {
  const told = new Set(known.map((problem) => JSON.stringify(problem)));
  return problems.filter((problem) => !told.has(JSON.stringify(problem)));
}

/** The last look at what is about to be published: no address twice, whoever writes there. */
function sharedAddresses(files: readonly { readonly path: string }[]): Problem[] {
  const register = addressRegister();
  return files.flatMap(({ path }, index): Problem[] => {
    const other = register.take(path, `${index}: ${path}`);
    if (other === undefined) return [];
    const message = `two files of the site would have the address ${path}: ${other.replace(/^\d+: /, '')} has it too`;
    return [{ rule: 'shared-address', message, hint: 'rename one of them' }];
  });
}

/** A step that could not be computed, at its directive. */
export function failure({ step, message }: FailedStep): Problem {
  return {
    place: step.directive.place,
    rule: 'failed',
    message: `${step.name} could not be computed: ${message}`,
    hint: 'change the directive, or build again',
  };
}

/** Throws when a figure is missing though nothing failed: a page that says "being computed" is never published. */
function checkWhole(plan: Plan, known: KnownOfPlan): void {
  const missing = plan.figures.find((figure) => !known.drawings.has(known.lookOf(figure)));
  if (missing !== undefined) throw new Error(`figure ${missing.id} was not drawn`);
}
