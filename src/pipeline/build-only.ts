/** One figure, table or experiment of a report with what it needs, and nothing else: its files, in a folder that is no site. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestsIn } from '../plan/expression/expression.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import { manifestName } from '../publish/manifest.js';
import { anchorOf } from '../render/labels.js';
import { type Content, contentOf } from '../shared/content.js';
import { makeFolder } from '../shared/make-folder.js';
import { proseScope } from '../shared/node-id.js';
import { areFatal, EnvironmentError, type Problem } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
import type { Directive, Report } from '../source/report.js';
import { nothing } from './known.js';
import { savedMemos } from './memos.js';
import { pageParts } from './page-parts.js';
import { prepareWithPlugins } from './prepare.js';
import { keysOf } from './reachable.js';
import { failure } from './run-pipeline.js';
import { startPlan } from './start-plan.js';
import { tryFigures } from './try-figures.js';
import type { World } from './world.js';

export interface OnlyRequest {
  /** The report's. */
  readonly folder: string;
  /** Of a figure, a table or an experiment. */
  readonly id: string;
  readonly out: string;
  readonly world: World;
}

export interface OnlyResult {
  readonly report: Report;
  readonly problems: readonly Problem[];
  /** The paths that were written; none of an experiment, whose results are in the store. */
  readonly files: readonly string[];
  readonly ran: number;
  readonly cached: number;
}

/** Rejects with an EnvironmentError where the folder is a site. */
export async function buildOnly({ folder, id, out, world }: OnlyRequest): Promise<OnlyResult | { unknown: string }> {
  if (existsSync(join(out, manifestName)))
    throw new EnvironmentError(`${out} is a site, which is published as a whole; name another folder with --out`);
  // They are read and not written: of one figure they would leave out all others.
  const memos = savedMemos(world.store, folder);
  const { report, plan: whole, problems: found } = await prepareWithPlugins(folder, world, { memos });
  const plan = partOf(whole, id);
  if (plan === undefined && !areFatal(found)) return { unknown: suggestion(id, idsOf(whole)) };
  const none = { report, files: [], ran: 0, cached: 0 };
  if (plan === undefined || areFatal(found)) return { ...none, problems: found };
  const tried = await tryFigures(plan, world.draw, memos.trials, world.limits);
  const before = [...found, ...tried];
  if (areFatal(before)) return { ...none, problems: before };
  const leave = world.store.announce(keysOf(plan));
  try {
    const ignore = (): void => undefined;
    const underWay = await startPlan({ report, plan }, { world, memos, before: nothing, watch: ignore });
    const [{ results, failed }, undrawn] = await Promise.all([underWay.run.done, underWay.drawn, underWay.whole]);
    world.signal.throwIfAborted();
    const problems = [...before, ...undrawn, ...failed.map(failure)];
    const cached = [...results.values()].filter(({ outcome }) => outcome === 'cached').length;
    const counts = { report, problems, cached, ran: results.size - cached };
    return { ...counts, files: areFatal(problems) ? [] : written(pageParts(report, plan, underWay.known), out) };
  } finally {
    await world.store.settled();
    leave();
  }
}

function written({ figures, tables }: ReturnType<typeof pageParts>, out: string): string[] {
  const write = (id: string, extension: string, content: Content): string => {
    makeFolder(out);
    const path = join(out, `${id}.${extension}`);
    writeFileSync(path, contentOf(content));
    return path;
  };
  return [
    ...[...figures].flatMap(([id, { files }]) => files.map(({ extension, content }) => write(id, extension, content))),
    ...Array.from(tables, ([id, { csv }]) => write(id, 'csv', csv)),
  ];
}

function idsOf({ figures, tables, steps }: Plan): string[] {
  return [...new Set([...figures, ...tables, ...steps].map(({ id }) => id))];
}

/** The plan of what has this id; undefined where nothing has. */
function partOf(plan: Plan, id: string): Plan | undefined {
  const has = (one: { readonly id: string; readonly directive: Directive }): boolean =>
    [one.id, anchorOf(one.directive)].includes(id);
  const [figures, tables] = [plan.figures.filter(has), plan.tables.filter(has)];
  // Numbers in a figure's alternative text.
  const scopes = figures.map(({ directive }) => `${proseScope(directive, 'alt')}:`);
  const values = [...plan.values].filter(([at]) => scopes.some((scope) => at.startsWith(scope)));
  const wanted = [
    ...plan.steps.filter(has),
    ...figures.flatMap(({ shown }) => shown.flatMap(({ steps }) => steps)),
    ...tables.flatMap(({ steps }) => steps),
    ...values.flatMap(([, { expression }]) => requestsIn(expression).map(({ step }) => step)),
  ];
  if (wanted.length + figures.length + tables.length === 0) return undefined;
  const needed = new Set<PlannedStep>();
  const add = (step: PlannedStep): void => {
    if (needed.has(step)) return;
    needed.add(step);
    Object.values(step.inputs).forEach(add);
  };
  wanted.forEach(add);
  const steps = plan.steps.filter((step) => needed.has(step));
  return { steps, figures, tables, values: new Map(values), claims: [] };
}
