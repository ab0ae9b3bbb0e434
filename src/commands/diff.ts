/** `colophon diff`: what a change does to what a report says. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { ComparedSite } from '../pipeline/compared-site.js';
import type { Outcome } from '../pipeline/run-pipeline.js';
import { makeFolder } from '../shared/make-folder.js';
import { EnvironmentError, outcomeOf } from '../shared/problem.js';
import { storeRoot } from '../store/layout.js';
import type { StoredResult } from '../store/record.js';
import type { Store } from '../store/store.js';
import type { Section, SideFiles } from '../diff/account.js';
import type { Judge } from '../diff/engine-tolerance.js';
import type { SnapshotStep } from '../diff/snapshot.js';
import type { Threshold } from '../diff/thresholds.js';
import {
  deviceOption,
  followLinksOption,
  limitOption,
  offlineOption,
  openWorld,
  type Shell,
  showProblems,
  storeOption,
  type StorePlaces,
  trustOption,
  wholeNumber,
  type WorldOptions,
} from './shell.js';

interface DiffOptions extends WorldOptions {
  readonly report: string;
  readonly compute?: true;
  readonly out?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly exitCode?: true;
  readonly failOver: readonly Threshold[];
}

/** Adds the command to the program. */
export function addDiff(program: Command, shell: Shell): void {
  program
    .command('diff')
    .description('compare two versions of a report: numbers, claims, tables, figures and results')
    .argument('<old>', 'a site, a report, a pack, a store, or a git revision of the report')
    .argument('[new]', 'the same', 'report')
    .option('--report <dir>', 'the folder that holds the pages, for revisions, packs and stores', 'report')
    .addOption(storeOption())
    .option(...offlineOption)
    .option('--compute', 'compute results that are missing')
    .option('--out <dir>', 'write a site that shows it, with old and new drawings')
    .option('--json', 'for programs')
    .option('--markdown', 'at most 60 lines, for a comment on a pull request')
    .option('--exit-code', 'exit with 1 when something differs')
    .option(
      '--fail-over <percent>',
      'exit with 1 when a number changes by more: 1%, or net=5% for what comes from #net; again for others',
      threshold,
      [],
    )
    .option(...trustOption)
    .option(...followLinksOption)
    .option('--jobs <n>', 'how many steps run at a time (default: one for each processor)', wholeNumber)
    .addOption(deviceOption())
    .addOption(limitOption())
    .action(async (old: string, now: string, options: DiffOptions) => {
      const temporary = mkdtempSync(join(tmpdir(), 'colophon-diff-'));
      try {
        await compare(old, now, options, shell, temporary);
      } finally {
        rmSync(temporary, { recursive: true, force: true });
      }
    });
}

async function compare(
  first: string,
  second: string,
  options: DiffOptions,
  shell: Shell,
  temporary: string,
): Promise<void> {
  const { print, exitWith } = shell;
  const before = await openSide(first, { options, shell, temporary: join(temporary, 'old') });
  const after = before && (await openSide(second, { options, shell, temporary: join(temporary, 'new') }));
  if (before === undefined || after === undefined) return;
  const { differenceOf, isSame } = await import('../diff/difference.js');
  const { accountOf } = await import('../diff/account.js');
  const { asMarkdown, asText } = await import('../diff/text.js');
  const { exceeding } = await import('../diff/thresholds.js');
  const stored = await resultsIn([before.store, after.store]);
  const { withTolerances } = await import('../diff/engine-tolerance.js');
  const [old, now] = [before.site.snapshot, after.site.snapshot];
  const difference = withTolerances(differenceOf(old, now), old, now, await judgeOf(stored));
  const sides = [before, after].map(({ site }) => ({
    read: site.read,
    result: (step: SnapshotStep) => {
      const found = stored(step);
      return found && { artifact: found.artifact, seconds: found.record.made.seconds };
    },
  })) as [SideFiles, SideFiles];
  const title = `${first} → ${second}`;
  const sections = accountOf(difference, ...sides);
  const over = exceeding(difference.numbers, options.failOver);
  if (options.out !== undefined) await writeSite(title, sections, sides, options.out, { options, shell, temporary });
  if (options.json === true) print(JSON.stringify({ before: first, after: second, ...difference, over }, null, 1));
  else if (options.markdown === true) print(asMarkdown(title, sections));
  else print(asText(title, sections));
  for (const { page, line, before: from, after: to } of over)
    shell.log(`${page}:${line}: ${from ?? ''} → ${to ?? ''} is a larger change than --fail-over allows\n`);
  if (over.length > 0 || (options.exitCode === true && !isSame(difference))) exitWith('problem');
}

/** Finds a result of a site in the stores of both. */
async function resultsIn(stores: readonly Store[]): Promise<(step: SnapshotStep) => StoredResult | undefined> {
  const { resultIn } = await import('../pipeline/compared-site.js');
  return (step) => stores.flatMap((store) => resultIn(store, step) ?? [])[0];
}

