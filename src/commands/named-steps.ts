/** The steps of a report that a command is asked about by an id. */
import type { Command } from 'commander';
import { whole } from '../shared/edition.js';
import { commandLine } from '../shared/own-command.js';
import { areFatal, printable } from '../shared/problem.js';
import { computeOn, type OnOptions } from './on-cluster.js';
import type { PlannedStep } from '../plan/plan.js';
import type { Store } from '../store/store.js';
import {
  followLinksOption,
  offlineOption,
  openWorld,
  type Shell,
  showProblems,
  storeOption,
  trustOption,
  type WorldOptions,
} from './shell.js';

export interface NamedOptions extends WorldOptions, OnOptions {
  readonly report: string;
}

/** What a command takes that is about some steps. */
export function takesSteps(command: Command): Command {
  return command
    .argument('<id>', 'the id of a directive, or some of its runs: one-layer[hidden=10]')
    .option('--report <dir>', 'the folder that holds the pages', 'report')
    .addOption(storeOption())
    .option(...offlineOption)
    .option(...trustOption)
    .option(...followLinksOption);
}

/** The steps, and the store that may have them; undefined where there are none, which has been said. */
export async function namedSteps(
  id: string,
  options: NamedOptions,
  shell: Shell,
): Promise<{ readonly steps: readonly PlannedStep[]; readonly store: Store } | undefined> {
  const { prepareWithPlugins } = await import('../pipeline/prepare.js');
  const { stepsNamed } = await import('./print-results.js');
  const { bringResults } = await import('../pipeline/bring-results.js');
  const { withInputs } = await import('../pipeline/part-of-plan.js');
  const world = await openWorld(shell, { ...options, sends: false, edition: whole });
  const { report, plan, problems } = await prepareWithPlugins(options.report, world);
  const named = stepsNamed(plan, id);
  if (!('message' in named)) {
    const needed = withInputs(named);
    const steps = plan.steps.filter((step) => needed.has(step));
    await bringResults({ steps }, world);
    const { on, report: folder } = options;
    if (on !== undefined && !areFatal(problems))
      await computeOn({ folder, report, plan: { steps }, world, options: { ...options, on } }, shell);
    return { steps: named, store: world.store };
  }
  showProblems(problems, report, shell);
  shell.log(`${printable(named.message)}; ${printable(named.hint)}\n`);
  shell.exitWith('usage');
  return undefined;
}

/** Says which results are missing, each once, and what computes them. */
export function sayMissing(missing: readonly string[], { report }: NamedOptions, { log, exitWith }: Shell): void {
  const names = [...new Set(missing)].map(printable).join(', ');
  log(`not computed yet: ${names}; run "${commandLine(['build', report])}"\n`);
  exitWith('problem');
}
