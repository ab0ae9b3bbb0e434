/** `colophon plan`: what a build would do, and why. */
import type { Command } from 'commander';
import { areFatal } from '../problem.js';
import type { DeviceName } from '../device-names.js';
import { deviceOption, openWorld, type Shell, showProblems, storeOption } from './shell.js';

/** Adds the command to the program. */
export function addPlan(program: Command, shell: Shell): void {
  const { print, exitWith } = shell;
  program
    .command('plan')
    .description('list every step with its key, and whether it would run and why; nothing runs')
    .argument('<report>', 'the folder that holds the pages')
    .option(...storeOption)
    .addOption(deviceOption())
    .option('--json', 'for programs')
    .action(async (folder: string, { store, json, device }: { store: string; json?: true; device: DeviceName }) => {
      const { enginesFor, prepare } = await import('../build.js');
      const { forecast } = await import('../run/run-plan.js');
      const world = await openWorld(shell, store, undefined, device);
      const { report, plan, problems } = prepare(folder, world);
      showProblems(problems, report, shell);
      if (areFatal(problems)) exitWith('problem');
      const { engineFor } = await enginesFor(plan, world).finally(world.close);
      const steps = forecast(plan, world.store, engineFor);
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
            })),
            null,
            1,
          ),
        );
        return;
      }
      const width = Math.max(0, ...steps.map(({ step }) => step.name.length));
      for (const { step, cached, why } of steps) {
        print(
          `${cached ? 'cached   ' : 'would run'}  ${step.kind.kind.padEnd(8)}  ${step.name.padEnd(width)}  ${step.key.slice(0, 16)}  ${why}`,
        );
      }
      const running = steps.filter(({ cached }) => !cached).length;
      print(
        `${steps.length} steps, ${running} would run; ${plan.figures.length} figures, ${plan.tables.length} tables`,
      );
    });
}
