/** `colophon results`: what a directive computed. */
import type { Command } from 'commander';
import { type NamedOptions, namedSteps, sayMissing, takesSteps } from './named-steps.js';
import { onOption, type OnOptions } from './on-cluster.js';
import type { Shell } from './shell.js';

interface ResultsOptions extends NamedOptions, OnOptions {
  readonly json?: true;
  readonly record?: true;
  readonly npy?: string;
}

/** Adds the command to the program. */
export function addResults(program: Command, shell: Shell): void {
  const { print } = shell;
  takesSteps(program.command('results').description('show what a directive computed'))
    .option('--json', 'every number, for programs')
    .option('--record', 'how each was made: directive, profile, device, versions, time, memory, digests in and out')
    .option('--npy <dir>', 'write each array as a .npy file into this folder')
    .addOption(onOption())
    .action(async (id: string, options: ResultsOptions) => {
      const { describeResults, resultsAsJson, resultsOf, writeNpy } = await import('./print-results.js');
      const { describeRecord, recordsAsJson } = await import('./describe-record.js');
      const named = await namedSteps(id, options, shell);
      if (named === undefined) return;
      const { found, missing } = resultsOf(named.steps, named.store);
      if (missing.length > 0) sayMissing(missing, options, shell);
      if (options.npy !== undefined) for (const path of writeNpy(found, options.npy)) print(path);
      else if (options.record === true)
        print(options.json === true ? recordsAsJson(found) : found.map(describeRecord).join('\n\n'));
      else print(options.json === true ? resultsAsJson(found) : describeResults(found));
    });
}
