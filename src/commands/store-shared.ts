/** What `colophon store` does with a store that others share: sends to it, says what it holds, and makes it smaller. */
import type { Command } from 'commander';
import type { Plan } from '../plan/plan.js';
import { commandLine } from '../shared/own-command.js';
import { EnvironmentError, printable } from '../shared/problem.js';
import { day } from '../store/remote/ages.js';
import type { RemoteStore } from '../store/remote/remote-store.js';
import { inBytes } from './in-bytes.js';
import { plansOf } from './plans-of.js';
import { followLinksOption, type Shell, storeOption, trustOption, type WorldOptions } from './shell.js';

/** Adds `store push`. */
export function addPush(store: Command, shell: Shell): void {
  const { print, log, exitWith, signal } = shell;
  store
    .command('push')
    .description('send to the shared store what waits to be sent, and what it lacks of the results of reports')
    .argument('[reports...]', 'folders of pages', [])
    .addOption(storeOption())
    .option(...trustOption)
    .option(...followLinksOption)
    .option('--json', 'for programs')
    .action(async (folders: string[], options: WorldOptions & { json?: true }) => {
      const { artifactKeys } = await import('../pipeline/artifact-keys.js');
      const { storeRoot } = await import('../store/layout.js');
      const { queueFor } = await import('../store/remote/queue.js');
      const { sender } = await import('../store/remote/sender.js');
      const { directoryStore } = await import('../store/directory-store.js');
      const { isResult } = await import('../pipeline/is-result.js');
      const remote = await opened(options);
      if (!remote.isWritable) throw new EnvironmentError(`${remote.name} can only be read; name s3://… or file:///…`);
      const plans = await plansOf(folders, options, shell);
      if (plans === undefined) return;
      const root = storeRoot(options.store.folder);
      const queue = queueFor(root, remote.name);
      const local = directoryStore(options.store.folder, log);
      for (const key of plans.flatMap(artifactKeys)) {
        const found = local.peek(key, isResult);
        if (found !== undefined) queue.add(found.record);
      }
      const warn = (message: string): void => {
        log(`${printable(message)}\n`);
      };
      const { sent, waiting } = await sender({ root, remote, queue, damaged: new Set(), signal, warn }).finish();
      if (waiting > 0) exitWith('environment');
      if (options.json === true) print(JSON.stringify({ store: remote.name, sent, waiting }, null, 1));
      else print(`${remote.name}: ${sent} results sent${waiting > 0 ? `, ${waiting} wait` : ''}`);
    });
}

/** The shared store that was named. Throws an EnvironmentError where none was. */
async function opened({ store }: WorldOptions): Promise<RemoteStore> {
  if (store.shared === undefined)
    throw new EnvironmentError('name the shared store: --store s3://BUCKET/PREFIX, https://… or file:///…');
  const { openRemote } = await import('../store/remote/open-remote.js');
  return openRemote(store.shared);
}

/** What is known of a shared store: what waits for it here and, where it can be listed, what it holds. */
export interface SharedStatus {
  readonly store: string;
  readonly waiting: number;
  readonly results?: number;
  readonly bytes?: number;
  /** How many steps of each report it has results of. */
  readonly reports?: readonly { readonly steps: number; readonly there: number }[];
  /** Why the rest is not known. */
  readonly unknown?: string;
}

/** Undefined where no shared store was named. */
export async function sharedStatus(options: WorldOptions, plans: readonly Plan[]): Promise<SharedStatus | undefined> {
  const { folder, shared } = options.store;
  if (shared === undefined) return undefined;
  const { waitingFor } = await import('../store/remote/queue.js');
  const base = { store: shared.name, waiting: waitingFor(folder, shared.name) };
  if (options.offline === true) return { ...base, unknown: 'it was not asked' };
  const { remoteStatus } = await import('../store/remote/collect-remote.js');
  const { RemoteFailure } = await import('../store/remote/remote-store.js');
  const { artifactKeys } = await import('../pipeline/artifact-keys.js');
  try {
    const { results, bytes, keys } = await remoteStatus(await opened(options));
    const reports = plans.map((plan) => {
      const needed = artifactKeys(plan);
      return { steps: needed.length, there: needed.filter((key) => keys.has(key)).length };
    });
    return { ...base, results, bytes, reports };
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    return { ...base, unknown: error.message };
  }
}

export function printShared(status: SharedStatus, folders: readonly string[], { print }: Pick<Shell, 'print'>): void {
  const line = (name: string, size: string, rest: string): void => {
    print(`${name.padEnd(24)} ${size.padStart(10)}  ${rest}`);
  };
  if (status.unknown === undefined) line(status.store, inBytes(status.bytes ?? 0), `${status.results ?? 0} results`);
  else print(`${status.store}: ${printable(status.unknown)}`);
  status.reports?.forEach(({ steps, there }, index) => {
    line(`  of ${folders[index] ?? ''}`, '', `${there} of ${steps} results`);
  });
  if (status.waiting > 0)
    print(
      `  ${status.waiting} results wait to be sent; "${commandLine(['store', 'push', '--store', status.store])}" sends them`,
    );
}

export interface CollectOptions extends WorldOptions {
  readonly age: number;
  readonly revisions: readonly string[];
  readonly json?: true;
}

/** `store gc --remote`. */
export async function collectShared(folders: readonly string[], options: CollectOptions, shell: Shell): Promise<void> {
  const { collectRemote } = await import('../store/remote/collect-remote.js');
  const { RemoteFailure } = await import('../store/remote/remote-store.js');
  const { isReachable } = await import('../pipeline/reachable.js');
  const remote = await opened(options);
  if (!remote.isWritable) throw new EnvironmentError(`${remote.name} can only be read; name s3://… or file:///…`);
  const plans = await plansOf(folders, options, shell, options.revisions);
  if (plans === undefined) return;
  try {
    const collected = await collectRemote(remote, isReachable(plans), options.age * day);
    if (options.json === true) {
      shell.print(JSON.stringify({ store: remote.name, ...collected }, null, 1));
      return;
    }
    const { results, arrays, bytes, left, young, unreadable } = collected;
    shell.print(
      `${remote.name}: ${results} results and ${arrays} large arrays removed, ${inBytes(bytes)}; ${inBytes(left)} left`,
    );
    if (young > 0) shell.print(`${young} more are needed by none of the reports, and younger than ${options.age} days`);
    for (const message of unreadable) shell.print(`${printable(message)}: it may name any array, and all of them stay`);
  } catch (error) {
    throw error instanceof RemoteFailure ? new EnvironmentError(error.message) : error;
  }
}
