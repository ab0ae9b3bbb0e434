/** What a command has of the process that it runs in: how it speaks, how it opens the world, how it ends. */
import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import pc from 'picocolors';
import { writtenText } from '../source/written-text.js';
import { messageOf } from '../shared/message-of.js';
import type { World, WorldRequest } from '../pipeline/world.js';
import { type DeviceName, deviceNames, expectedDevices, isDeviceName } from '../shared/device-names.js';
import { type Limits, limitNames, limitTable, standardLimits } from '../shared/limits.js';
import { EnvironmentError, formatProblem, type Paint, plain, printable, type Problem } from '../shared/problem.js';
import { firstProblems, moreInWords } from '../shared/first-problems.js';
import { blamed } from '../shared/loaded-plugins.js';
import { machineKey } from '../shared/machine-key.js';
import { progressReporter } from '../run/progress.js';
import type { Edition } from '../shared/edition.js';
import type { Report } from '../source/report.js';
import { type SharedPlace, sharedPlace } from '../store/remote/places.js';
import { visible } from './visible.js';

/** 0 built, 1 a problem in the report, 2 wrong usage, 3 the environment, 4 a limit, 130 interrupted. */
export const exitCodes = { problem: 1, usage: 2, environment: 3, limit: 4, interrupted: 130 } as const;

export interface Shell {
  /** To the person, beside the result. */
  readonly log: (text: string) => void;
  /** A line of the result. */
  readonly print: (text: string) => void;
  readonly paint: Paint;
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal;
  /** The code that the process is to end with; without a call, 0. */
  readonly exitWith: (how: keyof typeof exitCodes) => void;
  /** What computes and remembers. */
  readonly open: (how: WorldRequest) => Promise<World>;
}

/** The shell of this process. */
export function realShell(signal: AbortSignal): Shell {
  return {
    log: (text) => {
      process.stderr.write(visible(text, process.stderr.isTTY));
    },
    print: (text) => {
      process.stdout.write(`${visible(text, process.stdout.isTTY)}\n`);
    },
    paint: process.stderr.isTTY ? { strong: pc.bold, faint: pc.dim, error: pc.red, warning: pc.yellow } : plain,
    signal,
    exitWith: (how) => {
      process.exitCode = exitCodes[how];
    },
    // What takes long to load is imported only when it is needed.
    open: async (how) => (await import('../pipeline/world.js')).realWorld(how),
  };
}

/**
 * Says in a line what stood in the way of a command outside the report; false, with nothing said, for an error of the
 * program itself.
 */
export function tellError(error: unknown, command: string | undefined, { log, paint, exitWith }: Shell): boolean {
  if (!(error instanceof Error)) return false;
  if (!('syscall' in error) && !(error instanceof EnvironmentError)) return false;
  log(
    `${paint.error('environment')}  ${printable(error.message)}${'syscall' in error ? aboutSystem(error, command === 'build') : ''}\n`,
  );
  exitWith('environment');
  return true;
}

/** Says which plugin of a report failed where no page waits for it; false, with nothing said, where none was loaded. */
export function tellPlugin(error: unknown, { log, paint }: Pick<Shell, 'log' | 'paint'>): boolean {
  const who = blamed(error);
  if (who === undefined) return false;
  const message = messageOf(error);
  log(
    `${paint.error('plugin-failed')}  ${printable(`${who} failed outside of its turn: ${message}`)}; mend the plugin, or leave it out\n`,
  );
  return true;
}

/** What the system's own words leave out. */
function aboutSystem(error: Error, publishes: boolean): string {
  const [path, code] = ['path', 'code'].map((name): unknown => (error as unknown as Record<string, unknown>)[name]);
  const place = typeof path === 'string' && !error.message.includes(path) ? ` '${printable(path)}'` : '';
  const kept = publishes ? '; the previous site was kept' : '';
  return `${place}${code === 'ENOENT' ? '; check that the path exists' : ''}${kept}`;
}

/** The problems in reading order, with the lines that they are about, and how many more there are. */
export function showProblems(
  problems: readonly Problem[],
  report: Report,
  { log, paint }: Shell,
  published = false,
): void {
  const textOf = writtenText(report);
  const { shown, more } = firstProblems(problems);
  for (const problem of shown) log(`${formatProblem(problem, report.folder, textOf, paint)}\n`);
  for (const left of more) {
    const { message, hint } = moreInWords(left);
    log(`${(left.isWarning ? paint.warning : paint.error)(left.rule)}  ${message}; ${hint}\n`);
  }
  const errors = problems.filter(({ severity }) => severity !== 'warning').length;
  const count = errors === 1 ? '1 problem' : `${errors} problems`;
  if (errors > 0) log(`${count}; ${published ? 'the site was published' : 'nothing was published'}\n`);
}

