/** `results --record`: every field of the account, held to what the build really did. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/shared/hash.js';
import { recordName, recordNamed } from '../../src/store/layout.js';
import type { RecordBody } from '../../src/store/record.js';
import { memoryWatch } from '../../src/run/memory.js';
import { colophon } from '../colophon.js';
import { page, reportFolder, small, waves } from '../report-folder.js';

it('tells the directive as written and resolved, seed, profile, device, versions, time, memory and digests', () => {
  const folder = reportFolder({ 'report/index.md': page(waves, small) });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  const run = 'small[hidden=4]';
  const json = JSON.parse(colophon(folder, 'results', run, '--record', '--json').out) as [
    { name: string; digest: string; record: RecordBody },
  ];
  const [{ name, digest, record }] = json;
  const [{ digest: data }] = JSON.parse(colophon(folder, 'results', 'waves', '--record', '--json').out) as [
    { digest: string },
  ];
  expect(name).toBe(run);
  expect(record.asked).toEqual({
    name: run,
    info: 'train #small',
    text: small.split('\n').slice(1, -1).join('\n'),
  });
  expect(record.options).toMatchObject({ seed: 0, parameters: 'all', network: { hidden: [4] } });
  expect(record.inputs['data']?.digest).toBe(data);
  expect(record.made).toMatchObject({ node: process.version, platform: `${process.platform}-${process.arch}` });
  expect(record.made.seconds).toBeGreaterThan(0);
  // A process of Node that has trained something holds more than 30 MB.
  expect(record.made.memory).toBeGreaterThan(30e6);
  expect(record.made.reckoned?.operations).toBeGreaterThan(0);
  const stored = recordNamed(join(folder, '.colophon/v1'), record.key, recordName(record));
  for (const { digest: array } of Object.values(record.arrays))
    expect(sha256(stored?.inside.get(array) ?? '')).toBe(array);

  const { out } = colophon(folder, 'results', run, '--record');
  expect(out).toContain('train #small, as written:\n              data: waves');
  expect(out).toMatch(/resolved {2}\{"batch":\{"size":10,"with-replacement":false\}/);
  expect(out).toMatch(/seed {6}0/);
  expect(out).toContain(`${record.profile} on ${record.device}`);
  expect(out).toMatch(/memory {4}up to \d+ MB, the whole process/);
  expect(out).toContain(data);
  expect(out).toContain(digest);
  expect(out).toContain(record.arrays['test-error']?.digest);
});

it('memory is the highest seen while a step ran, and says how many ran beside it', () => {
  let resident = 10;
  const watch = memoryWatch(() => resident);
  const one = watch.begin();
  resident = 50;
  const two = watch.begin();
  resident = 30;
  expect(one.soFar()).toEqual({ memory: 50, beside: 1 });
  one.end();
  resident = 40;
  expect(two.soFar()).toEqual({ memory: 50, beside: 1 });
  two.end();
  const three = watch.begin();
  expect(three.soFar()).toEqual({ memory: 40, beside: 0 });
  three.end();
});
