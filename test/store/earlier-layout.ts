/** A store as the versions before arrays stood in records' files wrote it: every array an object, records in .json. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { earlierPath, objectPath, readRecord, recordFiles } from '../../src/store/layout.js';

/** Rewrites the store at a root; gives the number of records. */
export function toEarlierLayout(root: string): number {
  const files = recordFiles(root).filter(({ record }) => record !== undefined);
  for (const { path } of files) {
    const { inside } = readRecord(path, basename(dirname(path))) ?? { inside: new Map<string, Uint8Array>() };
    for (const [digest, bytes] of inside) {
      const object = objectPath(root, digest);
      mkdirSync(dirname(object), { recursive: true });
      writeFileSync(object, bytes);
    }
    const [digest, text, seal] = readFileSync(path, 'latin1').split('\n', 3);
    writeFileSync(earlierPath(path), `${digest}\n${text}\n${seal}\n`, 'latin1');
    rmSync(path);
  }
  return files.length;
}
