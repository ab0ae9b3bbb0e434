/** `colophon step`: some steps of a plan file, for schedulers and engines of workflows. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { messageOf } from '../shared/message-of.js';
import { EnvironmentError, printable } from '../shared/problem.js';
import {
  deviceOption,
  followLinksOption,
  limitOption,
  offlineOption,
  openWorld,
  type Shell,
  storeOption,
  trustOption,
  wholeNumber,
  type WorldOptions,
} from './shell.js';

interface StepOptions extends WorldOptions {
  readonly plan: string;
  readonly keys?: string;
  readonly report?: string;
  readonly json?: true;
}

/** Adds the command to the program. */
export function addStep(program: Command, shell: Shell): void {
  const { log, print, paint, exitWith } = shell;
  program
    .command('step')
    .description('compute steps of a plan file, on any machine, into the store; what is there is not computed again')
    .argument('[key...]', 'keys, their first characters (8 at least), or names: net[hidden=10]')
    .requiredOption('--plan <file>', 'the plan, as "colophon plan REPORT --file FILE" wrote it')
    .option('--keys <file>', 'a file with more of them, one a line')
    .option('--report <dir>', "the report's folder, in place of the plan's: where data files are")
    .addOption(storeOption())
    .option(...offlineOption)
    .option(...trustOption)
    .option(...followLinksOption)
    .option('--jobs <n>', 'how many steps run at a time (default: one for each processor)', wholeNumber)
    .addOption(deviceOption())
    .addOption(limitOption())
    .option('--json', 'for programs')
    .action(
      async (
        named: readonly string[],
        { plan: path, keys, report, json, ...options }: StepOptions,
        command: Command,
      ) => {
        const words = [...named, ...(keys === undefined ? [] : keysIn(keys))];
        if (words.length === 0) {
          log(`name the steps: their keys, or --keys with a file of them\n`);
          exitWith('usage');
          return;
        }
        const { computeSteps, DamagedPlan, openPlanFile, UnknownStep } = await import('../pipeline/compute-steps.js');
        try {
          const file = openPlanFile(path);
          const isSaid = command.getOptionValueSource('device') === 'cli';
          const world = await openWorld(shell, isSaid ? options : { ...options, device: file.device });
          const request = { file, path, words, world, ...(report !== undefined && { report }) };
          const { ran, cached, failed } = await computeSteps(request).finally(world.close);
          for (const { step, message } of failed)
            log(`${paint.error('failed')}  ${step.name}: ${printable(message)}\n`);
          if (failed.length > 0) exitWith('problem');
          const failures = failed.map(({ step, message }) => ({ name: step.name, key: step.key, message }));
          if (json === true) print(JSON.stringify({ ran, cached, failed: failures }, null, 1));
          else print(`${ran} steps ran, ${cached} cached${failed.length > 0 ? `, ${failed.length} failed` : ''}`);
        } catch (error) {
          if (error instanceof DamagedPlan) {
            log(`${paint.error('plan')}  ${error.message}\n`);
            exitWith('problem');
          } else if (error instanceof UnknownStep) {
            log(`${error.message}; "steps" in it lists every key and name\n`);
            exitWith('usage');
          } else throw error;
        }
      },
    );
}

function keysIn(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split(/\s+/)
      .filter((word) => word !== '');
  } catch (error) {
    throw new EnvironmentError(`the file of keys cannot be read: ${messageOf(error)}`);
  }
}
