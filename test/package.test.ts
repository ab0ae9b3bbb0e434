/** What a person installs: few packages, none that runs a script, the notices of what is bundled, workflows by digest. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { colophon, siteOf } from './colophon.js';
import { block, page, reportFolder, small, temporaryFolder, waves } from './report-folder.js';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
}
const locked = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages,
);
/** What `npm install --omit=optional` of the program brings with it. */
const installed = locked.filter(([path, one]) => path !== '' && !(one.dev ?? one.optional ?? one.devOptional ?? false));

it('brings at most 40 packages with it, and none of them runs a script when it is installed', () => {
  expect(installed.length).toBeGreaterThan(0);
  expect(installed.length).toBeLessThanOrEqual(40);
  expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
});

it('builds the same site with nothing but those packages beside it as in its own repository', () => {
  const program = temporaryFolder();
  for (const part of ['dist', 'templates', 'package.json', ...installed.map(([path]) => path)]) {
    cpSync(join(root, part), join(program, part), { recursive: true });
  }
  const own = '{ mark: point, encoding: { x: { field: step, type: quantitative } } }';
  const report = reportFolder({
    'colophon.yaml': 'url: https://example.org/course\n',
    'index.md': page(
      waves,
      small,
      block('figure #fit', 'show: small.fit'),
      block('figure #own', 'show: small', 'columns: [step, test-error]', `vega-lite: ${own}`),
      'A formula, $\\int_0^1 f(x)\\,dx$, and a list:',
      '```python\nfor i in range(3): print(i)\n```',
    ),
  });
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(program, 'dist/cli.js'), 'build', report, '--out', join(program, 'site'), '--store', join(program, 'store')],
    { encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const here = temporaryFolder();
  expect(colophon(here, 'build', report, '--out', 'site', '--store', 'store').code).toBe(0);
  expect(siteOf(join(program, 'site'))).toEqual(siteOf(join(here, 'site')));
});

it('passes on the licence of every library whose code it bundles, in what it publishes too', () => {
  const notices = read('dist/third-party-notices.txt');
  const bundled = Object.entries(JSON.parse(read('dist/libraries.json')) as Record<string, string>);
  expect(bundled.map(([name]) => name)).toEqual(
    expect.arrayContaining(['handlebars', 'ml-matrix', 'vega', 'vega-lite']),
  );
  for (const [name, version] of bundled) expect(notices).toContain(`${name} ${version} (`);
  expect(read('dist/client/vega.js')).toMatch(
    /\bvega [\d.]+ \(BSD-3-Clause\)[^]*Redistribution and use in source and binary/,
  );
});

it('names each action of a workflow by its digest, and in the guide as in the repository', () => {
  const workflows = readdirSync(join(root, '.github/workflows')).map((file) => `.github/workflows/${file}`);
  const used = [...workflows, 'report/guide/publishing.md'].flatMap((file) =>
    [...read(file).matchAll(/uses: *(\S+)(.*)$/gm)].map(([, action = '', comment = '']) => ({ action, comment })),
  );
  expect(used.length).toBeGreaterThan(8);
  const digests = new Map<string, string>();
  for (const { action, comment } of used) {
    expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    const [name = '', digest = ''] = action.split('@');
    expect(digests.get(name) ?? digest).toBe(digest);
    digests.set(name, digest);
  }
});
