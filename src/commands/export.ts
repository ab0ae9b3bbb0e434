/** `colophon export`: a training as a program of PyTorch or a notebook, and any result as arrays of NumPy. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { whole } from '../shared/edition.js';
import { makeFolder } from '../shared/make-folder.js';
import { commandLine } from '../shared/own-command.js';
import { EnvironmentError, printable } from '../shared/problem.js';
import {
  followLinksOption,
  openWorld,
  type Shell,
  showProblems,
  storeOption,
  trustOption,
  type WorldOptions,
} from './shell.js';

interface ExportOptions extends WorldOptions {
  readonly report: string;
  readonly torch?: true;
  readonly ipynb?: true;
  readonly npz?: true;
  readonly out: string;
}

/** Adds the command to the program. */
export function addExport(program: Command, shell: Shell): void {
  const { log, print, exitWith } = shell;
  program
    .command('export')
    .description('take an experiment home: as a PyTorch program, a notebook or NumPy arrays')
    .argument('<id>', 'the id of a directive, or some of its runs: one-layer[hidden=10]')
    .option('--report <dir>', 'the folder that holds the pages', 'report')
    .option(...storeOption)
    .option(...trustOption)
    .option(...followLinksOption)
    .option('--torch', 'a training as one Python file that trains it with PyTorch and compares')
    .option('--ipynb', 'the same as a Jupyter notebook')
    .option('--npz', 'every array of a result in one file of NumPy')
    .option('--out <dir>', 'where the files are written', '.')
    .action(async (id: string, options: ExportOptions) => {
      const usage = (message: string): void => {
        log(`${printable(message)}\n`);
        exitWith('usage');
      };
      const { torch = false, ipynb = false, npz = false } = options;
      if (!torch && !ipynb && !npz) {
        usage('say what to write: --torch, --ipynb or --npz');
        return;
      }
      const { prepareWithPlugins } = await import('../pipeline/prepare.js');
      const { resultsOf, stepsNamed } = await import('./print-results.js');
      const { exportedFiles } = await import('./exported-files.js');
      const world = await openWorld(shell, { ...options, edition: whole });
      const { report, plan, problems } = await prepareWithPlugins(options.report, world);
      const named = stepsNamed(plan, id);
      if ('message' in named) {
        showProblems(problems, report, shell);
        usage(`${named.message}; ${named.hint}`);
        return;
      }
      const [first] = named;
      if ((torch || ipynb) && first?.kind.kind !== 'train') {
        usage(
          `"${id}" is a ${first?.kind.kind ?? 'figure'}, and what PyTorch can train is a train; write --npz, or name one of those`,
        );
        return;
      }
      // A program needs the samples; without the results it has nothing to compare with.
      const needed = npz ? named : named.flatMap(({ inputs }) => Object.values(inputs));
      const { missing } = resultsOf(needed, world.store);
      if (missing.length > 0) {
        log(
          `not computed yet: ${[...new Set(missing)].map(printable).join(', ')}; run "${commandLine(['build', options.report])}"\n`,
        );
        exitWith('problem');
        return;
      }
      const files = named.flatMap((step) => exportedFiles(step, world.store, { torch, ipynb, npz }));
      makeFolder(options.out);
      for (const { name, content } of files) {
        const path = join(options.out, name);
        writeNew(path, content);
        print(path);
      }
      const { missing: unknown } = resultsOf(named, world.store);
      if (unknown.length > 0)
        log(
          `not computed yet, so that there is nothing to compare with: ${unknown.map(printable).join(', ')}; run "${commandLine(['build', options.report])}" and export again\n`,
        );
    });
}

/** Writes a file, and leaves one alone that says something else: it may have been edited. */
function writeNew(path: string, content: string | Uint8Array): void {
  if (existsSync(path)) {
    if (readFileSync(path).equals(Buffer.from(content))) return;
    throw new EnvironmentError(
      `${path} is there already, and is another; move it away, or name another folder in --out`,
    );
  }
  writeFileSync(path, content);
}
