/** `colophon store`: what the store holds, whether it is whole, and how it is made smaller or carried elsewhere. */
import { messageOf } from '../shared/message-of.js';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { commandLine } from '../shared/own-command.js';
import { EnvironmentError, printable } from '../shared/problem.js';
import { day, leastAge } from '../store/remote/ages.js';
import { inBytes } from './in-bytes.js';
import { plansOf } from './plans-of.js';
import {
  followLinksOption,
  offlineOption,
  type Shell,
  storeOption,
  type StorePlaces,
  trustOption,
  type WorldOptions,
} from './shell.js';
import { addPush, type CollectOptions, collectShared, printShared, sharedStatus } from './store-shared.js';
import { makeFolder } from '../shared/make-folder.js';

/** Adds the commands to the program. */
export function addStore(program: Command, shell: Shell): void {
  const store = program.command('store').description('look after the folder of results');
  for (const add of [addStatus, addVerify, addGc, addPush, addExport, addImport, addTrust]) add(store, shell);
}

function addStatus(store: Command, shell: Shell): void {
  const { print } = shell;
  store
    .command('status')
    .description('sizes, and what of it each report needs')
    .argument('[reports...]', 'folders of pages', ['report'])
    .addOption(storeOption())
    .option(...offlineOption)
    .option(...trustOption)
    .option(...followLinksOption)
    .option('--json', 'for programs')
    .action(async (folders: string[], options: WorldOptions & { json?: true }) => {
      const { statusOf } = await import('../store/status.js');
      const { isReachable } = await import('../pipeline/reachable.js');
      const plans = await plansOf(folders, options, shell);
      if (plans === undefined) return;
      const needs = plans.map((plan) => isReachable([plan]));
      const status = statusOf(options.store.folder, needs);
      const shared = await sharedStatus(options, plans);
      if (options.json === true) {
        const reports = folders.map((report, index) => ({ report, ...status.shares[index] }));
        print(JSON.stringify({ ...status, shares: undefined, reports, shared }, null, 1));
        return;
      }
      const line = (name: string, share: { records: number; bytes: number }): void => {
        print(`${name.padEnd(24)} ${inBytes(share.bytes).padStart(10)}  ${share.records} records`);
      };
      line(options.store.folder, status.all);
      folders.forEach((folder, index) => {
        line(`  needed by ${folder}`, status.shares[index] ?? { records: 0, bytes: 0 });
      });
      line('  needed by none of them', status.unreachable);
      if (status.damaged > 0)
        print(`  ${status.damaged} damaged records; "${commandLine(['store', 'verify'])}" removes them`);
      if (status.builds > 0) print(`  ${status.builds} builds are running on it`);
      if (shared !== undefined) printShared(shared, folders, shell);
    });
}

function addVerify(store: Command, shell: Shell): void {
  const { print, exitWith } = shell;
  store
    .command('verify')
    .description('read every byte; what is damaged is removed, and computed again by the next build')
    .addOption(storeOption())
    .option('--json', 'for programs')
    .action(async (options: { store: StorePlaces; json?: true }) => {
      const { examine } = await import('../store/examine.js');
      const { objects, records, damaged, broken, unreadable } = examine(options.store.folder);
      if (damaged.length + broken.length + unreadable.length > 0) exitWith('problem');
      if (options.json === true) {
        const keys = broken.map(({ key }) => key);
        print(JSON.stringify({ objects, records, damaged, broken: keys, unreadable }, null, 1));
        return;
      }
      for (const path of damaged) print(`damaged, removed  ${printable(path)}`);
      for (const path of unreadable) print(`cannot be read, stays  ${printable(path)}`);
      for (const { asked, kind, key } of broken)
        print(`to be computed again  ${printable(asked?.name ?? kind)}  ${key.slice(0, 16)}`);
      print(
        `${objects} objects, ${records} records; ${damaged.length} damaged, ${broken.length} results to compute again`,
      );
    });
}

function addGc(store: Command, shell: Shell): void {
  const { print, log } = shell;
  store
    .command('gc')
    .description('remove what none of the reports needs; never what a running build needs')
    .argument('[reports...]', 'folders of pages: all that use this store', ['report'])
    .addOption(storeOption())
    .option(...trustOption)
    .option(...followLinksOption)
    .option('--max <size>', 'keep other results too, as far as the store stays below this: 500MB, 2GB', size)
    .option('--remote', 'of the shared store instead')
    .option('--revisions <names...>', 'with --remote: also what the reports needed in these revisions of git', [])
    .option('--age <days>', 'with --remote: remove nothing that is younger', days, 30)
    .option('--json', 'for programs')
    .action(async (folders: string[], options: CollectOptions & { max?: number; remote?: true }) => {
      if (options.remote === true) {
        await collectShared(folders, options, shell);
        return;
      }
      const { collect } = await import('../store/collect.js');
      const { isReachable } = await import('../pipeline/reachable.js');
      const plans = await plansOf(folders, options, shell);
      if (plans === undefined) return;
      const collected = collect(options.store.folder, isReachable(plans), options.max);
      const { records, objects, bytes, left, builds, unreadable } = collected;
      if (options.json === true) {
        print(JSON.stringify({ records, objects, bytes, left, builds, unreadable }, null, 1));
        return;
      }
      print(`${records} records and ${objects} objects removed, ${inBytes(bytes)}; ${inBytes(left)} left`);
      for (const path of unreadable)
        print(`cannot be read, and may name any object: all objects stay  ${printable(path)}`);
      if (builds > 0) print(`${builds} builds are running: all objects stayed; collect again when they are over`);
      if (options.max !== undefined && left > options.max)
        log(`what the reports need is larger than ${inBytes(options.max)}, and stays\n`);
    });
}

