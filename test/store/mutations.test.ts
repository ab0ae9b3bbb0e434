/** Random damages to a store of many results: none is served, and each heals by being kept again. MUTATIONS says how many. */
import { randomBytes } from 'node:crypto';
import fs, { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Artifact, float64Array } from '../../src/shared/artifact.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { temporaryFolder } from '../report-folder.js';

// Waiting for the disk is what takes time here, and no test can tell whether it was waited for.
fs.fsyncSync = () => undefined;
syncBuiltinESMExports();

const made = { seconds: 1, at: '', colophon: '0', program: '0', node: '0', platform: '0' };

const mutations = Number(process.env['MUTATIONS'] ?? 300);

it(`${mutations} random mutations: cut, lengthened, overwritten, exchanged, removed; none served, all healed`, () => {
  const folder = temporaryFolder();
  const store = directoryStore(folder, () => undefined);
  const results = Array.from({ length: 60 }, (_, index) => {
    const key = index.toString(16).padStart(64, '0');
    const artifact: Artifact = {
      arrays: {
        a: float64Array(
          [9000],
          Float64Array.from({ length: 9000 }, (_, i) => i * index),
        ),
        // In the record's file.
        b: float64Array([1], Float64Array.of(index)),
      },
      values: { index },
    };
    const known = { key, kind: 'dataset', version: 1, options: { index }, inputs: {}, profile: 'p', device: '', made };
    store.keep(known, artifact);
    return { known, artifact };
  });
  const files = readdirSync(join(folder, 'v1'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  expect(files.length).toBeGreaterThan(100);
  const texts = files.map((file) => readFileSync(file));
  const named = results.map((result) => {
    const { arrays = {} } = store.find(result.known.key, () => true)?.record ?? {};
    const objects = Object.values(arrays).map(({ digest }) => join(digest.slice(0, 2), digest.slice(2)));
    return { result, names: [result.known.key, ...objects] };
  });
  const owners = new Map(
    files.map((file) => [
      file,
      named.flatMap(({ result, names }) => (names.some((name) => file.includes(name)) ? [result] : [])),
    ]),
  );
  let damaged = 0;
  fc.assert(
    fc.property(
      fc.nat(files.length - 1),
      fc.constantFrom('cut', 'longer', 'bytes', 'zeros', 'other', 'gone'),
      fc.nat(),
      fc.integer({ min: 1, max: 8 }),
      (index, how, place, length) => {
        const [file = '', bytes = Buffer.alloc(0)] = [files[index], texts[index]];
        const start = place % bytes.length;
        const changed = Buffer.from(bytes);
        if (how === 'bytes') changed.set(randomBytes(Math.min(length, bytes.length - start)), start);
        if (how === 'zeros') changed.fill(0, start);
        const other = texts[place % texts.length] ?? bytes;
        const now =
          how === 'cut'
            ? bytes.subarray(0, start)
            : how === 'longer'
              ? Buffer.concat([bytes, randomBytes(length)])
              : how === 'other'
                ? other
                : changed;
        if (how === 'gone') rmSync(file);
        else writeFileSync(file, now);
        // Those that the file belongs to, and another one that must not be touched by it.
        const others = results.slice(place % results.length).slice(0, 1);
        for (const { known, artifact } of [...(owners.get(file) ?? []), ...others]) {
          const served = store.find(known.key, () => true);
          if (served === undefined) damaged += 1;
          else expect(served.artifact).toEqual(artifact);
          if (served !== undefined) continue;
          store.keep(known, artifact);
          expect(store.find(known.key, () => true)?.artifact).toEqual(artifact);
        }
        writeFileSync(file, bytes);
      },
    ),
    { numRuns: mutations },
  );
  expect(damaged).toBeGreaterThan(mutations / 2);
}, 1_800_000);
