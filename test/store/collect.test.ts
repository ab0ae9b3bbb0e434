/** Collection takes what nothing needs, and nothing that a running build needs. */
import fs, { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { float64Array } from '../../src/shared/artifact.js';
import { collect } from '../../src/store/collect.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { examine } from '../../src/store/examine.js';
import { objectFiles } from '../../src/store/layout.js';
import { recordFile } from '../../src/store/record-file.js';
import { statusOf } from '../../src/store/status.js';
import type { Store } from '../../src/store/store.js';
import { withFault } from '../faults/injection.js';
import { temporaryFolder } from '../report-folder.js';

const key = (letter: string): string => letter.repeat(64);

/** Results under keys aa.., bb.., cc..; each took as long as its place says. */
function filled(): { folder: string; store: Store } {
  const folder = temporaryFolder();
  const store = directoryStore(folder, () => undefined);
  ['a', 'b', 'c'].forEach((letter, index) => {
    const made = { seconds: index, at: '', colophon: '0', program: '0', node: '0', platform: '0' };
    store.keep(
      { key: key(letter), kind: 'dataset', version: 1, options: {}, inputs: {}, profile: 'p', device: '', made },
      { arrays: { x: float64Array([10_000], new Float64Array(10_000).fill(index)) }, values: {} },
    );
  });
  return { folder, store };
}

const kept = (store: Store): string[] =>
  ['a', 'b', 'c'].filter((letter) => store.find(key(letter), () => true) !== undefined);

it('keeps what is needed and removes the rest, with its objects and what killed writers left', () => {
  const { folder, store } = filled();
  writeFileSync(join(folder, 'v1/records', key('a'), 'x.json.1-1.tmp'), 'half');
  expect(collect(folder, (record) => record.key === key('b'))).toMatchObject({ records: 2, objects: 2, builds: 0 });
  expect(kept(store)).toEqual(['b']);
  expect(objectFiles(join(folder, 'v1'))).toHaveLength(1);
  expect(readdirSync(join(folder, 'v1/records'))).toEqual([key('b')]);
});

it('below a size it keeps more, what took longest for its bytes first', () => {
  const { folder, store } = filled();
  const { all } = statusOf(folder, []);
  expect(collect(folder, () => false, all.bytes).records).toBe(0);
  expect(collect(folder, () => false, (all.bytes * 2) / 3).records).toBe(1);
  expect(kept(store)).toEqual(['b', 'c']);
  // What is needed stays, however small the size.
  expect(collect(folder, () => true, 1).records).toBe(0);
});

it('keeps what a running build said that it needs, and all objects while one runs; a dead build counts for nothing', () => {
  const { folder, store } = filled();
  const leave = store.announce([key('a')]);
  expect(collect(folder, () => false)).toMatchObject({ records: 2, objects: 0, builds: 1 });
  expect(kept(store)).toEqual(['a']);
  expect(objectFiles(join(folder, 'v1'))).toHaveLength(3);
  leave();
  store.announce([key('a')]);
  const running = join(folder, 'v1/running');
  for (const name of readdirSync(running))
    renameSync(join(running, name), join(running, name.replace(/^\d+/, '999999999')));
  expect(collect(folder, () => false)).toMatchObject({ records: 1, objects: 3, builds: 0 });
});

it('with an error of the disk at any call, what is needed stays, and what a running build needs; the next collection goes through', async () => {
  for (let [at, more] = [1, true]; more; at += 1) {
    const { folder, store } = filled();
    const leave = at % 2 === 0 ? store.announce([key('a')]) : undefined;
    const { calls, thrown } = await withFault(folder, { at, code: 'EIO', forever: false }, () => {
      collect(folder, (record) => record.key === key('b'));
      return Promise.resolve();
    });
    more = calls >= at;
    if (thrown !== undefined) expect(thrown, `call ${at}`).toMatchObject({ code: 'EIO' });
    for (const letter of leave === undefined ? ['b'] : ['a', 'b']) expect(kept(store), `call ${at}`).toContain(letter);
    leave?.();
    collect(folder, (record) => record.key === key('b'));
    expect(kept(store), `call ${at}`).toEqual(['b']);
    expect(objectFiles(join(folder, 'v1')), `call ${at}`).toHaveLength(1);
  }
});

it('the folder of another version is neither read nor collected', () => {
  const { folder } = filled();
  renameSync(join(folder, 'v1'), join(folder, 'v0'));
  expect(kept(directoryStore(folder, () => undefined))).toEqual([]);
  expect(collect(folder, () => false)).toMatchObject({ records: 0, objects: 0 });
  expect(objectFiles(join(folder, 'v0'))).toHaveLength(3);
});

it('examining finds and removes what is damaged, and the records that are left without their objects', () => {
  const { folder, store } = filled();
  expect(examine(folder)).toEqual({ objects: 3, records: 3, damaged: [], broken: [], unreadable: [] });
  const [object] = objectFiles(join(folder, 'v1'));
  writeFileSync(object?.path ?? '', 'damaged');
  writeFileSync(
    join(folder, 'v1/records', key('a'), readdirSync(join(folder, 'v1/records', key('a')))[0] ?? ''),
    'damaged',
  );
  const found = examine(folder);
  expect(found.damaged).toHaveLength(2);
  expect(kept(store).length).toBe(3 - 1 - found.broken.length);
  expect(examine(folder)).toMatchObject({ damaged: [], broken: [] });
});

it('examining leaves what a build has written again since it was found damaged', () => {
  const { folder, store } = filled();
  const [object] = objectFiles(join(folder, 'v1'));
  const path = object?.path ?? '';
  const whole = readFileSync(path);
  writeFileSync(path, 'damaged');
  // The build comes right after the damaged bytes were read.
  const { openSync, closeSync } = fs;
  const opened = new Map<number, unknown>();
  let reads = 0;
  fs.openSync = (name, ...how) => {
    const file = openSync(name, ...how);
    opened.set(file, name);
    return file;
  };
  fs.closeSync = (file) => {
    closeSync(file);
    if (opened.get(file) !== path) return;
    opened.clear();
    reads += 1;
    if (reads === 1) writeFileSync(path, whole);
  };
  syncBuiltinESMExports();
  try {
    expect(examine(folder)).toEqual({ objects: 3, records: 3, damaged: [], broken: [], unreadable: [] });
  } finally {
    Object.assign(fs, { openSync, closeSync });
    syncBuiltinESMExports();
  }
  expect(reads).toBeGreaterThan(1);
  expect(kept(store)).toEqual(['a', 'b', 'c']);
});

it('examining removes nothing for an error of the disk at any call, and says what it could not read', async () => {
  const { folder, store } = filled();
  let told = 0;
  for (let [at, more] = [1, true]; more; at += 1) {
    const found: ReturnType<typeof examine>[] = [];
    const { calls } = await withFault(folder, { at, code: 'EIO', forever: false }, () => {
      found.push(examine(folder));
      return Promise.resolve();
    });
    more = calls >= at;
    for (const { damaged, broken, unreadable } of found) {
      expect([damaged, broken], `call ${at}`).toEqual([[], []]);
      told += unreadable.length;
    }
    expect(kept(store), `call ${at}`).toEqual(['a', 'b', 'c']);
  }
  expect(told).toBeGreaterThanOrEqual(6);
});

it('neither reads nor writes behind a link that someone planted', () => {
  const warnings: string[] = [];
  const folder = temporaryFolder();
  const outside = temporaryFolder();
  mkdirSync(join(folder, 'v1'));
  for (const name of ['objects', 'records']) symlinkSync(outside, join(folder, 'v1', name));
  const store = directoryStore(folder, (message) => warnings.push(message));
  const made = { seconds: 1, at: '', colophon: '0', program: '0', node: '0', platform: '0' };
  const known = { key: key('a'), kind: 'dataset', version: 1, options: {}, inputs: {}, profile: 'p', device: '', made };
  store.keep(known, { arrays: { x: float64Array([1], Float64Array.of(1)) }, values: {} });
  expect(warnings).toEqual([expect.stringContaining('is a link, and a store has none')]);
  expect(readdirSync(outside, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
  expect(collect(folder, () => false)).toMatchObject({ records: 0, objects: 0 });

  // A record that is a link is none, whatever it leads to.
  const { folder: honest, store: honestStore } = filled();
  const records = join(honest, 'v1/records', key('a'));
  const [name = ''] = readdirSync(records);
  renameSync(join(records, name), join(outside, 'record'));
  symlinkSync(join(outside, 'record'), join(records, name));
  expect(kept(honestStore)).toEqual(['b', 'c']);
  expect(examine(honest).damaged).toEqual([join(records, name)]);
  symlinkSync(join(outside, 'record'), join(records, name));
  // Removed, and with it the one object that only it named.
  expect(collect(honest, () => true)).toMatchObject({ records: 1, objects: 1, unreadable: [] });
  expect(kept(honestStore)).toEqual(['b', 'c']);
  expect(readdirSync(outside)).toContain('record');
});

it('what stands in the place of a record and cannot be read is told, and all objects stay', () => {
  const { folder, store } = filled();
  const path = join(folder, 'v1/records', key('a'), 'folder.json');
  mkdirSync(path);
  expect(examine(folder)).toMatchObject({ damaged: [], unreadable: [path] });
  expect(collect(folder, () => false)).toMatchObject({ records: 3, objects: 0, unreadable: [path] });
  expect(kept(store)).toEqual([]);
});

it('a record whose object has another size than it says is computed again', () => {
  const { folder, store } = filled();
  const records = join(folder, 'v1/records', key('a'));
  const [name = ''] = readdirSync(records);
  const { record } = store.find(key('a'), () => true) ?? {};
  const arrays = Object.fromEntries(
    Object.entries(record!.arrays).map(([array, stored]) => [array, { ...stored, bytes: stored.bytes + 8 }]),
  );
  writeFileSync(join(records, name), recordFile({ ...record!, arrays }, []));
  expect(examine(folder)).toMatchObject({ damaged: [], broken: [{ key: key('a') }] });
});
