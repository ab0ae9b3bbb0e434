/** Some steps of a plan file, computed on this machine into the store. */
import { existsSync, readFileSync } from 'node:fs';
import { loadKinds } from '../kinds/load-kinds.js';
import { DamagedPlan, keysNamed, type PlanFile, readPlanFile, stepsOfPlan } from '../plan/plan-file.js';
import type { PlannedStep } from '../plan/plan.js';
import { seldom } from '../run/memory.js';
import { type FailedStep, forecast, runPlan } from '../run/run-plan.js';
import { messageOf } from '../shared/message-of.js';
import { areFatal, EnvironmentError, printable } from '../shared/problem.js';
import { versions } from '../shared/program.js';
import { dataFiles } from '../source/data-files.js';
import { openReport } from '../source/report-files.js';
import { stepKinds } from '../steps/kinds.js';
import { bringResults } from './bring-results.js';
import { enginesFor } from './choose-engines.js';
import { keysOf } from './reachable.js';
import type { World } from './world.js';

/** Words that name no step of the plan. */
export class UnknownStep extends Error {}

export interface StepsRequest {
  readonly file: PlanFile;
  /** Of the file, for messages. */
  readonly path: string;
  /** Keys, or what stands for them. */
  readonly words: readonly string[];
  /** The report's folder, in the place of the plan's. */
  readonly report?: string;
  readonly world: World;
}

export interface StepsResult {
  readonly ran: number;
  readonly cached: number;
  readonly failed: readonly FailedStep[];
}

/** The plan in a file. Throws a DamagedPlan, or an EnvironmentError for that of another program. */
export function openPlanFile(path: string): PlanFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new EnvironmentError(`the plan cannot be read: ${messageOf(error)}`);
  }
  const { colophon, program } = versions();
  return readPlanFile(text, path, { version: colophon, digest: program });
}

/**
 * Computes the steps that the store does not have. Rejects with an UnknownStep, a DamagedPlan, an EnvironmentError where an input or a
 * file is missing, and with the signal's reason when it is interrupted: what a training has left goes on the next time.
 */
export async function computeSteps({ file, path, words, report, world }: StepsRequest): Promise<StepsResult> {
  const { keys, unknown } = keysNamed(file, words);
  if (unknown.length > 0)
    throw new UnknownStep(`no step of ${path} has the key ${unknown.slice(0, 3).map(printable).join(', ')}`);
  const folder = report ?? file.report;
  const { kinds, read } = await openFolder(folder, world);
  const steps = stepsOfPlan(file, keys, {
    ...{ path, kinds, file: read, trust: world.allowed.trust },
    limits: { memory: world.memory, addressable: world.engine.addressable },
  });
  const plan = { ownKinds: [], steps, figures: [], tables: [], values: new Map(), claims: [] };
  const leave = world.store.announce(keysOf(plan));
  try {
    await bringResults(plan, world);
    const { engineFor, said } = await enginesFor(plan, world);
    said.forEach(world.log);
    const wanted = new Set(keys);
    const missing = forecast(plan, world.store, engineFor).filter(
      ({ step, cached }) => !cached && !wanted.has(step.key),
    );
    if (missing.length > 0) throw new EnvironmentError(missingInputs(missing.map(({ step }) => step)));
    const run = runPlan(plan, {
      ...{ ...world, engineFor, versions: versions(), resident: seldom(() => process.memoryUsage.rss()) },
      file: (name) => {
        const bytes = read(name);
        if ('refused' in bytes) throw new Error(`${name}: ${bytes.refused}`);
        return bytes;
      },
    });
    const { results, failed } = await run.done;
    const outcomes = [...results.values()].filter(({ step }) => wanted.has(step.key));
    const cached = outcomes.filter(({ outcome }) => outcome === 'cached').length;
    return { ran: outcomes.length - cached, cached, failed };
  } finally {
    await world.store.settled();
    leave();
  }
}

function missingInputs(steps: readonly PlannedStep[]): string {
  const named = steps.slice(0, 3).map(({ name, key }) => `${name} (${key.slice(0, 16)})`);
  const more = steps.length > named.length ? `, and ${steps.length - named.length} more` : '';
  return `the store does not have what this is computed from: ${named.join(', ')}${more}; compute these first, or name their keys too`;
}

/** What the report's folder gives steps: its own kinds, of a trusted one, and the bytes of its files. */
async function openFolder(
  folder: string,
  { allowed, limits }: Pick<World, 'allowed' | 'limits'>,
): Promise<{
  readonly kinds: typeof stepKinds;
  readonly read: (path: string) => Uint8Array | { readonly refused: string };
}> {
  // Most steps need nothing of it: what needs it says so.
  if (!existsSync(folder))
    return { kinds: stepKinds, read: () => ({ refused: `there is no folder ${printable(folder)}` }) };
  const own = allowed.trust ? await loadKinds(folder, allowed, limits) : { kinds: [], problems: [] };
  if (areFatal(own.problems))
    throw new EnvironmentError(`the kinds of ${printable(folder)} cannot be loaded: ${own.problems[0]?.message ?? ''}`);
  const files = openReport(folder, allowed);
  const data = dataFiles((path, kind) => files.read(path, kind));
  return {
    kinds: [...stepKinds, ...own.kinds],
    read: (path) => {
      const found = data(path);
      return 'refused' in found ? found : found.bytes;
    },
  };
}

export { DamagedPlan };
