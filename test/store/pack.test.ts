/** A pack is taken whole or refused whole. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float64Array } from '../../src/shared/artifact.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { pack, putInto, unpack } from '../../src/store/pack.js';
import type { RecordBody } from '../../src/store/record.js';
import { temporaryFolder } from '../report-folder.js';

const made = { seconds: 1, at: '2026-01-01T00:00:00.000Z', colophon: '0', program: '0', node: '0', platform: '0' };

function packed(): { bytes: Uint8Array; records: RecordBody[] } {
  const folder = temporaryFolder();
  const store = directoryStore(folder, () => undefined);
  const records = ['a', 'b'].map(
    (letter) =>
      store.keep(
        {
          ...{ key: letter.repeat(64), kind: 'dataset', version: 1, options: { letter }, inputs: {} },
          ...{ profile: 'p', device: 'CPU', made },
        },
        {
          arrays: {
            x: float64Array([2], Float64Array.of(1, letter.length)),
            y: float64Array([1], Float64Array.of(letter === 'a' ? 1 : 2)),
          },
          values: {},
        },
      ).record,
  );
  const bytes = pack(folder, records);
  if ('missing' in bytes) throw new Error(bytes.missing);
  return { bytes, records };
}

/** The pack with a true seal again, so that what is wrong inside has to be seen. */
function resealed(bytes: Uint8Array): Uint8Array {
  const body = bytes.subarray(0, bytes.length - 32);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

describe('pack', () => {
  it('carries results into another store, to the byte; the same records give the same pack', () => {
    const { bytes, records } = packed();
    expect(packed().bytes).toEqual(bytes);
    const folder = temporaryFolder();
    const found = unpack(bytes);
    if ('refused' in found) throw new Error(found.refused);
    putInto(folder, found);
    const store = directoryStore(folder, () => undefined);
    for (const record of records) expect(store.find(record.key, () => true)?.record).toEqual(record);
    expect(pack(folder, records)).toEqual(bytes);
  });

  it('is refused after any bit of it has changed, and when cut or lengthened anywhere', () => {
    const { bytes } = packed();
    for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (!('refused' in unpack(flipped))) expect.fail(`bit ${bit}`);
    }
    for (let length = 0; length < bytes.length; length += 1)
      if (!('refused' in unpack(bytes.subarray(0, length)))) expect.fail(`length ${length}`);
    expect(unpack(Buffer.concat([bytes, Buffer.of(0)]))).toHaveProperty('refused');
  });

  it('with a true seal: any changed bit of lengths, names, kinds or contents is still seen', () => {
    const { bytes } = packed();
    for (let bit = 0; bit < 8 * (bytes.length - 32); bit += 1) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (!('refused' in unpack(resealed(flipped)))) expect.fail(`bit ${bit}`);
    }
  });

  it('arbitrary bytes after a true first line are refused, and never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (rest) => {
        const bytes = Buffer.concat([new TextEncoder().encode('colophon pack 1\n'), rest, Buffer.alloc(32)]);
        const found = unpack(resealed(bytes));
        expect('refused' in found || found.records.length === 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a record for a path instead of a key', (record: object) => ({ ...record, key: '../../../etc/passwd' })],
    [
      'an array named by a path',
      (record: RecordBody) => ({ ...record, arrays: { x: { ...record.arrays['x'], digest: '../x' } } }),
    ],
    [
      'an array of another length',
      (record: RecordBody) => ({ ...record, arrays: { x: { ...record.arrays['x'], bytes: 1 } } }),
    ],
    [
      'an array of another shape',
      (record: RecordBody) => ({ ...record, arrays: { x: { ...record.arrays['x'], shape: [7] } } }),
    ],
    [
      'an array that is not in it',
      (record: RecordBody) => ({ ...record, arrays: { x: { ...record.arrays['x'], digest: 'c'.repeat(64) } } }),
    ],
    [
      'a member that would become a prototype',
      (record: object) => JSON.parse(JSON.stringify(record).replace('"x":', '"__proto__":')) as object,
    ],
    ['no time', (record: object) => ({ ...record, made: null })],
  ])('refuses a forged record: %s', (_what, forge) => {
    const { bytes, records } = packed();
    const [record] = records;
    if (record === undefined) throw new Error('no record');
    const found = unpack(bytes);
    if ('refused' in found) throw new Error(found.refused);
    const forged = new TextEncoder().encode(canonical(forge(record)));
    const entries = [...found.objects.values()].map((content) => entry(1, content));
    const whole = Buffer.concat([
      new TextEncoder().encode('colophon pack 1\n'),
      ...entries,
      entry(2, forged),
      Buffer.alloc(32),
    ]);
    expect(unpack(resealed(whole))).toHaveProperty('refused');
    expect(existsSync('/etc/passwd.json')).toBe(false);
  });
});

function entry(kind: number, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(41);
  head[0] = kind;
  head.set(createHash('sha256').update(content).digest(), 1);
  head.writeBigUInt64LE(BigInt(content.length), 33);
  return Buffer.concat([head, content]);
}

/** Members sorted, as canonical JSON has them. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}
