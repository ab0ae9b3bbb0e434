/** `colophon build`: the report, computed and published. */
import type { Command } from 'commander';
import { printable } from '../problem.js';
import { upToDate } from '../up-to-date.js';
import type { DeviceName } from '../device-names.js';
import { deviceOption, openWorld, type Shell, showProblems, storeOption, wholeNumber } from './shell.js';

interface BuildOptions {
  readonly out: string;
  readonly store: string;
  readonly jobs?: number;
  readonly device: DeviceName;
}

/** Adds the command to the program. */
export function addBuild(program: Command, shell: Shell): void {
  const { say, print, paint, exitWith } = shell;
  program
    .command('build')
    .description('compute what has changed and publish the report as a static site')
    .argument('<report>', 'the folder that holds the pages')
    .option('--out <dir>', 'the folder of the site', 'site')
    .option(...storeOption)
    .option('--jobs <n>', 'how many steps run at a time (default: one for each processor)', wholeNumber)
    .addOption(deviceOption())
    .action(async (folder: string, options: BuildOptions) => {
      const { out, store, jobs, device } = options;
      const started = performance.now();
      const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);
      const files = upToDate(folder, out, store);
      if (files !== undefined) {
        print(`${out}: nothing to do; ${files} files as they were built from this report; ${seconds()} s`);
        return;
      }
      const { build } = await import('../build.js');
      const world = await openWorld(shell, store, jobs, device);
      const result = await build(folder, out, world).finally(world.close);
      showProblems(result.problems, result.report, shell);
      for (const { step, message } of result.failed)
        say(`${paint.error('failed')}  ${step.name}: ${printable(message)}\n`);
      if (result.failed.length > 0) say('nothing was published; finished steps are kept\n');
      const { site } = result;
      if (site === undefined) {
        exitWith('problem');
        return;
      }
      print(
        `${out}: ${site.written} files written, ${site.unchanged} unchanged, ${site.removed} removed; ${result.ran} steps ran, ${result.cached} cached; ${seconds()} s`,
      );
    });
}
