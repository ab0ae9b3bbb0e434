/** What looks after a store while a build uses it: both are real processes. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { objectFiles } from '../../src/store/layout.js';
import { cli, colophon, type Ended, siteOf } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { inFull } from '../every-nth.js';

/** Long enough for other commands to come and go while it runs. */
const slow = block(
  'train #slow',
  'data: waves',
  'network: { hidden: [40, 40] }',
  'optimizer: { kind: adam, rate: 0.001 }',
  'batch: 20',
  inFull ? 'steps: 40000' : 'steps: 15000',
  'checkpoints: { every: 5000 }',
);
const figure = block('figure #fig', 'show: small.fit', 'facet: [hidden]', 'caption: Fits.');

/** Builds, and runs another command again and again from when the build has said what it needs until it is over. */
async function beside(folder: string, words: readonly string[]): Promise<{ built: Ended; others: Ended[] }> {
  const child = spawn(process.execPath, [cli, 'build', 'report', '--jobs', '1'], { cwd: folder });
  const built: { code?: number | null; out: string; err: string } = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    built.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    built.err += chunk.toString();
  });
  const closed = new Promise<void>((resolve) => {
    child.on('close', (code) => {
      built.code = code;
      resolve();
    });
  });
  const running = join(folder, '.colophon/v1/running');
  while (built.code === undefined && !(existsSync(running) && readdirSync(running).length > 0))
    await new Promise((resolve) => setTimeout(resolve, 20));
  const others: Ended[] = [];
  while (built.code === undefined) {
    others.push(colophon(folder, ...words));
    // The child's end is heard between two of them.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await closed;
  return { built: { code: built.code ?? null, out: built.out, err: built.err }, others };
}

it('store gc --max beside a build removes what nobody needs and nothing that the build needs, also what it found there', async () => {
  const old = page(waves, small.replace('rate: 0.02', 'rate: 0.01'));
  // The report that is collected for needs nothing.
  const folder = reportFolder({ 'report/index.md': old, 'other/index.md': page() });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  writeFileSync(join(folder, 'report/index.md'), page(waves, small, slow, figure));
  const { built, others } = await beside(folder, ['store', 'gc', 'other', '--max', '1kB']);
  expect(built).toMatchObject({ code: 0 });
  expect(built.err).not.toMatch(/warning|failed/);
  expect(built.err).toContain('1 cached');
  expect(others.length).toBeGreaterThan(0);
  for (const { code, out } of others) expect([code, out]).toEqual([0, expect.stringMatching(/records? and/)]);
  // The trainings of the old report, and what had been drawn of them.
  expect(others[0]?.out).toMatch(/^[1-9]\d* records and 0 objects removed/);
  expect(others[0]?.out).toContain('1 builds are running');
  // Unless the last of them came after the build was over, everything is there.
  const alone = reportFolder({ 'report/index.md': page(waves, small, slow, figure) });
  if (others.at(-1)?.out.includes('builds are running') === true)
    expect(colophon(folder, 'plan', 'report', '--check')).toMatchObject({ code: 0 });
  expect(colophon(alone, 'build', 'report').code).toBe(0);
  expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(alone, 'site')));
}, 600_000);

it('store verify beside a build that meets the same damage: the right site, and a whole store after the next build', async () => {
  const files = { 'report/index.md': page(waves, small, slow, figure) };
  const folder = reportFolder(files);
  writeFileSync(join(folder, 'report/index.md'), page(waves, small, figure));
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  for (const { path } of objectFiles(join(folder, '.colophon/v1'))) writeFileSync(path, 'damaged');
  writeFileSync(join(folder, 'report/index.md'), files['report/index.md']);
  const { built, others } = await beside(folder, ['store', 'verify']);
  expect(built).toMatchObject({ code: 0 });
  expect(built.err).not.toMatch(/warning|failed/);
  expect(others.length).toBeGreaterThan(0);
  const alone = reportFolder(files);
  expect(colophon(alone, 'build', 'report').code).toBe(0);
  expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(alone, 'site')));
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(alone, 'site')));
  expect(colophon(folder, 'store', 'verify')).toMatchObject({ code: 0 });
  expect(colophon(folder, 'plan', 'report', '--check')).toMatchObject({ code: 0 });
}, 600_000);
