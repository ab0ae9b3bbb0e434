/** `--on`: the steps of a command computed by a scheduler first. */
import { execPath } from 'node:process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { InvalidArgumentError, Option } from 'commander';
import { compiledFile } from '../shared/program-folder.js';
import { areFatal, EnvironmentError, printable } from '../shared/problem.js';
import { commandLine } from '../shared/own-command.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import type { World } from '../pipeline/world.js';
import type { Report } from '../source/report.js';
import { stepKinds } from '../steps/kinds.js';
import { faultOfTemplate } from '../cluster/command.js';
import { readClusterSettings, settingsPath, WrongSettings } from '../cluster/settings.js';
import { openWorld, type Shell, type WorldOptions } from './shell.js';

export interface OnOptions {
  readonly on?: string;
  readonly detach?: true;
}

/** The option by which steps are computed elsewhere. No file of a report can say it. */
export function onOption(): Option {
  return new Option(
    '--on <scheduler>',
    'compute steps as jobs: slurm, or a command such as "command:qsub {script}"',
  ).argParser((text) => {
    if (text === 'slurm') return text;
    if (!text.startsWith('command:'))
      throw new InvalidArgumentError('give slurm, or command: and a command line with {script}');
    const fault = faultOfTemplate(text.slice('command:'.length));
    if (fault !== undefined) throw new InvalidArgumentError(fault);
    return text;
  });
}

export const detachOption = [
  '--detach',
  'with --on: submit the jobs and end; a later build takes their results',
] as const;

interface OnRequest {
  readonly folder: string;
  readonly report: Pick<Report, 'dataFile'>;
  readonly plan: Pick<Plan, 'steps'>;
  readonly world: World;
  readonly options: WorldOptions & OnOptions & { readonly on: string };
}

/**
 * Computes what is due. "done" when everything is there; the rest has been said, and how the command ends: "left" where steps have no
 * result, "queued" where their jobs go on without it.
 */
export async function computeOn(
  { folder, report, plan, world, options }: OnRequest,
  shell: Shell,
): Promise<'done' | 'left' | 'queued'> {
  const { log, paint, exitWith } = shell;
  const {
    on,
    detach = false,
    store,
    offline = false,
    trust = false,
    followLinks = false,
    device = 'auto',
    limit,
  } = options;
  let settings;
  const path = settingsPath(process.env);
  try {
    settings = readClusterSettings(path, stepKindsOf(plan));
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    log(`${error.message}\n`);
    exitWith('usage');
    return 'left';
  }
  if (detach && on !== 'slurm' && !on.includes('{after}'))
    throw new EnvironmentError(
      `with --detach nobody is there to submit the second job after the first: the command needs {after}, as in "command:qsub -W depend=afterok:{after} {script}"`,
    );
  const words = [
    ...['--store', resolve(store.folder)],
    ...(store.shared === undefined ? [] : ['--store', store.shared.name]),
    ...(offline ? ['--offline'] : []),
    ...(trust ? ['--trust'] : []),
    ...(followLinks ? ['--follow-links'] : []),
    ...(device === 'auto' ? [] : ['--device', device]),
    ...Object.entries(limit ?? {}).flatMap(([name, value]) => ['--limit', `${name}=${value}`]),
  ];
  const state = process.env['XDG_STATE_HOME'];
  const { computeOnCluster } = await import('../pipeline/on-cluster.js');
  const { runProgram } = await import('../cluster/programs.js');
  const line = progressLine(shell);
  const { ran, cached, failed, queued } = await computeOnCluster({
    ...{ folder, report, plan, store: store.folder, on, detach, settings, words, world },
    program: [execPath, compiledFile('cli.js')],
    environment: state === undefined ? {} : { XDG_STATE_HOME: state },
    run: runProgram,
    say: (text) => {
      line.clear();
      log(`${text}\n`);
    },
    show: line.show,
    askToCancel: (jobs, cancelLine) => askToCancel(jobs, cancelLine, shell),
  });
  line.clear();
  if (queued !== undefined) {
    const { jobs, steps, name } = queued;
    log(
      `${jobs} jobs for ${steps} steps are in the queue, as ${name}; "${commandLine(['build', folder, '--on', on])}" waits for them and publishes\n`,
    );
    return 'queued';
  }
  log(`${ran} steps computed on ${printable(on)}, ${cached} cached\n`);
  for (const { step, message } of failed.slice(0, mostShown))
    log(`${paint.error('failed')}  ${step.name}: ${printable(message)}\n`);
  if (failed.length > mostShown) log(`and ${failed.length - mostShown} more\n`);
  if (failed.length === 0) return 'done';
  log('nothing was published; finished steps are kept\n');
  exitWith('problem');
  return 'left';
}

const mostShown = 20;

function stepKindsOf({ steps }: Pick<Plan, 'steps'>): string[] {
  return [...new Set([...stepKinds.map(({ kind }) => kind), ...steps.map((step: PlannedStep) => step.kind.kind)])];
}

/** Seconds between two lines of a log about the same. */
const everySeconds = 10;

/** One line that changes in a terminal, a line now and then in a log. */
function progressLine({ log }: Shell): { readonly show: (text: string) => void; readonly clear: () => void } {
  const isTerminal = process.stderr.isTTY;
  let shown = '';
  let last = 0;
  return {
    show: (text) => {
      const now = performance.now() / 1000;
      if (text === shown || (!isTerminal && now - last < everySeconds)) return;
      [shown, last] = [text, now];
      log(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    clear: () => {
      if (isTerminal && shown !== '') log('\r\u001b[K');
      shown = '';
    },
  };
}

/** Asks the person who has interrupted; where nobody can answer, the jobs go on. */
async function askToCancel(jobs: number, line: string | undefined, { log }: Shell): Promise<boolean> {
  const goOn = `the jobs go on; build again to follow them${line === undefined ? '' : `, or end them with "${line}"`}\n`;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    log(`\n${goOn}`);
    return false;
  }
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asked.question(`\ncancel the ${jobs} jobs? [y/N] `).finally(() => {
    asked.close();
  });
  const isYes = /^y(?:es)?$/i.test(answer.trim());
  if (!isYes) log(goOn);
  return isYes;
}

/**
 * The same of a report, or of what has this id in it; false where nothing is left to do, as steps have no result, their jobs go on, or the
 * report has problems.
 */
export async function computeReportOn(
  folder: string,
  options: OnRequest['options'],
  shell: Shell,
  id?: string,
): Promise<boolean> {
  const { prepareWithPlugins } = await import('../pipeline/prepare.js');
  const { bringResults } = await import('../pipeline/bring-results.js');
  const { partOfPlan } = await import('../pipeline/part-of-plan.js');
  const world = await openWorld(shell, { ...options, sends: false });
  try {
    const { report, plan, problems } = await prepareWithPlugins(folder, world);
    // The build that follows says them, and what has no such id.
    if (areFatal(problems)) return true;
    let part: Pick<Plan, 'steps'> = plan;
    try {
      part = id === undefined ? plan : partOfPlan(plan, id);
    } catch {
      return true;
    }
    await bringResults(part, world);
    return (await computeOn({ folder, report, plan: part, world, options }, shell)) === 'done';
  } finally {
    await world.close();
  }
}
