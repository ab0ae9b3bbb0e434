/** Data files stay what they were when they were first read, though their bytes may be let go. */
import { expect, it } from 'vitest';
import { dataFiles } from '../../src/source/data-files.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('files are read once while there is room; beyond it they are let go, and read again', () => {
  const reads: string[] = [];
  const dataFile = dataFiles((path) => {
    reads.push(path);
    return bytes(path);
  }, 3);
  for (const path of ['abc', 'd', 'd', 'abc', 'e', 'd']) expect(dataFile(path)).toEqual({ path, bytes: bytes(path) });
  expect(reads).toEqual(['abc', 'd', 'e', 'd']);
});

it('a file that has changed since is refused, and so is for good what could not be read', () => {
  let written = 'one';
  const dataFile = dataFiles((path) => (path === 'gone' ? { refused: 'there is no such file' } : bytes(written)), 0);
  expect(dataFile('a')).toEqual({ path: 'a', bytes: bytes('one') });
  written = 'two';
  expect(dataFile('b')).toEqual({ path: 'b', bytes: bytes('two') });
  expect(dataFile('a')).toEqual({ refused: 'it has changed since it was planned with' });
  expect(dataFile('gone')).toBe(dataFile('gone'));
});
