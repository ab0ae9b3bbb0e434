/** The workflows that publish a report: the steps that build it are run, in the folders that the steps before them make. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { page, temporaryFolder, waves, writeFiles } from '../report-folder.js';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'report/guide/publishing.md'), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly path?: string; readonly repository?: string };
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

it.each([
  ['the repository’s own', readFileSync(join(root, '.github/workflows/pages.yml'), 'utf8')],
  [
    'the guide’s for a repository that holds only a report',
    /```yaml title=".*pages\.yml"\n(.*?)\n```/s.exec(guide)?.[1] ?? '',
  ],
])(
  '%s builds the site that it publishes, with the store that it keeps',
  (_name, text) => {
    const { jobs } = parse(text) as { jobs: Record<string, { steps: readonly Step[] }> };
    const steps = jobs['build']?.steps ?? [];
    const named = (action: string): Step | undefined => steps.find(({ uses }) => uses?.startsWith(action) === true);
    const work = temporaryFolder();
    for (const { uses, with: options } of steps) {
      if (uses?.startsWith('actions/checkout') !== true) continue;
      const folder = join(work, options?.path ?? '.');
      mkdirSync(dirname(folder), { recursive: true });
      // What is checked out is this repository, or one that holds nothing but a report.
      if (options?.repository === undefined) writeFiles(folder, { 'report/index.md': page(waves, 'Here.') });
      if (options?.repository !== undefined) symlinkSync(root, folder);
      else if (options?.path === undefined) symlinkSync(join(root, 'dist'), join(folder, 'dist'));
    }
    const build = steps.find(({ run }) => run?.includes(' build ') === true);
    const { status, stderr } = spawnSync('bash', ['-c', build?.run ?? 'false'], {
      cwd: join(work, build?.['working-directory'] ?? '.'),
      env: { ...process.env, URL: 'https://example.github.io/course' },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('unknown')]);
    const site = join(work, named('actions/upload-pages-artifact')?.with?.path ?? '');
    expect(readFileSync(join(site, 'index.html'), 'utf8')).toContain('Here.');
    expect(readFileSync(join(site, 'sitemap.xml'), 'utf8')).toContain('https://example.github.io/course/');
    expect(existsSync(join(work, named('actions/cache')?.with?.path ?? '', 'v1'))).toBe(true);
    expect(Object.keys(build?.env ?? {})).toEqual(['URL']);
  },
  30_000,
);
