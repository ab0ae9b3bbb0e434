/** Folders on the real file system. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../../src/shared/make-folder.js';
import { temporaryFolder } from '../report-folder.js';

it('makes a folder with those above it, and nothing where it is there', () => {
  const folder = join(temporaryFolder(), 'a/b/c');
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

it('throws where a file is in the way', () => {
  const file = join(temporaryFolder(), 'a');
  writeFileSync(file, '');
  expect(() => {
    makeFolder(file);
  }).toThrow('EEXIST');
  expect(() => {
    makeFolder(join(file, 'b'));
  }).toThrow('ENOTDIR');
});

it.runIf(existsSync('/proc/self'))('ends where the system says that nothing is there to make it in', () => {
  expect(() => {
    makeFolder('/proc/colophon/store');
  }).toThrow('ENOENT');
});
