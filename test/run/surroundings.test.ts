/** A store that cannot be written, one of another version, a clock that is wrong: the same site. The real command. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bound, handOver } from '../bound-command.js';
import { cli, colophon, type Ended, siteOf } from '../colophon.js';
import { block, page, reportFolder, small, temporaryFolder, waves, writeFiles } from '../report-folder.js';

const text = page(waves, small, block('figure #fig', 'show: small.fit', 'facet: [hidden]', 'caption: Fits.'));
const files = { 'report/index.md': text };

let built: string;
beforeAll(() => {
  built = reportFolder(files);
  expect(colophon(built, 'build', 'report').out).toContain('3 steps ran');
});
const project = (): string => {
  const folder = temporaryFolder();
  cpSync(built, folder, { recursive: true });
  return folder;
};

const closed: string[] = [];
/** Takes the right to write to a folder and all in it away, or gives it back. */
function setWritable(folder: string, writable: boolean): void {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  for (const inner of [folder, ...folders]) chmodSync(inner, writable ? 0o755 : 0o555);
  for (const entry of entries)
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), writable ? 0o644 : 0o444);
}
afterAll(() => {
  for (const folder of closed) setWritable(folder, true);
});

it('a store that cannot be written is read, and that is said once; what is not in it is computed and not kept', () => {
  const folder = project();
  rmSync(join(folder, 'site'), { recursive: true });
  const store = join(folder, '.colophon');
  const before = siteOf(store);
  handOver(folder);
  setWritable(store, false);
  closed.push(store);
  const read = bound(folder, 'build', 'report');
  expect(read).toMatchObject({ code: 0 });
  expect(read.out).toContain('0 steps ran, 3 cached');
  expect(read.err.match(/results cannot be kept in .*, only read: EACCES/g)).toHaveLength(1);
  expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(built, 'site')));
  // Looking needs no right to write, so nothing is said.
  expect(bound(folder, 'plan', 'report', '--check')).toMatchObject({ code: 0, err: '' });

  writeFiles(folder, { 'report/index.md': text.replace('rate: 0.02', 'rate: 0.05') });
  const more = bound(folder, 'build', 'report');
  expect(more.out).toContain('2 steps ran, 1 cached');
  expect(more.err.match(/cannot be kept/g)).toHaveLength(1);
  expect(siteOf(store)).toEqual(before);
});

/** The command on a machine whose clock stands in another year. */
function inYear(year: number, cwd: string, ...words: readonly string[]): Ended {
  const offset = Date.UTC(year, 5) - Date.now();
  const wrong = `const Right = Date; globalThis.Date = class extends Right {
    constructor(...args) { super(...(args.length === 0 ? [Right.now() + ${offset}] : args)); }
    static now() { return Right.now() + ${offset}; }
  };`;
  const preload = `data:text/javascript,${encodeURIComponent(wrong)}`;
  const all = ['--import', preload, cli, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

it('a clock that is wrong, and then wrong the other way, changes nothing', () => {
  const folder = reportFolder(files);
  expect(inYear(2199, folder, 'build', 'report').out).toContain('3 steps ran');
  expect(colophon(folder, 'results', 'small', '--record').out).toContain('2199-');
  expect(readFileSync(join(folder, 'site/build-info.js'), 'utf8')).toContain('"built": "2199-');
  expect(inYear(1971, folder, 'build', 'report').out).toContain('nothing to do');
  expect(inYear(1971, folder, 'plan', 'report', '--check')).toMatchObject({ code: 0 });
  expect(inYear(1971, folder, 'store', 'gc', 'report').out).toMatch(/^0 records and 0 objects removed/m);
  rmSync(join(folder, 'site'), { recursive: true });
  expect(inYear(1971, folder, 'build', 'report').out).toContain('0 steps ran, 3 cached');
  expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(built, 'site')));
});

it('the store of another version is neither read nor touched', () => {
  const folder = project();
  const [store, other] = [join(folder, '.colophon/v1'), join(folder, '.colophon/v2')];
  renameSync(store, other);
  writeFileSync(join(other, 'format'), 'of a later Colophon');
  const before = siteOf(other);
  rmSync(join(folder, 'site'), { recursive: true });
  const again = colophon(folder, 'build', 'report');
  expect(again.out).toContain('3 steps ran, 0 cached');
  expect(again.err).not.toContain('warning');
  expect(colophon(folder, 'store', 'gc', 'report')).toMatchObject({ code: 0 });
  expect(colophon(folder, 'store', 'verify')).toMatchObject({ code: 0 });
  expect(siteOf(other)).toEqual(before);
  expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(built, 'site')));
});
