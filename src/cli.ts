#!/usr/bin/env node
/** Arguments in, exit code out; the only place that ends the process. The commands are in `commands/`, one file each. */
import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { addBuild } from './commands/build.js';
import { addDev } from './commands/dev.js';
import { addDevices } from './commands/devices.js';
import { addDiff } from './commands/diff.js';
import { addDoctor } from './commands/doctor.js';
import { addExport } from './commands/export.js';
import { addGpu } from './commands/gpu.js';
import { addNew } from './commands/new.js';
import { addPdf } from './commands/pdf.js';
import { addPlan } from './commands/plan.js';
import { addResults } from './commands/results.js';
import { addSchema } from './commands/schema.js';
import { exitCodes, realShell, tellError, tellPlugin } from './commands/shell.js';
import { addStep } from './commands/step.js';
import { addStore } from './commands/store.js';
import { addVerify } from './commands/verify.js';
import { keepRunning, pluginsAreLoaded } from './shared/loaded-plugins.js';
import { colophonVersion } from './shared/program.js';
import { listenToSignals } from './shared/signals.js';

const end = process.exit.bind(process);
keepRunning();

// A reader that closes the pipe (`| head`) has seen enough.
process.stdout.on('error', () => end(0));

const interrupt = new AbortController();
const stop = (): void => {
  if (interrupt.signal.aborted) end(exitCodes.interrupted);
  interrupt.abort(new Error('interrupted'));
};
// What looks after the store or prints what is there has nothing to end in order.
const endsAtOnce = new Set<string | undefined>(['export', 'new', 'results', 'schema', 'store']);
if (!endsAtOnce.has(process.argv[2])) {
  listenToSignals([
    ['SIGINT', stop],
    ['SIGTERM', stop],
  ]);
}

const shell = realShell(interrupt.signal);
// What fails outside of every command is a plugin's, where there is one: a promise or a timer of its.
process.on('uncaughtException', (error: unknown) => {
  const isTold = tellPlugin(error, shell);
  if (!isTold) shell.log(`${inspect(error)}\n`);
  // The pages of \`colophon dev\` go on.
  if (!isTold || process.argv[2] !== 'dev') end(exitCodes.problem);
});
const program = new Command('colophon')
  .description('Builds static reports whose every figure says how it was made.')
  .version(colophonVersion())
  .showSuggestionAfterError()
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });
const commands = [
  ...[addNew, addDev, addBuild, addDevices, addPlan, addResults, addExport, addVerify, addStep, addStore, addDiff],
  ...[addPdf, addSchema, addDoctor, addGpu],
];
for (const add of commands) add(program, shell);

try {
  if (process.argv.length <= 2) program.help();
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
  else if (interrupt.signal.aborted) {
    shell.log('\ninterrupted; finished steps are kept\n');
    end(exitCodes.interrupted);
  } else if (!tellError(error, process.argv[2], shell)) throw error;
}
// What plugins leave open, a timer or a socket, is no reason to wait.
if (pluginsAreLoaded()) process.stdout.write('', () => end());
