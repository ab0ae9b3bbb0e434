/** `colophon plan`: what a build would do, and why. */
import type { Command } from 'commander';
import { areFatal, outcomeOf } from '../shared/problem.js';
import { commandLine } from '../shared/own-command.js';
import {
  deviceOption,
  followLinksOption,
  limitOption,
  offlineOption,
  openWorld,
  type Shell,
  showProblems,
  solutionsOption,
  storeOption,
  trustOption,
  type WorldOptions,
} from './shell.js';

interface PlanOptions extends WorldOptions {
  readonly json?: true;
  readonly explain?: true;
  readonly check?: true;
  readonly file?: string;
}

/** Adds the command to the program. */
export function addPlan(program: Command, shell: Shell): void {
  const { print, log, exitWith } = shell;
  program
    .command('plan')
    .description('list every step with its key, and whether it would run and why; nothing runs')
    .argument('<report>', 'the folder that holds the pages')
    .addOption(storeOption())
    .option(...offlineOption)
    .option(...trustOption)
    .option(...followLinksOption)
    .option(...solutionsOption)
    .addOption(deviceOption())
    .addOption(limitOption())
    .option('--explain', 'what changed, field by field, what has to run because of it, and how long that takes')
    .option('--check', 'exit with 1 when a step would run; every stored result is read and checked')
    .option('--file <file>', 'write all of it, for "colophon step" on other machines and engines of workflows')
    .option('--json', 'for programs')
    .action(async (folder: string, { json, explain, check, file, ...options }: PlanOptions) => {
      const { bringResults } = await import('../pipeline/bring-results.js');
      const { enginesFor } = await import('../pipeline/choose-engines.js');
      const { savedMemos } = await import('../pipeline/memos.js');
      const { prepareWithPlugins } = await import('../pipeline/prepare.js');
      const { forecast } = await import('../run/run-plan.js');
      const { tryFigures } = await import('../pipeline/try-figures.js');
      const { peekingOnce } = await import('../store/peeking-once.js');
      const opened = await openWorld(shell, { ...options, sends: false });
      const world = { ...opened, store: peekingOnce(opened.store) };
      const memos = savedMemos(world.store, folder);
      const prepared = await prepareWithPlugins(folder, world, { memos });
      const { report, plan } = prepared;
      const tried = areFatal(prepared.problems) ? [] : await tryFigures(plan, world.draw, memos.trials, world.limits);
      world.signal.throwIfAborted();
      const problems = [...prepared.problems, ...tried];
      showProblems(problems, report, shell);
      if (areFatal(problems)) exitWith(outcomeOf(problems));
      if (!areFatal(problems)) await bringResults(plan, world, { recordsOnly: check !== true });
      const { engineFor, said } = await enginesFor(plan, world).finally(world.close);
      const steps = forecast(plan, world.store, engineFor, check === true);
      const running = steps.filter(({ cached }) => !cached);
      if (check === true && running.length > 0) {
        log(`${running.length} of ${steps.length} results are not there; run "${commandLine(['build', folder])}"\n`);
        exitWith('problem');
      }
      if (file !== undefined && !areFatal(problems)) {
        const { writePlan } = await import('../pipeline/write-plan.js');
        writePlan(file, folder, world.device, steps);
      }
      if (explain === true) {
        const { causesOf, explainPlan } = await import('../run/explain.js');
        const { causeAsJson, describeCause, explanationAsJson } = await import('./explanation.js');
        const explanations = explainPlan(steps, world.store);
        const causes = causesOf(explanations, plan, world.jobs);
        if (json === true)
          print(
            JSON.stringify({ causes: causes.map(causeAsJson), steps: explanations.map(explanationAsJson) }, null, 1),
          );
        else {
          const byKey = new Map(explanations.map((one) => [one.step.key, one]));
          for (const cause of causes) print(describeCause(cause, byKey));
          print(`${steps.length} steps, ${running.length} would run`);
        }
        return;
      }
      if (json === true) {
        print(
          JSON.stringify(
            steps.map(({ step, cached, why }) => ({
              name: step.name,
              kind: step.kind.kind,
              key: step.key,
              cached,
              why,
              cost: step.cost,
              inputs: Object.fromEntries(Object.entries(step.inputs).map(([role, input]) => [role, input.key])),
            })),
            null,
            1,
          ),
        );
        return;
      }
      const width = Math.max(0, ...steps.map(({ step }) => step.name.length));
      // A check is about what would run.
      const lines = (check === true ? running : steps).map(
        ({ step, cached, why }) =>
          `${cached ? 'cached   ' : 'would run'}  ${step.kind.kind.padEnd(8)}  ${step.name.padEnd(width)}  ${step.key.slice(0, 16)}  ${why}`,
      );
      const counts = `${steps.length} steps, ${running.length} would run`;
      print([...lines, ...said, `${counts}; ${plan.figures.length} figures, ${plan.tables.length} tables`].join('\n'));
    });
}