/** Judges results by what the mathematics of their kind allows their engines. */
async function judgeOf(stored: (step: SnapshotStep) => StoredResult | undefined): Promise<Judge> {
  const { stepKinds } = await import('../steps/kinds.js');
  const { compareStored } = await import('../verify/compare.js');
  return (before, after) => {
    const [old, now] = [stored(before), stored(after)];
    const kind = stepKinds.find((one) => one.kind === old?.record.kind);
    return old === undefined || now === undefined || kind === undefined ? undefined : compareStored(kind, old, now);
  };
}

/** One of the two that are compared. */
interface Side {
  readonly site: ComparedSite;
  readonly store: Store;
}

interface Given {
  readonly options: DiffOptions;
  readonly shell: Shell;
  /** A folder for what it needs, which need not be there yet. */
  readonly temporary: string;
}

/** Undefined, and said, where a report has problems. Throws an EnvironmentError where there is nothing of the name. */
async function openSide(name: string, given: Given): Promise<Side | undefined> {
  const { options, shell, temporary } = given;
  const { siteIn } = await import('../pipeline/compared-site.js');
  const { snapshotFile } = await import('../render/own-pages.js');
  const found = existsSync(name) ? statSync(name) : undefined;
  if (found?.isDirectory() === true && existsSync(join(name, snapshotFile))) {
    const { directoryStore } = await import('../store/directory-store.js');
    return { site: siteIn(name), store: directoryStore(options.store.folder, shell.log) };
  }
  if (found?.isFile() === true) {
    const store = join(temporary, 'store');
    await unpackInto(name, store);
    return builtSide(options.report, name, { folder: store }, given);
  }
  if (found?.isDirectory() === true && existsSync(storeRoot(name)))
    return builtSide(options.report, name, { folder: name }, given);
  if (found?.isDirectory() === true) return builtSide(name, name, options.store, given);
  const { checkOut } = await import('../pipeline/checkout.js');
  makeFolder(temporary);
  return builtSide(checkOut(options.report, name, temporary), name, options.store, given);
}

/** What a report and a store make. */
async function builtSide(
  folder: string,
  name: string,
  store: StorePlaces,
  { options, shell }: Given,
): Promise<Side | undefined> {
  const { siteOf } = await import('../pipeline/compared-site.js');
  const world = await openWorld(shell, { ...options, store });
  const site: ComparedSite | Outcome = await siteOf({
    ...{ folder, name, world },
    compute: options.compute === true,
  }).finally(world.close);
  if ('snapshot' in site) return { site, store: world.store };
  showProblems(site.problems, site.report, shell);
  for (const { step, message } of site.failed) shell.log(`failed  ${step.name}: ${message}\n`);
  shell.exitWith(site.failed.length > 0 ? 'problem' : outcomeOf(site.problems));
  return undefined;
}

async function unpackInto(file: string, store: string): Promise<void> {
  const { putInto, resultsOnly, unpack } = await import('../store/pack.js');
  const { isMemo } = await import('../store/record.js');
  const read = unpack(readFileSync(file));
  if ('refused' in read)
    throw new EnvironmentError(
      `${file} was refused: ${read.refused}; name a pack, a site, a store, a report or a revision`,
    );
  putInto(
    store,
    resultsOnly(read, (record) => !isMemo(record)),
  );
}

/** The difference as a report, built like any other. */
async function writeSite(
  title: string,
  sections: readonly Section[],
  [before, after]: readonly [SideFiles, SideFiles],
  out: string,
  { options, shell, temporary }: Given,
): Promise<void> {
  const { asReport } = await import('../diff/as-report.js');
  const { build } = await import('../pipeline/build.js');
  const folder = join(temporary, 'difference');
  for (const [path, content] of asReport(title, sections, before, after)) {
    makeFolder(dirname(join(folder, path)));
    writeFileSync(join(folder, path), content);
  }
  const world = await openWorld(shell, {
    ...options,
    store: { folder: join(temporary, 'difference-store') },
    trust: false,
  });
  const request = { folder, out, world, place: { base: undefined, url: undefined }, source: undefined };
  const { site, problems, report } = await build(request).finally(world.close);
  if (site !== undefined) return;
  showProblems(problems, report, shell);
  throw new EnvironmentError(`${out} was not written`);
}

/** "1%", "0.01" or "net=5%". */
function threshold(text: string, before: readonly Threshold[]): readonly Threshold[] {
  const [, id, number = '', percent] = /^(?:([A-Za-z][\w-]*)=)?(\d+(?:\.\d+)?(?:e-?\d+)?)(%?)$/.exec(text) ?? [];
  if (number === '') throw new InvalidArgumentError('write 1% or, for what is computed from #net, net=5%');
  const share = Number(number) / (percent === '%' ? 100 : 1);
  return [...before, { share, ...(id !== undefined && { id }) }];
}
