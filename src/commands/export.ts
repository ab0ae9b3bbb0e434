/** `colophon export`: a training as a program of PyTorch or a notebook, and any result as arrays of NumPy. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { makeFolder } from '../shared/make-folder.js';
import { commandLine } from '../shared/own-command.js';
import { EnvironmentError, printable } from '../shared/problem.js';
import { type NamedOptions, namedSteps, sayMissing, takesSteps } from './named-steps.js';
import type { Shell } from './shell.js';

interface ExportOptions extends NamedOptions {
  readonly torch?: true;
  readonly ipynb?: true;
  readonly npz?: true;
  readonly out: string;
}

/** Adds the command to the program. */
export function addExport(program: Command, shell: Shell): void {
  const { log, print, exitWith } = shell;
  takesSteps(
    program.command('export').description('take an experiment home: as a PyTorch program, a notebook or NumPy arrays'),
  )
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
      const { resultsOf } = await import('./print-results.js');
      const { exportedFiles } = await import('./exported-files.js');
      const named = await namedSteps(id, options, shell);
      if (named === undefined) return;
      const { steps, store } = named;
      const other = steps.find(({ kind }) => kind.kind !== 'train');
      if ((torch || ipynb) && other !== undefined) {
        usage(
          `"${id}" is a ${other.kind.kind}, and what PyTorch can train is a train; write --npz, or name one of those`,
        );
        return;
      }
      // A program needs the samples; without the results it has nothing to compare with.
      const { missing } = resultsOf(npz ? steps : steps.flatMap(({ inputs }) => Object.values(inputs)), store);
      if (missing.length > 0) {
        sayMissing(missing, options, shell);
        return;
      }
      const files = steps.flatMap((step) => exportedFiles(step, store, { torch, ipynb, npz }));
      makeFolder(options.out);
      for (const { name, content } of files) {
        const path = join(options.out, name);
        writeNew(path, content);
        print(path);
      }
      const { missing: unknown } = resultsOf(steps, store);
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
