/** Random edits of a real report: the difference names every number that comes from what was edited, and no other. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differenceOf } from '../../src/diff/difference.js';
import type { Snapshot } from '../../src/diff/snapshot.js';
import { siteOf } from '../../src/pipeline/compared-site.js';
import { block, page, reportFolder } from '../report-folder.js';
import { testWorld } from '../world.js';
import { inFull } from '../every-nth.js';

interface Training {
  readonly data: 'one' | 'two';
  readonly rate: number;
  readonly width: number;
  readonly seed: number;
}

interface Written {
  /** The seeds of the datasets. */
  readonly one: number;
  readonly two: number;
  readonly trainings: readonly Training[];
}

const start: Written = {
  one: 1,
  two: 2,
  trainings: [0, 1, 2, 3, 4].map((index) => ({
    data: index % 2 === 0 ? 'one' : 'two',
    rate: 0.01 + index / 100,
    width: 3 + index,
    seed: index,
  })),
};

const name = (index: number): string => `net-${index}`;

function report({ one, two, trainings }: Written): string {
  const dataset = (id: string, seed: number): string =>
    block(`dataset #${id}`, 'function: piecewise-linear', 'samples: 10', 'test: { grid: 12 }', `seed: ${seed}`);
  return page(
    dataset('one', one),
    dataset('two', two),
    ...trainings.map(({ data, rate, width, seed }, index) =>
      block(
        `train #${name(index)}`,
        `data: ${data}`,
        `network: { hidden: [${width}] }`,
        `optimizer: { rate: ${rate} }`,
        'steps: 5',
        `seed: ${seed}`,
      ),
    ),
    ...trainings.map((_, index) => `Of this one it is \`= ${name(index)}.train-error .6g\`.`),
    'Together `= net-0.train-error + net-1.train-error .6g`.',
    block('table #tbl-all', 'rows: [net-2, net-3]', 'columns: [train-error]', 'caption: Errors.'),
  );
}

/** One edit: which numbers it reaches is known from how the report is written. */
const edit = fc.oneof(
  fc.record({ what: fc.constantFrom('one', 'two'), to: fc.integer({ min: 100, max: 10_000 }) }),
  fc.record({
    what: fc.integer({ min: 0, max: start.trainings.length - 1 }),
    option: fc.constantFrom('rate', 'width', 'seed'),
    to: fc.integer({ min: 91, max: 190 }),
  }),
);

function reached({ what }: { readonly what: string | number }): Set<string> {
  const ids = start.trainings.flatMap(({ data }, index) => (data === what || index === what ? [name(index)] : []));
  return new Set(ids);
}

it('name exactly the numbers that moved, and what moved them', { timeout: 120_000 }, async () => {
  const folder = reportFolder({ 'index.md': '' });
  const world = testWorld(join(folder, '.colophon'));
  const snapshotOf = async (written: Written): Promise<Snapshot> => {
    writeFileSync(join(folder, 'index.md'), report(written));
    const site = await siteOf({ folder, name: 'report', world, compute: true });
    if (!('snapshot' in site)) throw new Error(JSON.stringify(site.problems));
    return site.snapshot;
  };
  const before = await snapshotOf(start);
  expect(differenceOf(before, await snapshotOf(start)).numbers).toEqual([]);
  for (const change of fc.sample(edit, { numRuns: inFull ? 50 : 12, seed: 7 })) {
    const trainings = start.trainings.map((training, index) =>
      index === change.what && 'option' in change
        ? { ...training, [change.option]: change.option === 'rate' ? change.to / 1000 : change.to }
        : training,
    );
    const after = { ...start, ...(typeof change.what === 'string' && { [change.what]: change.to }), trainings };
    const { numbers, directives } = differenceOf(before, await snapshotOf(after));
    const ids = reached(change);
    const values = before.values.filter(({ sources }) => sources.some((id) => ids.has(id)));
    const cells = ['net-2', 'net-3'].filter((id) => ids.has(id));
    const said = numbers.map(({ table, written, context }) => (table === undefined ? written.join() : context));
    expect(said.toSorted(), JSON.stringify(change)).toEqual(
      [...values.map(({ written }) => written), ...cells.map((id) => `${id}: train error`)].toSorted(),
    );
    const id = typeof change.what === 'string' ? change.what : name(change.what);
    expect(directives.changed.map((one) => one.id)).toEqual([id]);
    expect(new Set(numbers.flatMap(({ causes }) => causes.directives))).toEqual(new Set([id]));
  }
  await world.close();
});
