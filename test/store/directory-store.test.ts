/** The store never serves a damaged result. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Artifact, float64Array } from '../../src/shared/artifact.js';
import { compiledFile } from '../../src/shared/program-folder.js';
import { collect } from '../../src/store/collect.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { examine } from '../../src/store/examine.js';
import { objectFiles, recordFiles } from '../../src/store/layout.js';
import { fromNpy, toNpy } from '../../src/shared/npy.js';
import type { Store } from '../../src/store/store.js';
import { temporaryFolder } from '../report-folder.js';
import { toEarlierLayout } from './earlier-layout.js';

const artifact: Artifact = { arrays: { a: float64Array([3], Float64Array.of(1, Number.NaN, -0)) }, values: { n: 3 } };
const made = { seconds: 1, at: '2026-01-01T00:00:00.000Z', colophon: '0', program: '0', node: '0', platform: '0' };
const known = {
  key: 'a'.repeat(64),
  kind: 'dataset',
  version: 1,
  options: {},
  inputs: {},
  profile: 'p',
  device: 'CPU',
  made,
};

const large: Artifact = { arrays: { a: float64Array([9000], new Float64Array(9000).fill(0.1)) }, values: {} };

function storeWithOne(kept = artifact): { store: Store; folder: string; files: string[] } {
  const folder = temporaryFolder();
  const store = directoryStore(folder, () => undefined);
  store.keep(known, kept);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return { store, folder, files };
}

const find = (store: Store): Artifact | undefined => store.find(known.key, () => true)?.artifact;

describe('directoryStore', () => {
  it('gives back what it was given, to the bit', () => {
    const { store, files } = storeWithOne();
    expect(find(store)).toEqual(artifact);
    expect(files.filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  it('serves nothing after any single bit of any of its files has changed', () => {
    const { store, files } = storeWithOne();
    // One with its array in it.
    expect(files).toHaveLength(1);
    for (const file of files) {
      const bytes = readFileSync(file);
      for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
        const flipped = Uint8Array.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        writeFileSync(file, flipped);
        const served = find(store);
        expect(served, `${file} bit ${bit}`).toBeUndefined();
      }
      writeFileSync(file, bytes);
    }
    expect(find(store)).toEqual(artifact);
  });

  it('takes a missing, changed or truncated object for a miss, and heals when it is kept again', () => {
    const { store, folder } = storeWithOne(large);
    expect(find(store)).toEqual(large);
    const [object] = objectFiles(join(folder, 'v1'));
    const { path = '' } = object ?? {};
    const bytes = readFileSync(path);
    for (const at of [0, 70, 200, bytes.length - 1]) {
      writeFileSync(path, Buffer.from(bytes).fill((bytes[at] ?? 0) ^ 1, at, at + 1));
      expect(find(store)).toBeUndefined();
      writeFileSync(path, bytes.subarray(0, at));
      expect(find(store)).toBeUndefined();
    }
    rmSync(path);
    expect(find(store)).toBeUndefined();
    store.keep(known, large);
    expect(find(store)).toEqual(large);
  });

  it('keeps small arrays in the file of their record, up to a quarter of a MiB, and the others as objects', () => {
    const folder = temporaryFolder();
    const store = directoryStore(folder, () => undefined);
    // 4,096 numbers are just over 32 KiB with their header: seven of these fit, and twice the same array counts once.
    const each = Array.from({ length: 9 }, (_, i) => float64Array([4096], new Float64Array(4096).fill(i)));
    const many: Artifact = {
      arrays: {
        ...Object.fromEntries(each.map((array, i) => [`n${i}`, array])),
        again: float64Array([4096], new Float64Array(4096)),
        ...large.arrays,
      },
      values: {},
    };
    store.keep(known, many);
    expect(find(store)).toEqual(many);
    expect(objectFiles(join(folder, 'v1'))).toHaveLength(3);
    const [file] = recordFiles(join(folder, 'v1'));
    expect(file?.objects).toHaveLength(3);
    expect(examine(folder)).toMatchObject({ objects: 3, records: 1, damaged: [], broken: [] });
    const bytes = readFileSync(file?.path ?? '');
    writeFileSync(file?.path ?? '', Buffer.concat([bytes.subarray(0, -1), Buffer.of((bytes.at(-1) ?? 0) ^ 1)]));
    expect(find(store)).toBeUndefined();
    expect(examine(folder)).toMatchObject({ damaged: [file?.path], broken: [] });
    expect([...store.records()]).toEqual([]);
  });

  it('reads what earlier versions wrote, and puts a newer result of the same in its place', () => {
    const { store, folder, files } = storeWithOne();
    const root = join(folder, 'v1');
    const [now] = files.map((file) => readFileSync(file));
    expect(toEarlierLayout(root)).toBe(1);
    expect(objectFiles(root)).toHaveLength(1);
    for (const likely of [undefined, { profile: known.profile, inputs: {} }]) {
      expect(store.find(known.key, () => true, likely)?.artifact).toEqual(artifact);
      expect(store.peek(known.key, () => true, likely)?.record.key).toBe(known.key);
    }
    expect(examine(folder)).toMatchObject({ objects: 1, records: 1, damaged: [], broken: [] });
    store.keep(known, artifact);
    expect(recordFiles(root).map(({ path }) => [path, readFileSync(path)])).toEqual([[files[0], now]]);
    // Nothing names the object any more.
    expect(collect(folder, () => true)).toMatchObject({ records: 0, objects: 1 });
    expect(find(store)).toEqual(artifact);
  });

  it('does not take a valid record under another key for an answer', () => {
    const { store, folder, files } = storeWithOne();
    const [record = ''] = files;
    const other = 'b'.repeat(64);
    store.keep({ ...known, key: other }, artifact);
    const place = join(folder, 'v1', 'records', other);
    for (const name of readdirSync(place)) writeFileSync(join(place, name), readFileSync(record));
    expect(store.find(other, () => true)).toBeUndefined();
  });

  it('says once that it cannot be written, and still gives the result', () => {
    const warnings: string[] = [];
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const store = directoryStore(file, (message) => warnings.push(message));
    expect(store.keep(known, artifact).artifact).toBe(artifact);
    store.keep(known, artifact);
    expect(warnings).toHaveLength(1);
  });
});

describe('what is kept soon', () => {
  const soon = { wait: true, soon: true } as const;

  it('is found at once, and is on the disk when the store has settled', async () => {
    const folder = temporaryFolder();
    const store = directoryStore(folder, () => undefined);
    store.keep(known, artifact, soon);
    expect(find(store)).toEqual(artifact);
    store.keep({ ...known, key: 'b'.repeat(64) }, artifact, soon);
    store.keep({ ...known, key: 'c'.repeat(64) }, artifact, { ...soon, wait: false });
    await store.settled();
    const another = directoryStore(folder, () => undefined);
    expect(Array.from(another.records(), ({ key }) => key[0])).toEqual(['a', 'b', 'c']);
    expect(find(another)).toEqual(artifact);
    // It goes on after that.
    store.keep({ ...known, key: 'd'.repeat(64) }, artifact, soon);
    await store.settled();
    expect(Array.from(another.records(), ({ key }) => key[0])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is in the records of the same store before that', () => {
    const store = directoryStore(temporaryFolder(), () => undefined);
    store.keep(known, artifact, soon);
    expect(Array.from(store.records(), ({ key }) => key)).toEqual([known.key]);
  });

  it('is all there when the process ends before', () => {
    const folder = temporaryFolder();
    const program = `
      const { directoryStore } = await import(process.argv[1]);
      const store = directoryStore(process.argv[2], () => undefined);
      const { known, data } = JSON.parse(process.argv[3]);
      for (let i = 0; i < 40; i += 1) {
        const arrays = { a: { dtype: 'float64', shape: [data.length], data: Float64Array.from(data, (x) => x + i) } };
        store.keep({ ...known, key: i.toString(16).padStart(64, '0') }, { arrays, values: {} }, { wait: true, soon: true });
      }
      process.exit(0);
    `;
    const file = pathToFileURL(compiledFile('store/directory-store.js')).href;
    const given = JSON.stringify({ known, data: [1, 2, 3] });
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', program, file, folder, given],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
    const store = directoryStore(folder, () => undefined);
    for (let i = 0; i < 40; i += 1) {
      const found = store.find(i.toString(16).padStart(64, '0'), () => true);
      expect(Array.from(found?.artifact.arrays['a']?.data ?? [])).toEqual([1 + i, 2 + i, 3 + i]);
    }
  });

  it('is said once when it cannot be written, and no record points at what is not there', async () => {
    const warnings: string[] = [];
    const folder = temporaryFolder();
    // In the way of every object, but of no record.
    mkdirSync(join(folder, 'v1'), { recursive: true });
    writeFileSync(join(folder, 'v1', 'objects'), '');
    const store = directoryStore(folder, (message) => warnings.push(message));
    store.keep(known, large, soon);
    store.keep({ ...known, key: 'b'.repeat(64) }, large, soon);
    await store.settled();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('cannot be kept');
    expect([...store.records()]).toEqual([]);
  });

  it('is written at once when it is large', () => {
    const folder = temporaryFolder();
    const larger: Artifact = { arrays: { a: float64Array([2 ** 20], new Float64Array(2 ** 20)) }, values: {} };
    directoryStore(folder, () => undefined).keep(known, larger, soon);
    expect([...directoryStore(folder, () => undefined).records()]).toHaveLength(1);
  });
});

describe('npy', () => {
  it('writes the bytes that numpy.save writes', () => {
    // numpy.save of np.array([[1.5, -2.0]]) with NumPy 1.24.
    const bytes = toNpy(float64Array([1, 2], Float64Array.of(1.5, -2)));
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }";
    expect(bytes).toHaveLength(128 + 16);
    expect(new TextDecoder('latin1').decode(bytes.subarray(0, 128))).toBe(
      `\u0093NUMPY\u0001\u0000\u0076\u0000${header.padEnd(117)}\n`,
    );
  });

  it.each([[[0]], [[4]], [[2, 2]]])('reads what it wrote: %j', (shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const arrays = [new Float64Array(size).fill(0.1), new Float32Array(size).fill(0.1), new Int32Array(size).fill(-7)];
    for (const data of arrays) expect(fromNpy(toNpy({ shape, data }))).toEqual({ shape, data });
  });
});