function addExport(store: Command, shell: Shell): void {
  const { print, log, exitWith } = shell;
  store
    .command('export')
    .description("write a report's results into one file, to publish them from another machine")
    .argument('<file>', 'where to write it')
    .argument('[report]', 'the folder that holds the pages', 'report')
    .addOption(storeOption())
    .option(...trustOption)
    .option(...followLinksOption)
    .option('--json', 'for programs')
    .action(async (file: string, folder: string, options: WorldOptions & { json?: true }) => {
      const { pack } = await import('../store/pack.js');
      const { findResults } = await import('../pipeline/find-results.js');
      const { writeSynced } = await import('../publish/files.js');
      const { directoryStore } = await import('../store/directory-store.js');
      const [plan] = (await plansOf([folder], options, shell)) ?? [];
      if (plan === undefined) return;
      const { results, missing } = findResults(plan, directoryStore(options.store.folder, log));
      if (missing.length > 0) {
        log(
          `not computed yet: ${missing.map(({ name }) => name).join(', ')}; run "${commandLine(['build', folder])}"\n`,
        );
        exitWith('problem');
        return;
      }
      const records = new Map(results.map(({ result: { record } }) => [record.key, record]));
      const bytes = await uncollected(options.store.folder, records.keys(), () =>
        pack(options.store.folder, [...records.values()]),
      );
      if ('missing' in bytes)
        throw new EnvironmentError(`${bytes.missing}; run "${commandLine(['build', folder])}" and export again`);
      makeFolder(dirname(file));
      await writeSynced([{ path: file, content: bytes }]);
      if (options.json === true) print(JSON.stringify({ file, results: records.size, bytes: bytes.length }, null, 1));
      else print(`${file}: ${records.size} results, ${inBytes(bytes.length)}`);
    });
}

function addImport(store: Command, shell: Shell): void {
  const { print } = shell;
  store
    .command('import')
    .description('take the results of a pack into the store; a pack with anything wrong in it is refused whole')
    .argument('<file>', 'a pack')
    .addOption(storeOption())
    .option('--json', 'for programs')
    .action(async (file: string, options: { store: StorePlaces; json?: true }) => {
      const { putInto, resultsOnly, unpack } = await import('../store/pack.js');
      const { isResult } = await import('../pipeline/is-result.js');
      const read = unpack(readFileSync(file));
      if ('refused' in read)
        throw new EnvironmentError(`${file} was refused: ${read.refused}; nothing was imported; export it again`);
      // Drawings and the like go into pages as they are: each machine makes its own.
      const unpacked = resultsOnly(read, isResult);
      const leftOut = read.records.length - unpacked.records.length;
      const keys = unpacked.records.map(({ key }) => key);
      await uncollected(options.store.folder, keys, () => {
        try {
          putInto(options.store.folder, unpacked);
        } catch (error) {
          const why = messageOf(error);
          throw new EnvironmentError(
            `the store ${options.store.folder} cannot be written (${why}); name another with --store`,
          );
        }
      });
      const results = unpacked.records.length;
      const also = leftOut === 0 ? '' : `; ${leftOut} records that are no results were left out`;
      print(
        options.json === true
          ? JSON.stringify({ file, results, leftOut }, null, 1)
          : `${file}: ${results} results${also}`,
      );
    });
}

function addTrust(store: Command, shell: Shell): void {
  const { print } = shell;
  store
    .command('trust')
    .description('take over results that another machine put into the store: from now on they count as made here')
    .addOption(storeOption())
    .option('--json', 'for programs')
    .action(async (options: { store: StorePlaces; json?: true }) => {
      const { takeOver } = await import('../store/take-over.js');
      const results = await uncollected(options.store.folder, [], () => takeOver(options.store.folder));
      if (options.json === true) print(JSON.stringify({ store: options.store.folder, results }, null, 1));
      else print(`${options.store.folder}: ${results} results taken over`);
    });
}

/** Does something while no collection takes what stands under these keys, nor what is about to. */
async function uncollected<Value>(folder: string, keys: Iterable<string>, act: () => Value): Promise<Value> {
  const { directoryStore } = await import('../store/directory-store.js');
  const leave = directoryStore(folder, () => undefined).announce(keys);
  try {
    return act();
  } finally {
    leave();
  }
}

/** Days that protect what others just wrote: writers write anew what has half of the least age. */
function days(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value * day < leastAge || value > 36_500)
    throw new InvalidArgumentError('give a whole number of days from 2, which is as long as writers may take');
  return value;
}

/** "500MB" in bytes, for an option. */
function size(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([kMGT]?)B?$/i.exec(text) ?? [];
  if (number === '') throw new InvalidArgumentError('write a size such as 500MB or 2GB');
  return Number(number) * 1000 ** ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase());
}
