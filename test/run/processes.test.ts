/** Processes that build on one store while collections go on; PROCESSES says how many of them. The real command. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, colophon, type Ended, siteOf } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

const processes = Number(process.env['PROCESSES'] ?? 4);
const text = page(
  waves,
  small,
  block('svd #s', 'of: small', 'on: { grid: 11 }'),
  block('figure #fig', 'show: small.fit', 'facet: [hidden]', 'caption: Fits.'),
);

it(`${processes} processes build on one store while it is collected again and again: no error, no wrong byte`, async () => {
  const folder = reportFolder({ 'report/index.md': text });
  const run = (...words: readonly string[]): Promise<Omit<Ended, 'out'>> => {
    const child = spawn(process.execPath, [cli, ...words], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    return new Promise((resolve) => {
      child.on('close', (code) => {
        resolve({ code, err });
      });
    });
  };
  const sites = Array.from({ length: processes }, (_, index) => `site-${index}`);
  const state = { building: true };
  const builds = Promise.all(sites.map(async (site) => run('build', 'report', '--out', site, '--jobs', '1'))).finally(
    () => {
      state.building = false;
    },
  );
  const collections: Omit<Ended, 'out'>[] = [];
  while (state.building) collections.push(await run('store', 'gc', 'report'));
  for (const { code, err } of [...(await builds), ...collections]) {
    expect(err).not.toMatch(/warning|environment|failed/);
    expect(code).toBe(0);
  }
  const [one, ...others] = sites.map((site) => siteOf(join(folder, site)));
  for (const other of others) expect(other).toEqual(one);
  // The same as of a build that was alone.
  expect(colophon(folder, 'build', 'report', '--out', 'alone', '--store', 'its-own')).toMatchObject({ code: 0 });
  expect(siteOf(join(folder, 'alone'))).toEqual(one);
  expect(colophon(folder, 'store', 'verify')).toMatchObject({ code: 0 });
}, 1_800_000);
