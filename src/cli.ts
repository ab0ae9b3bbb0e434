#!/usr/bin/env node
/** Arguments in, exit code out; the only place that ends the process. */
import { existsSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import pc from 'picocolors';
import { areFatal, formatProblem, inOrder, type Paint, plain, type Problem, printable } from './problem.js';
import type { Report } from './source/report.js';
import type { BuildWorld } from './build.js';
import { progressReporter } from './run/progress.js';
import { suggestion } from './suggest.js';
import { colophonVersion } from './program.js';
import { upToDate } from './up-to-date.js';

/** 0 built, 1 a problem in the report, 2 wrong usage, 3 the environment, 130 interrupted. */
const exit = { problem: 1, usage: 2, environment: 3, interrupted: 130 } as const;

const paint: Paint = process.stderr.isTTY
  ? { strong: pc.bold, faint: pc.dim, error: pc.red, warning: pc.yellow }
  : plain;
const say = (text: string): void => {
  process.stderr.write(text);
};
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

// A reader that closes the pipe (`| head`) has seen enough.
process.stdout.on('error', () => process.exit(0));

const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(exit.interrupted);
  interrupt.abort(new Error('interrupted'));
});
process.on('SIGTERM', () => {
  interrupt.abort(new Error('interrupted'));
});

function showProblems(problems: readonly Problem[], report: Report): void {
  const texts = new Map(report.pages.map(({ file, text }) => [file, text]));
  const textOf = (file: string): string | undefined => {
    const text = texts.get(file);
    if (text !== undefined) return text;
    const data = report.dataFile(file);
    return 'bytes' in data ? new TextDecoder().decode(data.bytes) : undefined;
  };
  for (const problem of inOrder(problems)) say(`${formatProblem(problem, report.folder, textOf, paint)}\n`);
  const errors = problems.filter(({ severity }) => severity !== 'warning').length;
  if (errors > 0) say(`${errors === 1 ? '1 problem' : `${errors} problems`}; nothing was published\n`);
}

// What takes long to load is imported where there is something for it to do.

const openWorld = async (store: string, jobs?: number): Promise<BuildWorld> => {
  const { realWorld } = await import('./build.js');
  const { stderr } = process;
  const clock = (): number => performance.now() / 1000;
  const reporter = progressReporter({ write: say, columns: stderr.isTTY ? stderr.columns : undefined, clock });
  return realWorld(
    store,
    reporter,
    (message) => {
      say(`${paint.warning('warning')}  ${message}\n`);
    },
    interrupt.signal,
    jobs,
  );
};

const storeOption = ['--store <dir>', 'where results are kept', '.colophon'] as const;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1024)
    throw new InvalidArgumentError('give a whole number from 1 to 1024');
  return value;
}

const program = new Command('colophon')
  .description('Builds static reports whose every figure says how it was made.')
  .version(colophonVersion())
  .showSuggestionAfterError()
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

program
  .command('build')
  .description('compute what has changed and publish the report as a static site')
  .argument('<report>', 'the folder that holds the pages')
  .option('--out <dir>', 'the folder of the site', 'site')
  .option(...storeOption)
  .option('--jobs <n>', 'how many steps run at a time (default: one for each processor)', wholeNumber)
  .action(async (folder: string, { out, store, jobs }: { out: string; store: string; jobs?: number }) => {
    const started = performance.now();
    const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);
    const files = upToDate(folder, out);
    if (files !== undefined) {
      print(`${out}: nothing to do; ${files} files as they were built from this report; ${seconds()} s`);
      return;
    }
    const { build } = await import('./build.js');
    const world = await openWorld(store, jobs);
    const result = await build(folder, out, world).finally(world.close);
    showProblems(result.problems, result.report);
    for (const { step, message } of result.failed)
      say(`${paint.error('failed')}  ${step.name}: ${printable(message)}\n`);
    if (result.failed.length > 0) say('nothing was published; finished steps are kept\n');
    const { site } = result;
    if (site === undefined) {
      process.exitCode = exit.problem;
      return;
    }
    print(
      `${out}: ${site.written} files written, ${site.unchanged} unchanged, ${site.removed} removed; ${result.ran} steps ran, ${result.cached} cached; ${seconds()} s`,
    );
  });

program
  .command('plan')
  .description('list every step with its key, and whether it would run and why; nothing runs')
  .argument('<report>', 'the folder that holds the pages')
  .option(...storeOption)
  .option('--json', 'for programs')
  .action(async (folder: string, { store, json }: { store: string; json?: true }) => {
    const { prepare } = await import('./build.js');
    const { forecast } = await import('./run/run-plan.js');
    const world = await openWorld(store);
    const { report, plan, problems } = prepare(folder, world);
    showProblems(problems, report);
    if (areFatal(problems)) process.exitCode = exit.problem;
    const steps = forecast(plan, world.store);
    if (json === true) {
      print(
        JSON.stringify(
          steps.map(({ step, cached, why }) => ({
            name: step.name,
            kind: step.kind.kind,
            key: step.key,
            cached,
            why,
            cost: step.cost,
          })),
          null,
          1,
        ),
      );
      return;
    }
    const width = Math.max(0, ...steps.map(({ step }) => step.name.length));
    for (const { step, cached, why } of steps) {
      print(
        `${cached ? 'cached   ' : 'would run'}  ${step.kind.kind.padEnd(8)}  ${step.name.padEnd(width)}  ${step.key.slice(0, 16)}  ${why}`,
      );
    }
    const running = steps.filter(({ cached }) => !cached).length;
    print(`${steps.length} steps, ${running} would run; ${plan.figures.length} figures, ${plan.tables.length} tables`);
  });

program
  .command('results')
  .description('show what a directive computed')
  .argument('<id>', 'the id of a directive, or one of its runs: one-layer[hidden=10]')
  .option('--report <dir>', 'the folder that holds the pages', 'report')
  .option(...storeOption)
  .option('--json', 'every number, for programs')
  .option('--npy <dir>', 'write each array as a .npy file into this folder')
  .action(async (id: string, options: { report: string; store: string; json?: true; npy?: string }) => {
    const { prepare } = await import('./build.js');
    const { describeResults, findResults, resultsAsJson, writeNpy } = await import('./results.js');
    const world = await openWorld(options.store);
    const { report, plan, problems } = prepare(options.report, world);
    const { found, missing } = findResults(plan, id, world.store);
    if (found.length === 0 && missing.length === 0) {
      showProblems(problems, report);
      say(
        `there is no result "${printable(id)}"; ${suggestion(id, [...new Set(plan.steps.map((step) => step.id))])}\n`,
      );
      process.exitCode = exit.usage;
      return;
    }
    if (missing.length > 0) {
      say(`not computed yet: ${missing.join(', ')}; run "colophon build ${options.report}"\n`);
      process.exitCode = exit.problem;
    }
    if (options.npy !== undefined) for (const path of writeNpy(found, options.npy)) print(path);
    else print(options.json === true ? resultsAsJson(found) : describeResults(found));
  });

try {
  if (process.argv.length <= 2) program.help();
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exit.usage;
  else if (interrupt.signal.aborted) {
    say('\ninterrupted; finished steps are kept\n');
    process.exit(exit.interrupted);
  } else if (error instanceof Error && 'syscall' in error) {
    const path =
      'path' in error && typeof error.path === 'string' && existsSync(error.path) ? '' : '; check that the path exists';
    say(`${paint.error('environment')}  ${printable(error.message)}${path}; the previous site was kept\n`);
    process.exitCode = exit.environment;
  } else throw error;
}
