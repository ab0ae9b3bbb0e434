/** `colophon verify`: published results computed again. */
import { messageOf } from '../shared/message-of.js';
import { whole } from '../shared/edition.js';
import { type Command, Option } from 'commander';
import { areFatal, EnvironmentError, outcomeOf, printable } from '../shared/problem.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import type { ResultWithInputs } from '../pipeline/find-results.js';
import type { World } from '../pipeline/world.js';
import type { SharedPlace } from '../store/remote/places.js';
import type { Verification } from '../verify/verify-step.js';
import {
  deviceOption,
  followLinksOption,
  limitOption,
  offlineOption,
  openWorld,
  type Shell,
  showProblems,
  storeOption,
  trustOption,
  wholeNumber,
  type WorldOptions,
} from './shell.js';

interface VerifyOptions extends WorldOptions {
  readonly sample?: number;
  readonly remote?: true;
  readonly on?: string;
  readonly json?: true;
}

/** Adds the command to the program. */
export function addVerify(program: Command, shell: Shell): void {
  const { print, paint, exitWith } = shell;
  program
    .command('verify')
    .description('compute results again from their recorded inputs, and compare; exit with 1 when one differs')
    .argument('<report>', 'the folder that holds the pages')
    .addOption(storeOption())
    .option(...offlineOption)
    .option(...trustOption)
    .option(...followLinksOption)
    .addOption(deviceOption())
    .addOption(limitOption())
    .option('--sample <n>', 'only so many, chosen at random', wholeNumber)
    .option('--remote', 'results as the shared store has them, whoever made them, whatever is here')
    .option('--json', 'for programs: one entry for each result')
    .addOption(new Option('--on <scheduler>').hideHelp())
    .action(async (folder: string, { sample, json, remote, on, ...options }: VerifyOptions) => {
      if (on !== undefined)
        throw new EnvironmentError(
          'verify computes and compares in one process, as what others say of it is what it does not take: submit it as a job, with --sample where it would be long',
        );
      const { shared } = options.store;
      if (remote === true && shared === undefined)
        throw new EnvironmentError('name the shared store: --store s3://BUCKET/PREFIX, https://… or file:///…');
      if (remote === true && options.offline === true)
        throw new EnvironmentError('--remote asks the shared store, and --offline asks nobody: leave one of them out');
      const { enginesFor } = await import('../pipeline/choose-engines.js');
      const { prepareWithPlugins } = await import('../pipeline/prepare.js');
      const { verifyStep } = await import('../verify/verify-step.js');
      const { versions } = await import('../shared/program.js');
      const world = await openWorld(shell, { ...options, sends: false, edition: whole });
      try {
        const { report, plan, problems } = await prepareWithPlugins(folder, world);
        showProblems(problems, report, shell);
        if (areFatal(problems)) {
          exitWith(outcomeOf(problems));
          return;
        }
        const { results: chosen, missing } = await chosenResults(
          plan,
          world,
          { sample, shared: remote === true ? shared : undefined },
          shell,
        );
        const { engineFor } = await enginesFor(plan, world);
        const entries: object[] = [];
        for (const { step, result, inputs } of chosen) {
          let found: Verification | { outcome: 'failed'; message: string };
          try {
            found = await verifyStep(step, result, inputs, {
              ...world,
              engine: engineFor(step).engine,
              versions: versions(),
              file: (path) => {
                const data = report.dataFile(path);
                if ('refused' in data) throw new Error(`${path}: ${data.refused}`);
                return data.bytes;
              },
            });
          } catch (error) {
            world.signal.throwIfAborted();
            found = { outcome: 'failed', message: messageOf(error) };
          }
          const { profile, device } = result.record;
          entries.push({
            name: step.name,
            key: step.key,
            digest: result.digest,
            recorded: { profile, device },
            ...found,
            ...(step.kind.source !== undefined && { source: step.kind.source(step.options), files: step.files }),
          });
          const wrong = found.outcome === 'differs' || found.outcome === 'failed';
          if (wrong) exitWith('problem');
          if (json !== true)
            print(
              `${wrong ? paint.error(found.outcome) : found.outcome}  ${step.name}  ${step.kind.source === undefined ? inWords(found, profile) : readAgain(found, step)}`,
            );
        }
        world.store.restamp();
        for (const step of missing) {
          exitWith('problem');
          entries.push({ name: step.name, key: step.key, outcome: 'not computed' });
          if (json !== true) print(`${step.kind.source === undefined ? 'not computed' : 'not read yet'}  ${step.name}`);
        }
        if (json === true) print(JSON.stringify(entries, null, 1));
      } finally {
        await world.close();
      }
    });
}

function inWords(found: Verification | { outcome: 'failed'; message: string }, recorded: string): string {
  switch (found.outcome) {
    case 'bits':
      return `the same bytes by ${found.profile}`;
    case 'tolerance':
      return `${found.profile} against ${recorded}: at most ${found.share.toPrecision(2)} of what is allowed (${found.of})`;
    case 'differs':
      return `${found.profile} against ${recorded}: ${found.share.toPrecision(2)} of what is allowed (${found.of})`;
    case 'failed':
      return printable(found.message);
  }
}

/** Of results that were not computed here, and so cannot be computed again. */
function readAgain(found: Verification | { outcome: 'failed'; message: string }, { files }: PlannedStep): string {
  if (found.outcome === 'failed') return printable(found.message);
  const read = printable(files.map(({ file, digest }) => `${file}, SHA-256 ${digest.slice(0, 12)}`).join('; '));
  return found.outcome === 'bits'
    ? `not computed here, so not computed again; the numbers are still those of ${read}`
    : `not computed here; the stored numbers are not those of ${read}`;
}

/** The results that are computed again: those in the store with those of the shared one behind it, or the shared one's alone. */
async function chosenResults(
  plan: Plan,
  world: World,
  { sample, shared }: { readonly sample: number | undefined; readonly shared: SharedPlace | undefined },
  { log, signal }: Shell,
): Promise<{ results: readonly ResultWithInputs[]; missing: readonly PlannedStep[] }> {
  const { sharedSample, someOf } = await import('../pipeline/shared-sample.js');
  if (shared !== undefined) {
    const warn = (message: string): void => {
      log(`${printable(message)}\n`);
    };
    return sharedSample(plan, shared, sample, { warn, log: warn, signal });
  }
  const { findResults } = await import('../pipeline/find-results.js');
  const { bringResults } = await import('../pipeline/bring-results.js');
  await bringResults(plan, world);
  const { results, missing } = findResults(plan, world.store);
  return { results: sample === undefined ? results : someOf(results, sample), missing };
}
