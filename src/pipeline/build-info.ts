/** `build-info.js`: the one file of a site that two builds may differ in. */
import { basename, resolve } from 'node:path';
import { dataScript } from '../shared/data-script.js';
import type { StepResult } from '../run/run-plan.js';
import type { Report } from '../source/report.js';
import { lastVerification } from '../verify/verify-step.js';
import type { World } from './world.js';

/** What cannot be the same twice: when, on what, how long, from which folder. */
export function buildInfo(
  world: Pick<World, 'store' | 'now'>,
  report: Pick<Report, 'folder'>,
  results: Iterable<StepResult>,
  seconds: number,
): string {
  const steps = Array.from(results, ({ step, outcome, record, digest }) => ({
    name: step.name,
    key: step.key,
    outcome,
    profile: record.profile,
    made: record.made,
    // Absent for a result that was never computed again.
    verified: lastVerification(world.store, { record, digest }),
  }));
  const info = {
    built: world.now().toISOString(),
    seconds,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    report: quoted(basename(resolve(report.folder))),
    steps,
  };
  // A classic script, so that pages can show it from disk too; readable as it is.
  return dataScript('build-info', JSON.stringify(info, null, 2));
}

/** A file's name as a shell takes it, quoted where it has to be. */
function quoted(name: string): string {
  return /^[\w.][\w.-]*$/.test(name) ? name : `'./${name.replaceAll("'", String.raw`'\''`)}'`;
}
