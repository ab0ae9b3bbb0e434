/** What a person installs: one small file, few packages, none that runs a script, the notices of what is bundled, workflows by digest. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { colophon, siteOf } from './colophon.js';
import { sha256 } from '../src/shared/hash.js';
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

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts?: object;
}

/** A folder that the program is installed in as npm does it, from the packed file of a release. */
const project = join(temporaryFolder(), 'a project');
const release = join(project, 'release');
const packages = join(project, 'node_modules');
const program = join(packages, 'colophon');
const { version } = JSON.parse(read('package.json')) as Manifest;
const tarball = join(release, `colophon-${version}.tgz`);
beforeAll(() => {
  execFileSync(process.execPath, ['scripts/release.mjs', '--unreleased', '--out', release], { cwd: root });
  mkdirSync(packages);
  for (const [path] of installed) cpSync(join(root, path), join(project, path), { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', packages]);
  renameSync(join(packages, 'package'), program);
  const noted = { packages: { 'node_modules/colophon': { resolved: `file:release/colophon-${version}.tgz` } } };
  writeFileSync(join(packages, '.package-lock.json'), JSON.stringify(noted));
});

it('is one file of at most 6 MB with its checksum and notes, with at most 300 files in it and no test among them', () => {
  expect(statSync(tarball).size).toBeLessThan(6e6);
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  expect(files.length).toBeLessThanOrEqual(300);
  expect(files.filter((file) => /test|\.map$|tsbuildinfo/.test(file))).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as Manifest;
  const named = [
    ...Object.values(manifest.bin),
    ...Object.values(manifest.exports).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one))),
  ];
  for (const file of named) expect(files).toContain(`package/${file.replace(/^\.\//, '')}`);
  // What the program looks for among its compiled files, and the chunks that those name.
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const compiled = sources.flatMap((file) =>
    [...read(join('src', file)).matchAll(/compiledFile\('([^']+)'\)/g)].map(([, path]) => path),
  );
  expect(compiled.length).toBeGreaterThan(5);
  expect(compiled.filter((path) => !files.some((file) => file.startsWith(`package/dist/${path ?? ''}`)))).toEqual([]);
  // Of what no installation runs npm would warn.
  expect(manifest.scripts).toBeUndefined();
  expect(readFileSync(join(release, 'SHA256SUMS'), 'utf8')).toBe(
    `${sha256(readFileSync(tarball))}  colophon-${version}.tgz\n`,
  );
  expect(readFileSync(join(release, 'NOTES.md'), 'utf8')).toMatch(/^### /);
});

it('is named by its version where the guide and the README name it', () => {
  const named = ['README.md', 'report/guide/index.md'].flatMap((file) =>
    [...read(file).matchAll(/colophon-([\d.]+)\.tgz/g)].map(([, one]) => one),
  );
  expect(new Set(named)).toEqual(new Set([version]));
});

it('makes a project with itself in it, and names itself by what npm finds again', () => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [join(program, 'dist/cli.js'), ...words], { cwd: project, encoding: 'utf8' });
  expect(run('new', 'course', '--no-install')).toMatchObject({ status: 0, stderr: '' });
  const made = (path: string): string => readFileSync(join(project, 'course', path), 'utf8');
  expect(JSON.parse(made('package.json'))).toMatchObject({
    devDependencies: { colophon: `file:vendor/colophon-${version}.tgz` },
  });
  expect(readFileSync(join(project, 'course/vendor', `colophon-${version}.tgz`))).toEqual(readFileSync(tarball));
  // Where it is installed it is called by its name.
  expect(run('schema', '--vscode', 'course')).toMatchObject({ status: 0, stderr: '' });
  const { tasks } = JSON.parse(made('.vscode/tasks.json')) as { tasks: { command: string; args: string[] }[] };
  expect(tasks.map(({ command, args }) => [command, ...args].join(' '))).toEqual([
    'npx --no-install colophon dev report',
    'npx --no-install colophon plan report',
  ]);
});

it('builds the same site, packed and with nothing but those packages beside it, as in its own repository', () => {
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
    [join(program, 'dist/cli.js'), 'build', report, '--out', join(project, 'site'), '--store', join(project, 'store')],
    { encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const here = temporaryFolder();
  expect(colophon(here, 'build', report, '--out', 'site', '--store', 'store').code).toBe(0);
  expect(siteOf(join(project, 'site'))).toEqual(siteOf(join(here, 'site')));
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

it('names each action of a workflow by its digest, the same everywhere', () => {
  const workflows = readdirSync(join(root, '.github/workflows')).map((file) => `.github/workflows/${file}`);
  const used = [...workflows, 'action.yml', 'templates/project/workflow.yml'].flatMap((file) =>
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
