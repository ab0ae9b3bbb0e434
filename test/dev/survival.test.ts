/** `colophon dev` survives what a folder can do to it: the real command, as someone who is held to permissions. */
import type { ChildProcess } from 'node:child_process';
import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { bound, handOver, startBound } from '../bound-command.js';
import { page, reportFolder, writeFiles } from '../report-folder.js';

const children: ChildProcess[] = [];
const closed: string[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGINT');
  for (const path of closed) chmodSync(path, 0o755);
});

/** Takes the right to read something away. */
function shut(path: string): void {
  closed.push(path);
  chmodSync(path, 0);
}

interface Dev {
  readonly said: () => string;
  /** What is at an address of the site. */
  readonly get: (path: string) => Promise<string>;
  readonly hasEnded: () => boolean;
}

async function dev(folder: string): Promise<Dev> {
  const child = startBound(folder, 'dev', 'report', '--port', '0');
  children.push(child);
  let said = '';
  let hasEnded = false;
  child.on('exit', () => (hasEnded = true));
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (data: Buffer): void => {
      said += data.toString();
      const found = /http:\/\/localhost:\d+\//.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('exit', () => {
      reject(new Error(`it ended: ${said}`));
    });
  });
  return {
    said: () => said,
    get: async (path) => (await fetch(new URL(path, address))).text(),
    hasEnded: () => hasEnded,
  };
}

const patient = { timeout: 20_000, interval: 50 };

it('a folder that may not be read at the start is a problem at its place, and no page of it is lost when it may', async () => {
  const folder = reportFolder({ 'report/index.md': page('Here.'), 'report/part/one.md': page('There.') });
  handOver(folder);
  shut(join(folder, 'report/part'));
  const { said, get, hasEnded } = await dev(folder);
  await expect.poll(said, patient).toContain('the folder part cannot be read: it may not be read');
  chmodSync(join(folder, 'report/part'), 0o755);
  await expect.poll(() => get('part/one.html'), patient).toContain('There.');
  expect(await get('')).toContain('Here.');
  expect(hasEnded()).toBe(false);
});

it('a report that may not be read at the start is said to be so, and shown when it may', async () => {
  const folder = reportFolder({ 'report/index.md': page('Here.') });
  handOver(folder);
  shut(join(folder, 'report'));
  const { said, get } = await dev(folder);
  await expect.poll(said, patient).toContain('the folder report may not be read');
  chmodSync(join(folder, 'report'), 0o755);
  await expect.poll(() => get(''), patient).toContain('Here.');
});

it('a page and a folder that may not be read later are problems; the pages stay as they were', async () => {
  const folder = reportFolder({
    'report/index.md': page('Here.'),
    'report/other.md': page('Other.'),
    'report/part/one.md': page('There.'),
  });
  handOver(folder);
  const { said, get, hasEnded } = await dev(folder);
  await expect.poll(() => get('part/one.html'), patient).toContain('There.');
  shut(join(folder, 'report/other.md'));
  shut(join(folder, 'report/part'));
  writeFiles(folder, { 'report/index.md': page('Changed.') });
  await expect.poll(said, patient).toContain('other.md: it may not be read');
  expect(said()).toContain('the folder part cannot be read: it may not be read');
  expect(await get('part/one.html')).toContain('There.');
  chmodSync(join(folder, 'report/other.md'), 0o644);
  chmodSync(join(folder, 'report/part'), 0o755);
  writeFiles(folder, { 'report/index.md': page('Changed again.') });
  await expect.poll(() => get(''), patient).toContain('Changed again.');
  expect(said()).not.toMatch(/^\s+at /m);
  expect(hasEnded()).toBe(false);
});

it('a report that is not there yet, goes, and comes back is followed', async () => {
  const folder = reportFolder({ 'elsewhere/index.md': page('First.') });
  handOver(folder);
  const { said, get, hasEnded } = await dev(folder);
  await expect.poll(said, patient).toContain('there is no folder report');
  renameSync(join(folder, 'elsewhere'), join(folder, 'report'));
  await expect.poll(() => get(''), patient).toContain('First.');
  renameSync(join(folder, 'report'), join(folder, 'elsewhere'));
  await expect.poll(() => said().split('there is no folder report').length, patient).toBe(3);
  // What was there stays in sight.
  expect(await get('')).toContain('First.');
  renameSync(join(folder, 'elsewhere'), join(folder, 'report'));
  await expect.poll(said, patient).toContain('mended');
  writeFiles(folder, { 'report/index.md': page('Second.') });
  await expect.poll(() => get(''), patient).toContain('Second.');
  expect(hasEnded()).toBe(false);
});

it('a build says the same of a folder that may not be read, and publishes nothing', () => {
  const folder = reportFolder({ 'report/index.md': page('Here.'), 'report/part/one.md': page('There.') });
  handOver(folder);
  shut(join(folder, 'report/part'));
  const { code, err } = bound(folder, 'build', 'report');
  expect(code).toBe(1);
  expect(err).toContain('report/part:1:1  unreadable-page  the folder part cannot be read: it may not be read');
  expect(err).toContain('nothing was published');
});
