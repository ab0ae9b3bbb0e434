/** The site's folder: all at once, whatever happens; one build at a time; nothing of anyone else's touched. */
import { spawnSync } from 'node:child_process';
import fs, {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvironmentError } from '../../src/shared/problem.js';
import {
  checkSite,
  filesBuiltFrom,
  openSite,
  recoverSite,
  type SiteFile,
  writeSite,
} from '../../src/publish/write-site.js';
import { withFault } from '../faults/injection.js';
import { temporaryFolder, writeFiles } from '../report-folder.js';
import { everyNth } from '../every-nth.js';

// Waiting for the disk is what takes time here, and no test can tell whether it was waited for.
fs.fsyncSync = () => undefined;
fs.fsync = Object.assign(
  (_file: number, done: (error: null) => void) => {
    queueMicrotask(() => {
      done(null);
    });
  },
  { __promisify__: fs.fsync.__promisify__ },
);
syncBuiltinESMExports();

const oldSite = { 'index.html': 'old index', 'sub/page.html': 'old page', 'gone.html': 'gone', 'assets/a.css': 'same' };
const newSite = { 'index.html': 'new index', 'sub/page.html': 'new page', 'new.html': 'new', 'assets/a.css': 'same' };

async function publish(site: string, files: Readonly<Record<string, string>>): ReturnType<typeof writeSite> {
  const hold = openSite(site);
  try {
    return await writeSite(
      hold,
      Object.entries(files).map(([path, content]): SiteFile => ({ path, content })),
    );
  } finally {
    hold.release();
  }
}

/** What stands in a folder, by path. */
function contents(folder: string): Record<string, string> | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const pairs = files.map(({ parentPath, name }): [string, string] => {
    const path = join(parentPath, name);
    return [relative(folder, path), readFileSync(path, 'utf8')];
  });
  return Object.fromEntries(pairs.filter(([path]) => !path.startsWith('.colophon-')).sort());
}

/** What others keep in a site's folder. A folder of theirs forbids exchanging the site's folder as a whole. */
const theirs = {
  'the folder exchanged': { '.gitignore': '*' },
  'the files exchanged one by one': { '.gitignore': '*', '.git/HEAD': 'ref' },
};

async function project(foreign: Readonly<Record<string, string>>): Promise<{ root: string; site: string }> {
  const root = temporaryFolder();
  const site = join(root, 'site');
  writeFiles(site, foreign);
  await publish(site, oldSite);
  return { root, site };
}

/** The holds of this process look like those of one that died. */
function die(root: string): void {
  for (const place of ['.site.colophon/lock', 'site/.colophon-publish/lock'].map((name) => join(root, name))) {
    if (!existsSync(place)) continue;
    for (const name of readdirSync(place))
      renameSync(join(place, name), join(place, name.replace(/^\d+/, '999999999')));
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const sorted = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).sort());

describe.each(Object.entries(theirs))('publishing, %s', (how, foreign) => {
  const before = sorted({ ...oldSite, ...foreign });
  const after = sorted({ ...newSite, ...foreign });
  const whole = how === 'the folder exchanged';

  it('puts the new site in place, and leaves nothing beside it', async () => {
    const { root, site } = await project(foreign);
    expect(contents(site)).toEqual(before);
    expect(await publish(site, newSite)).toEqual({ written: 3, unchanged: 1, removed: 1 });
    expect(contents(site)).toEqual(after);
    expect(readdirSync(root)).toEqual(['site']);
  });

  it('killed at any call: the old site or the new one, never a mix; the next build needs no help', async () => {
    let [absent, mixed, at] = [0, 0, 0];
    for (let more = true; more; ) {
      at += 1;
      const { root, site } = await project(foreign);
      const { calls, thrown } = await withFault(root, { at, code: 'EIO', forever: true }, () => publish(site, newSite));
      more = calls >= at;
      const found = contents(site);
      // Whoever is told that the old site stands elsewhere finds it there; and only then is it not in its place.
      const told = /stands whole in (\S+), from where/.exec(thrown instanceof Error ? thrown.message : '')?.[1];
      expect(told !== undefined, `call ${at}`).toBe(found === undefined);
      if (told !== undefined) expect(contents(told)).toEqual(before);
      if (found === undefined) absent += 1;
      else if (!same(found, before) && !same(found, after)) mixed += 1;
      // Nobody's file is lost, and no file is half written.
      for (const [path, text] of Object.entries(found ?? {})) {
        expect([oldSite, newSite, foreign].map((files: Record<string, string>) => files[path])).toContain(text);
      }
      for (const path of Object.keys(foreign))
        if (found !== undefined) expect(found[path]).toBe(foreign[path as never]);
      die(root);
      expect(checkSite(site, join(root, 'report')), `call ${at}`).toBeUndefined();
      recoverSite(site);
      expect([before, after], `call ${at}`).toContainEqual(contents(site));
      await publish(site, newSite);
      expect(contents(site), `call ${at}`).toEqual(after);
      expect(readdirSync(root), `call ${at}`).toEqual(['site']);
      rmSync(root, { recursive: true });
    }
    expect(at).toBeGreaterThan(50);
    // Only between the two renames; only where the folder cannot be exchanged.
    expect(absent).toBe(whole ? 1 : 0);
    if (whole) expect(mixed).toBe(0);
  });

  it.each(everyNth(5, ['ENOSPC', 'EIO', 'EMFILE', 'EACCES', 'EROFS']))(
    '%s at any call, once: the new site, or an error and the old one',
    async (code) => {
      for (let [at, more] = [1, true]; more; at += 1) {
        const { root, site } = await project(foreign);
        const { calls, thrown } = await withFault(root, { at, code, forever: false }, () => publish(site, newSite));
        more = calls >= at;
        const found = contents(site);
        if (thrown === undefined) expect(found, `call ${at}`).toEqual(after);
        else expect(found, `call ${at}`).toEqual(before);
        die(root);
        await publish(site, newSite);
        expect(contents(site), `call ${at}`).toEqual(after);
        expect(readdirSync(root), `call ${at}`).toEqual(['site']);
        rmSync(root, { recursive: true });
      }
    },
  );
});

