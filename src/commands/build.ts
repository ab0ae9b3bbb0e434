/** `colophon build`: the report, computed and published. */
import { type Command, InvalidArgumentError } from 'commander';
import { deadLinks } from './external-links.js';
import { printOnly } from './build-only.js';
import { detachOption, onOption, type OnOptions } from './on-cluster.js';
import { outcomeOf, printable } from '../shared/problem.js';
import { endedBySignals, heardSignals } from '../shared/signals.js';
import { sourceDigest, upToDate } from '../pipeline/up-to-date.js';
import { waitingFor } from '../store/remote/queue.js';
import type { DeviceName } from '../shared/device-names.js';
import {
  deviceOption,
  followLinksOption,
  limitOption,
  offlineOption,
  openWorld,
  type Shell,
  showProblems,
  solutionsOption,
  storeOption,
  pluginHtmlOption,
  trustOption,
  wholeNumber,
  type WorldOptions,
} from './shell.js';

/** Adds the command to the program. */
export function addBuild(program: Command, shell: Shell): void {
  const { log, print, paint, exitWith, signal } = shell;
  program
    .command('build')
    .description('compute what has changed and publish the report as a static site')
    .argument('<report>', 'the folder that holds the pages')
    .option('--out <dir>', 'the folder of the site', 'site')
    .option('--only <id>', 'one figure, table or experiment with what it needs: writes its files, no site')
    .addOption(storeOption())
    .option(...offlineOption)
    .option(...trustOption)
    .option(...pluginHtmlOption)
    .option(...followLinksOption)
    .option(...solutionsOption)
    .option('--base <path>', 'the path of the site on its host, for the page for wrong addresses', basePath)
    .option('--url <address>', 'where the site will stand, in place of url in colophon.yaml', siteUrl)
    .option('--check-external', 'ask other sites whether what is linked to is still there')
    .option('--json', 'for programs')
    .option('--jobs <n>', 'how many steps run at a time (default: one for each processor)', wholeNumber)
    .addOption(deviceOption())
    .addOption(limitOption())
    .addOption(onOption())
    .option(...detachOption)
    .action(async (folder: string, options: BuildOptions, command: Command) => {
      if (options.detach === true && options.on === undefined) {
        log(`--detach is for jobs: say with --on where they run\n`);
        exitWith('usage');
        return;
      }
      if (options.only !== undefined) {
        // A site is not what it is for: without a folder of its own its files stand in one of its name.
        const out = command.getOptionValueSource('out') === 'cli' ? options.out : options.only;
        await printOnly(folder, { ...options, only: options.only, out }, shell);
        return;
      }
      const { out, json, url, checkExternal } = options;
      const base = options.base ?? (url === undefined ? undefined : new URL(url).pathname);
      const place = { base, url };
      const started = performance.now();
      const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
      await heardSignals(signal);
      // Before anything is read for the build: what is edited during it is not what the site was built from.
      const source = endedBySignals(() => sourceDigest(folder, { ...options, store: options.store.folder }, place));
      const files = checkExternal === true ? undefined : upToDate(out, source);
      if (files !== undefined) {
        await sendWaiting(options, shell);
        if (json === true)
          print(JSON.stringify({ out, problems: [], upToDate: true, files, seconds: seconds() }, null, 1));
        else
          print(`${out}: nothing to do; ${files} files as they were built from this report; ${seconds().toFixed(1)} s`);
        return;
      }
      const { on } = options;
      if (on !== undefined) {
        const { computeReportOn } = await import('./on-cluster.js');
        if (!(await computeReportOn(folder, { ...options, on }, shell))) return;
      }
      const { build } = await import('../pipeline/build.js');
      const world = await openWorld(shell, options);
      const result = await build({ folder, out, world, place, source }).finally(world.close);
      const { site, failed, ran, cached, externalLinks } = result;
      const gone = checkExternal === true ? await deadLinks(externalLinks, signal) : [];
      const problems = [...result.problems, ...gone];
      showProblems(problems, result.report, shell, site !== undefined);
      for (const { step, message } of failed) log(`${paint.error('failed')}  ${step.name}: ${printable(message)}\n`);
      if (failed.length > 0) log('nothing was published; finished steps are kept\n');
      if (site === undefined || gone.length > 0) exitWith(failed.length > 0 ? 'problem' : outcomeOf(problems));
      if (json === true) {
        const failures = failed.map(({ step, message }) => ({ name: step.name, message }));
        print(JSON.stringify({ out, problems, failed: failures, ran, cached, site, seconds: seconds() }, null, 1));
      } else if (site !== undefined) {
        print(
          `${out}: ${site.written} files written, ${site.unchanged} unchanged, ${site.removed} removed; ${ran} steps ran, ${cached} cached; ${seconds().toFixed(1)} s`,
        );
      }
    });
}

interface BuildOptions extends WorldOptions, OnOptions {
  readonly out: string;
  readonly only?: string;
  readonly device: DeviceName;
  readonly base?: string;
  readonly url?: string;
  readonly checkExternal?: true;
  readonly json?: true;
}

/** Sends what an earlier build could not send to a shared store; where nothing waits, nobody is asked for anything. */
async function sendWaiting(options: BuildOptions, shell: Shell): Promise<void> {
  const { folder, shared } = options.store;
  if (shared === undefined || options.offline === true || waitingFor(folder, shared.name) === 0) return;
  await (await openWorld(shell, options)).close();
}

/** "/course/" from "course", "/course" and the like. */
function basePath(text: string): string {
  const inner = text.replace(/^\/+|\/+$/g, '');
  if (!/^[^\s?#:]*$/.test(inner)) throw new InvalidArgumentError('give a path such as /course/');
  return inner === '' ? '/' : `/${inner}/`;
}

function siteUrl(text: string): string {
  if (!/^https?:\/\/[^\s?#]+$/.test(text))
    throw new InvalidArgumentError('give an address such as https://example.org/course/');
  return text.endsWith('/') ? text : `${text}/`;
}
