/** `colophon results`: what a directive computed. */
import type { Command } from 'commander';
import { whole } from '../shared/edition.js';
import { commandLine } from '../shared/own-command.js';
import { printable } from '../shared/problem.js';
import {
  followLinksOption,
  openWorld,
  type Shell,
  showProblems,
  storeOption,
  trustOption,
  type WorldOptions,
} from './shell.js';

interface ResultsOptions extends WorldOptions {
  readonly report: string;
  readonly json?: true;
  readonly record?: true;
  readonly npy?: string;
}

/** Adds the command to the program. */
export function addResults(program: Command, shell: Shell): void {
  const { log, print, exitWith } = shell;
  program
    .command('results')
    .description('show what a directive computed')
    .argument('<id>', 'the id of a directive, or some of its runs: one-layer[hidden=10]')
    .option('--report <dir>', 'the folder that holds the pages', 'report')
    .option(...storeOption)
    .option(...trustOption)
    .option(...followLinksOption)
    .option('--json', 'every number, for programs')
    .option('--record', 'how each was made: directive, profile, device, versions, time, memory, digests in and out')
    .option('--npy <dir>', 'write each array as a .npy file into this folder')
    .action(async (id: string, options: ResultsOptions) => {
      const { prepareWithPlugins } = await import('../pipeline/prepare.js');
      const { describeResults, resultsAsJson, resultsOf, stepsNamed, writeNpy } = await import('./print-results.js');
      const { describeRecord, recordsAsJson } = await import('./describe-record.js');
      const world = await openWorld(shell, { ...options, edition: whole });
      const { report, plan, problems } = await prepareWithPlugins(options.report, world);
      const named = stepsNamed(plan, id);
      if ('message' in named) {
        showProblems(problems, report, shell);
        log(`${printable(named.message)}; ${printable(named.hint)}\n`);
        exitWith('usage');
        return;
      }
      const { found, missing } = resultsOf(named, world.store);
      if (missing.length > 0) {
        log(`not computed yet: ${missing.join(', ')}; run "${commandLine(['build', options.report])}"\n`);
        exitWith('problem');
      }
      if (options.npy !== undefined) for (const path of writeNpy(found, options.npy)) print(path);
      else if (options.record === true)
        print(options.json === true ? recordsAsJson(found) : found.map(describeRecord).join('\n\n'));
      else print(options.json === true ? resultsAsJson(found) : describeResults(found));
    });
}
