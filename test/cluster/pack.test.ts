/** How steps become jobs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DueStep, type Group, pack } from '../../src/cluster/pack.js';

const packing = { slots: 16, most: 600, least: 5, array: 1000 };

const step = (key: string, seconds: number, inputs: readonly string[] = [], name = 'cpu'): DueStep => ({
  ...{ key, seconds, inputs, class: name },
});
const many = (count: number, make: (index: number) => DueStep): DueStep[] =>
  Array.from({ length: count }, (_, at) => make(at));
const jobsOf = (groups: readonly Group[]): (readonly string[])[] =>
  groups.flatMap(({ jobs }) => jobs.map(({ keys }) => keys));

describe('packing', () => {
  it('a thousand steps of 10 ms are at most twenty jobs', () => {
    const steps = [step('data', 0.01), ...many(1000, (at) => step(`net${at}`, 0.01, ['data']))];
    expect(jobsOf(pack(steps, packing)).length).toBeLessThanOrEqual(20);
  });

  it('a sweep of long trainings is one array behind its data, and each result is looked at where it was computed', () => {
    const nets = many(64, (at) => step(`net${at}`, 900, ['data']));
    const looks = many(64, (at) => step(`look${at}`, 1, [`net${at}`, 'data']));
    const groups = pack([step('data', 0.01), ...nets, ...looks], packing);
    expect(groups.map(({ jobs }) => jobs.length)).toEqual([1, 64]);
    expect(groups[1]?.after).toEqual([0]);
    expect(groups[1]?.jobs[3]?.keys).toEqual(['net3', 'look3']);
  });

  it('steps that need other machines are jobs of their own, and an array is no longer than it may be', () => {
    const steps = many(2500, (at) => step(`net${at}`, 700, [], at % 2 === 0 ? 'gpu' : 'cpu'));
    const groups = pack(steps, packing);
    expect(groups.map((group) => [group.class, group.jobs.length])).toEqual([
      ['gpu', 1000],
      ['gpu', 250],
      ['cpu', 1000],
      ['cpu', 250],
    ]);
  });

  it('ten thousand runs on 64 slots keep every slot busy', () => {
    const steps = many(10_000, (at) => step(`net${at}`, 24));
    const jobs = pack(steps, { ...packing, slots: 64 }).flatMap((group) => group.jobs);
    expect(jobs.length).toBeGreaterThanOrEqual(2 * 64);
    expect(jobs.length).toBeLessThanOrEqual(1000);
    for (const { seconds } of jobs) expect(seconds).toBeLessThanOrEqual(700);
  });

  it('of any graph, every step is in one job, behind all that it needs', () => {
    const graph = fc.array(
      fc.record({
        seconds: fc.double({ min: 0, max: 2000, noNaN: true }),
        inputs: fc.array(fc.nat(), { maxLength: 3 }),
        class: fc.constantFrom('cpu', 'gpu'),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(graph, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 5 }), (rows, slots, array) => {
        const steps = rows.map(
          ({ seconds, inputs, class: name }, at): DueStep =>
            step(`${at}`, seconds, at === 0 ? [] : [...new Set(inputs.map((input) => `${input % at}`))], name),
        );
        const groups = pack(steps, { slots, most: 300, least: 5, array });
        expect(jobsOf(groups).flat().sort()).toEqual(steps.map(({ key }) => key).sort());
        const place = new Map<string, readonly [group: number, job: number, at: number]>();
        groups.forEach(({ jobs }, group) => {
          jobs.forEach(({ keys }, job) => {
            keys.forEach((key, at) => place.set(key, [group, job, at]));
          });
        });
        for (const { key, inputs, class: name } of steps) {
          const [group = -1, job, at = -1] = place.get(key) ?? [];
          expect(groups[group]?.class).toBe(name);
          for (const input of inputs) {
            const [otherGroup = -1, otherJob, otherAt = -1] = place.get(input) ?? [];
            if (otherGroup === group) expect([otherJob, otherAt < at]).toEqual([job, true]);
            else expect(groups[group]?.after).toContain(otherGroup);
          }
        }
        for (const [at, { after, jobs }] of groups.entries()) {
          for (const other of after) expect(other).toBeLessThan(at);
          expect(jobs.length).toBeLessThanOrEqual(array);
        }
      }),
    );
  });
});
