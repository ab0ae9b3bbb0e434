/** The plans of reports that a command about the store is told of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../plan/plan.js';
import { whole } from '../shared/edition.js';
import { makeFolder } from '../shared/make-folder.js';
import { areFatal } from '../shared/problem.js';
import { openWorld, type Shell, showProblems, type WorldOptions } from './shell.js';

/**
 * The plans of reports as they are, and as they were in these revisions; undefined, and said, when any of them cannot be
 * planned: what it needs is then not known.
 */
export async function plansOf(
  folders: readonly string[],
  options: WorldOptions,
  shell: Shell,
  revisions: readonly string[] = [],
): Promise<Plan[] | undefined> {
  const { prepareWithPlugins } = await import('../pipeline/prepare.js');
  // Nobody else is asked for what a plan is made of.
  const { folder: store } = options.store;
  const world = await openWorld(shell, { ...options, store: { folder: store }, edition: whole });
  const temporary = mkdtempSync(join(tmpdir(), 'colophon-revisions-'));
  const plans: Plan[] = [];
  let failed = false;
  try {
    for (const folder of [...folders, ...(await checkedOut(folders, revisions, temporary))]) {
      const { report, plan, problems } = await prepareWithPlugins(folder, world);
      showProblems(problems, report, shell);
      failed ||= areFatal(problems);
      plans.push(plan);
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    await world.close();
  }
  if (failed) shell.exitWith('problem');
  return failed ? undefined : plans;
}

async function checkedOut(
  folders: readonly string[],
  revisions: readonly string[],
  temporary: string,
): Promise<string[]> {
  if (revisions.length === 0) return [];
  const { checkOut } = await import('../pipeline/checkout.js');
  return revisions.flatMap((revision, at) =>
    folders.map((folder, index) => {
      const into = join(temporary, `${at}-${index}`);
      makeFolder(into);
      return checkOut(folder, revision, into);
    }),
  );
}
