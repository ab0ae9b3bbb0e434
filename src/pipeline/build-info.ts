/** `build-info.js`: the one file of a site that two builds may differ in. */
import { basename, resolve } from 'node:path';
import { dataScript } from '../shared/data-script.js';
import { groupBy } from '../shared/group-by.js';
import { keyLists, mostListed, startOf, sumName } from '../render/build-info-keys.js';
import type { RenderParts } from '../render/parts.js';
import type { StepResult } from '../run/run-plan.js';
import type { Made } from '../store/record.js';
import type { Report } from '../source/report.js';
import { lastVerification } from '../verify/verify-step.js';
import type { World } from './world.js';

/** What is told of one result. */
interface Told {
  readonly name: string;
  readonly key: string;
  readonly outcome: StepResult['outcome'];
  readonly profile: string;
  readonly made: Made;
  /** Absent for a result that was never computed again. */
  readonly verified: ReturnType<typeof lastVerification>;
}

/**
 * What cannot be the same twice: when, on what, how long, from which folder. Of the results that `parts` lists, one by one;
 * of those of longer lists in sum.
 */
export function buildInfo(
  world: Pick<World, 'store' | 'now'>,
  { report, parts }: { readonly report: Pick<Report, 'folder'>; readonly parts: RenderParts },
  results: Iterable<StepResult>,
  seconds: number,
): string {
  const told = new Map(
    Array.from(results, ({ step, outcome, record, digest }): [string, Told] => [
      startOf(step.key),
      {
        name: step.name,
        key: step.key,
        outcome,
        profile: record.profile,
        made: record.made,
        verified: lastVerification(world.store, { record, digest }),
      },
    ]),
  );
  const lists = keyLists(parts);
  const listed = new Set(lists.filter((keys) => keys.length <= mostListed).flatMap((keys) => keys.map(startOf)));
  const long = new Map(lists.filter((keys) => keys.length > mostListed).map((keys) => [sumName(keys), keys]));
  const info = {
    built: world.now().toISOString(),
    seconds,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    report: quoted(basename(resolve(report.folder))),
    steps: [...told].flatMap(([start, one]) => (listed.has(start) ? [one] : [])),
    sums: Object.fromEntries(
      Array.from(long, ([name, keys]) => [name, summedUp(keys.flatMap((key) => told.get(startOf(key)) ?? []))]),
    ),
  };
  // A classic script, so that pages can show it from disk too; readable as it is.
  return dataScript('build-info', JSON.stringify(info, null, 2));
}

/** Many results as one: the time that all took, the last moment, what they have in common, and how often which outcome. */
function summedUp(told: readonly Told[]): object {
  const made = told.map((one) => one.made);
  const [platform, other] = new Set(made.map((one) => one.platform));
  const remarks = new Set(made.flatMap(({ remark }) => remark ?? []));
  const outcomes = groupBy(
    told.flatMap(({ verified }) => verified?.outcome ?? []),
    (outcome) => outcome,
  );
  return {
    runs: told.length,
    made: {
      seconds: made.reduce((sum, one) => sum + one.seconds, 0),
      at: made.reduce((last, { at }) => (at > last ? at : last), ''),
      ...(other === undefined && { platform }),
      ...(remarks.size > 0 && { remark: [...remarks].slice(0, mostRemarks).join('; ') }),
    },
    verified: Object.fromEntries(Array.from(outcomes, ([outcome, all]) => [outcome, all.length])),
  };
}

/** Of what happened on the way, so many different ones. */
const mostRemarks = 3;

/** A file's name as a shell takes it, quoted where it has to be. */
function quoted(name: string): string {
  return /^[\w.][\w.-]*$/.test(name) ? name : `'./${name.replaceAll("'", String.raw`'\''`)}'`;
}