/** The world of a command that plans or builds. */
export async function openWorld(
  { log, paint, signal, open }: Shell,
  {
    store,
    offline = false,
    sends = true,
    jobs = availableParallelism(),
    device = 'auto',
    limit,
    trust = false,
    keepPluginHtml = false,
    followLinks = false,
    solutions = false,
    edition = { drafts: false, solutions },
  }: WorldOptions,
): Promise<World> {
  if (trust)
    log(
      `--trust: the report's own templates, plugins and kinds are used, and so are results and a site that came with it\n`,
    );
  const { unkept } = machineKey();
  if (unkept !== undefined)
    log(
      `${paint.warning('warning')}  this machine has no key to know its own results and sites by: ${printable(unkept)}; name a folder for it in XDG_STATE_HOME\n`,
    );
  const { stderr } = process;
  const clock = (): number => performance.now() / 1000;
  const reporter = progressReporter({ write: log, columns: stderr.isTTY ? stderr.columns : undefined, clock });
  return open({
    ...{
      store: store.folder,
      ...(store.shared !== undefined && { shared: store.shared }),
      offline,
      sends,
      signal,
      jobs,
      device,
      limits: limit ?? standardLimits,
      allowed: { trust, pluginHtml: trust && keepPluginHtml, followLinks },
      edition,
    },
    report: reporter,
    warn: (message) => {
      log(`${paint.warning('warning')}  ${printable(message)}\n`);
    },
    log: (line) => {
      log(`${printable(line)}\n`);
    },
  });
}

/** What a person says on the command line of the world that a command works in. */
export interface WorldOptions {
  readonly store: StorePlaces;
  readonly offline?: boolean;
  /** Whether results that wait are sent to a shared store in the end. */
  readonly sends?: boolean;
  readonly jobs?: number;
  readonly device?: DeviceName;
  readonly limit?: Limits;
  readonly trust?: boolean;
  readonly keepPluginHtml?: boolean;
  readonly followLinks?: boolean;
  readonly solutions?: boolean;
  /** For whom the report is read, where that is not asked. */
  readonly edition?: Edition;
}

/** The option by which a person vouches for a report; no file of a report can say the same. */
export const trustOption = [
  '--trust',
  'the report is your own: use its templates, plugins and kinds, and results and a site that another machine made',
] as const;

/** The option by which a person lets plugins of a trusted report put into pages what is left out otherwise. */
export const pluginHtmlOption = ['--keep-plugin-html', 'with --trust: publish whatever its plugins write'] as const;

/** The option for data that several reports of one repository share. */
export const followLinksOption = ['--follow-links', 'follow links of the report to files of its repository'] as const;

/** The option for those who teach with a report. */
export const solutionsOption = ['--solutions', 'with the solutions of exercises: blocks of the kind solution'] as const;

/** Where a person says that results are. */
export interface StorePlaces {
  /** This machine's own. */
  readonly folder: string;
  /** What is shared with others behind it. */
  readonly shared?: SharedPlace;
}

/** The option by which a command is told where results are; again for a place that is shared. No file of a report can say it. */
export function storeOption(): Option {
  const places: StorePlaces = { folder: '.colophon' };
  return new Option(
    '--store <place>',
    'where results are kept: a folder; again for what others share behind it, s3://…, https://… or file:///…',
  )
    .default(places, '.colophon')
    .argParser(addPlace);
}

/** The option by which nobody is asked for results: those that would be sent wait. */
export const offlineOption = ['--offline', 'ask no shared store; what is to be sent to it waits'] as const;

function addPlace(word: string, before: StorePlaces): StorePlaces {
  const shared = sharedPlace(word);
  if (shared === undefined) return { ...before, folder: word };
  if ('refused' in shared) throw new InvalidArgumentError(shared.refused);
  if (before.shared !== undefined) throw new InvalidArgumentError('name one shared store');
  return { ...before, shared };
}

/** The option by which a command is told where to compute; `--device gpu`. */
export function deviceOption(): Option {
  const option = new Option('--device <name>', 'where steps run and whose results count').choices(deviceNames);
  return option.default('auto').argParser((name: string): DeviceName => {
    if (isDeviceName(name)) return name;
    throw new InvalidArgumentError(`Allowed choices are ${expectedDevices}.`);
  });
}

/** The option by which a limit is raised or lowered, once for each; `--limit drawing-time=60`. */
export function limitOption(): Option {
  const known = limitNames.map((name) => `${name} (${limitTable[name].standard} ${limitTable[name].unit})`).join(', ');
  return new Option('--limit <name=number>', `what a report may cost, again for each limit: ${known}`)
    .default(standardLimits, '')
    .argParser(setLimit);
}

function setLimit(text: string, before: Limits): Limits {
  const [name = '', number = ''] = text.split('=');
  const known = limitNames.find((one) => one === name);
  if (known === undefined)
    throw new InvalidArgumentError(`no limit is called "${name}"; there is ${limitNames.join(', ')}`);
  const value = Number(number);
  if (number.trim() === '' || !(value > 0) || value > Number.MAX_SAFE_INTEGER)
    throw new InvalidArgumentError(`give a number above 0, as in ${known}=${2 * limitTable[known].standard}`);
  return { ...before, [known]: value };
}

/** A whole number from 1 to 1024, for an option. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1024)
    throw new InvalidArgumentError('give a whole number from 1 to 1024');
  return value;
}
