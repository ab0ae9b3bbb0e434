/** A site as a PDF, printed by a real Chromium. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { cli, colophon } from '../colophon.js';
import { reportFolder } from '../report-folder.js';
import { unpackChromium } from './unpack-chromium.js';

let folder: string;
beforeAll(() => {
  folder = reportFolder({
    'report/index.md':
      '---\ntitle: A book\nauthors: [Ada]\n---\n\n## The start\n\nText.\n\n::: {.details}\nFolded.\n:::\n',
    'report/more.md': '# More\n\n## The end\n\nText.\n',
  });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
});

function pdf(browser: string, env: NodeJS.ProcessEnv = process.env): { code: number | null; err: string } {
  const { status, stderr } = spawnSync(process.execPath, [cli, 'pdf', 'site', '--out', 'book.pdf'], {
    ...{ cwd: folder, encoding: 'utf8', env: { ...env, COLOPHON_CHROMIUM: browser } },
  });
  return { code: status, err: stderr };
}

it('prints a title page and every page, with a bookmark for every heading, and says what it does', () => {
  const { executable, env } = unpackChromium();
  const { code, err } = pdf(executable, env);
  expect([code, err]).toEqual([0, expect.stringMatching(/^starting .*\nopening the pages\nprinting\n$/)]);
  const text = readFileSync(join(folder, 'book.pdf'), 'latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(3);
  const bookmarks = Array.from(text.matchAll(/\/Title\s*\(([^)]*)\)/g), ([, title]) => title);
  for (const title of ['A book', 'The start', 'More', 'The end']) expect(bookmarks).toContain(title);
});

it('a browser that cannot print is said to, at once', () => {
  const broken = join(folder, 'broken');
  writeFileSync(broken, '#!/bin/sh\nexit 7\n');
  chmodSync(broken, 0o755);
  const { code, err } = pdf(broken);
  expect([code, err]).toEqual([3, expect.stringContaining(`${broken} could not print: it ended with code 7`)]);
  expect(existsSync(broken)).toBe(true);
});