describe('the folder of a site', () => {
  it('is held by one build at a time; the other one is told by whom', async () => {
    const { site } = await project({});
    const hold = openSite(site);
    expect(() => openSite(site)).toThrow(EnvironmentError);
    expect(() => openSite(site)).toThrow(new RegExp(`another build is writing .*site: process ${process.pid} on `));
    hold.release();
    expect((await publish(site, newSite)).written).toBe(3);
  });

  it('is taken over when its holder is dead', async () => {
    const { root, site } = await project({});
    const { stdout } = spawnSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' });
    openSite(site);
    const place = join(root, '.site.colophon', 'lock');
    for (const name of readdirSync(place))
      renameSync(join(place, name), join(place, name.replace(/^\d+/, stdout.trim())));
    await publish(site, newSite);
    expect(contents(site)).toEqual(sorted(newSite));
    expect(readdirSync(root)).toEqual(['site']);
  });

  it('keeps what others put there, also while a build runs', async () => {
    const { root, site } = await project({ CNAME: 'example.org' });
    const hold = openSite(site);
    writeFileSync(join(site, 'notes.txt'), 'mine');
    mkdirSync(join(site, 'drafts'));
    symlinkSync('/etc/hostname', join(site, 'drafts/link'));
    await writeSite(hold, [{ path: 'index.html', content: 'x' }]);
    hold.release();
    expect(contents(site)).toEqual({ CNAME: 'example.org', 'index.html': 'x', 'notes.txt': 'mine' });
    expect(readdirSync(join(site, 'drafts'))).toEqual(['link']);
    expect(checkSite(site, join(root, 'report'))?.message).toContain('did not write: drafts/link, notes.txt');
    rmSync(join(site, 'drafts'), { recursive: true });
    writeFileSync(join(site, 'page.html'), 'mine');
    const again = openSite(site);
    await expect(writeSite(again, [{ path: 'page.html', content: 'ours' }])).rejects.toThrow(
      'was not written by Colophon',
    );
    again.release();
    expect(readFileSync(join(site, 'page.html'), 'utf8')).toBe('mine');
  });

  it('may be a link to a folder elsewhere', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync('elsewhere', join(root, 'site'));
    await publish(join(root, 'site'), oldSite);
    await publish(join(root, 'site'), newSite);
    expect(contents(join(root, 'elsewhere'))).toEqual(sorted(newSite));
    expect(readdirSync(root).sort()).toEqual(['elsewhere', 'site']);
  });
});

it('what a build that was killed at its very last step leaves goes with the next one', async () => {
  const { root, site } = await project({});
  const hold = openSite(site);
  await writeSite(
    hold,
    Object.entries(newSite).map(([path, content]) => ({ path, content })),
    'source',
  );
  hold.release();
  expect(filesBuiltFrom(site, 'source')).toBe(4);
  mkdirSync(join(root, '.site.colophon'));
  expect(filesBuiltFrom(site, 'source')).toBeUndefined();
  recoverSite(site);
  expect(readdirSync(root)).toEqual(['site']);
  expect(filesBuiltFrom(site, 'source')).toBe(4);
});
