/** `colophon build --only`: one figure, table or experiment, computed with what it needs. */
import { areFatal, outcomeOf, printable } from '../shared/problem.js';
import { commandLine } from '../shared/own-command.js';
import { computeReportOn, type OnOptions } from './on-cluster.js';
import { openWorld, type Shell, showProblems, type WorldOptions } from './shell.js';

interface OnlyOptions extends WorldOptions, OnOptions {
  readonly only: string;
  readonly out: string;
  readonly json?: true;
}

export async function printOnly(folder: string, options: OnlyOptions, shell: Shell): Promise<void> {
  const { log, print, exitWith } = shell;
  const { only: id, out, json } = options;
  const started = performance.now();
  const { on } = options;
  if (on !== undefined && !(await computeReportOn(folder, { ...options, on }, shell, id))) return;
  const { buildOnly, UnknownId } = await import('../pipeline/build-only.js');
  const world = await openWorld(shell, options);
  const result = await buildOnly({ folder, id, out, world })
    .catch((error: unknown) => {
      if (error instanceof UnknownId) return error;
      throw error;
    })
    .finally(world.close);
  if (result instanceof UnknownId) {
    log(`there is no figure, table or experiment "${printable(id)}"; ${printable(result.message)}\n`);
    exitWith('usage');
    return;
  }
  const { report, problems, files, ran, cached } = result;
  showProblems(problems, report, shell);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (json === true) print(JSON.stringify({ out, problems, files, ran, cached, seconds }, null, 1));
  if (areFatal(problems)) exitWith(outcomeOf(problems));
  else if (json !== true) {
    for (const path of files) print(path);
    const numbers = files.length === 0 ? `; its numbers: ${commandLine(['results', id, '--report', folder])}` : '';
    print(`${id}: ${ran} steps ran, ${cached} cached; ${seconds.toFixed(1)} s${numbers}`);
  }
}
