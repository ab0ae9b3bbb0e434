/** Runs a plan and draws its figures while other steps still run. */
import type { PlannedStep } from '../plan/plan.js';
import { seldom } from '../run/memory.js';
import { type Run, runPlan } from '../run/run-plan.js';
import { leavesFrom } from '../run/small-steps.js';
import type { ResultProblem } from '../shared/problem.js';
import { versions } from '../shared/program.js';
import type { Report } from '../source/report.js';
import { bringResults } from './bring-results.js';
import { enginesFor } from './choose-engines.js';
import { drawFigures } from './draw-figures.js';
import { makeInteractive } from './interactive-figures.js';
import { type KnownOfPlan, knownOf } from './known.js';
import type { Prepared } from './prepare.js';
import type { Known } from './known.js';
import type { Memos } from './memos.js';
import type { World } from './world.js';

export interface PlanJob {
  readonly world: World;
  readonly memos: Memos;
  /** What an earlier run left, which stays in sight until it has been found again. */
  readonly before: Known;
  /** Takes what will be known of this run, as it grows. */
  readonly watch: (known: Known) => void;
}

/** What is under way of a plan. */
interface UnderWay {
  readonly known: KnownOfPlan;
  readonly run: Run;
  /** The problems of the drawings. */
  readonly drawn: Promise<readonly ResultProblem[]>;
  /** When nothing is under way any more. */
  readonly whole: Promise<unknown>;
  /** Whether more is known than the last time. */
  readonly hasNews: () => boolean;
}

/** Starts to compute and to draw: figures are drawn, and sliders made, while other steps still run. */
export async function startPlan(
  { report, plan }: Pick<Prepared, 'report' | 'plan'>,
  { world, memos, before, watch }: PlanJob,
): Promise<UnderWay> {
  await bringResults(plan, world);
  const { engineFor, said } = await enginesFor(plan, world);
  world.signal.throwIfAborted();
  said.forEach(world.log);
  const known = knownOf(plan, before);
  watch(known);
  let news = false;
  const run = runPlan(plan, {
    ...world,
    engineFor,
    file: (path) => dataOf(report, path),
    versions: versions(),
    resident: seldom(() => process.memoryUsage.rss()),
    leavesFrom: leavesFrom(plan),
  });
  const results = plan.steps.map(async (step: PlannedStep) => {
    const result = await run.result(step);
    if (result !== undefined) known.results.set(step.key, result);
    news = true;
  });
  const drawn = drawFigures(plan, run.result, world, (request, figure) => {
    known.drawings.set(known.lookOf(request), figure);
    news = true;
  });
  const interactive = makeInteractive(plan, run.result, memos.interactive, (requests, { figures, files }) => {
    for (const request of requests) {
      const figure = figures.get(request.id);
      if (figure !== undefined) known.interactive.set(known.lookOf(request), figure);
    }
    for (const file of files) known.scripts.set(file.path, file);
    news = true;
  });
  const whole = Promise.all([run.done, drawn, interactive, ...results]);
  // Whoever waits for it is told; nobody may wait yet.
  whole.catch(() => undefined);
  return {
    ...{ known, run, drawn, whole },
    hasNews: () => {
      const had = news;
      news = false;
      return had;
    },
  };
}

/** The bytes of a file of the report that a step reads; while planning it could be read. */
function dataOf(report: Report, path: string): Uint8Array {
  const data = report.dataFile(path);
  if ('refused' in data) throw new Error(`${path}: ${data.refused}`);
  return data.bytes;
}
