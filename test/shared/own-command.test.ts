/** What is printed and written for people to type works where they stand, and asks no registry for a stranger's package. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine, ownCommand, shellWord } from '../../src/shared/own-command.js';
import { reportFolder, temporaryFolder } from '../report-folder.js';

const root = join(import.meta.dirname, '../..');

it('is npx where this program is installed, there and in the folders below; its place where it is not, or another one is', () => {
  const project = temporaryFolder();
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules/colophon'));
  mkdirSync(join(project, 'a/b'), { recursive: true });
  for (const folder of [project, join(project, 'a/b')]) {
    expect(commandLine(['dev', 'report'], folder)).toBe('npx colophon dev report');
    // A task that runs by itself never fetches anything.
    expect(ownCommand(folder)).toEqual({ program: 'npx', words: ['--no-install', 'colophon'], isPortable: true });
  }
  const other = reportFolder({ 'node_modules/colophon/package.json': '{}' });
  for (const folder of [other, temporaryFolder()])
    expect(ownCommand(folder)).toEqual({ program: 'node', words: [join(root, 'dist/cli.js')], isPortable: false });
  expect(commandLine(['plan'], root)).toBe('node dist/cli.js plan');
});

it.each([
  ['report', 'report', 'report'],
  ['Übungen/日本', 'Übungen/日本', 'Übungen/日本'],
  ['my report', "'my report'", '"my report"'],
  ["Bob's & #1", "'Bob'\\''s & #1'", '"Bob\'s & #1"'],
  ['a"b', "'a\"b'", '"a""b"'],
])('%s is one word to a shell', (text, posix, windows) => {
  expect(shellWord(text, 'linux')).toBe(posix);
  expect(shellWord(text, 'win32')).toBe(windows);
});
