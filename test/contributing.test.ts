/** What CONTRIBUTING.md tells a person to add is added to a copy of the program, which is compiled and builds a report with it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inFull } from './every-nth.js';
import { block, page, reportFolder, temporaryFolder, waves } from './report-folder.js';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const kernels = readFileSync(join(import.meta.dirname, 'contributing/softsign-kernels.diff'), 'utf8');

/** The differences that a section shows, each beginning with its "--- " line. */
function diffsOf(heading: string): string {
  const [, section = ''] = new RegExp(`^## ${heading}$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(text) ?? [];
  return [...section.matchAll(/^```diff\n([\s\S]*?)^```$/gm)].map(([, diff = '']) => diff).join('');
}

const filesIn = (diff: string): string[] => [...diff.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file = '']) => file);

const additions = {
  activation: diffsOf('An activation'),
  kind: diffsOf('A kind of directive'),
  picture: diffsOf('A picture'),
};

describe('the files that each touches', () => {
  it.each([
    ['activation', 4],
    ['kind', 2],
    ['picture', 2],
  ] as const)('%s: at most %i', (name, most) => {
    const files = filesIn(additions[name]);
    expect(files.length).toBeGreaterThan(0);
    expect(files.length).toBeLessThanOrEqual(most);
  });

  it('an activation’s kernels are those that the page names', () => {
    for (const file of filesIn(kernels)) expect(text).toContain(file);
  });
});

it('each can be added to the program as it is', () => {
  for (const [name, diff] of Object.entries({ ...additions, kernels })) {
    const { status, stderr } = spawnSync('git', ['apply', '--check', '-'], {
      cwd: root,
      input: diff,
      encoding: 'utf8',
    });
    expect(status, `${name}: ${stderr}`).toBe(0);
  }
});

describe.runIf(inFull)('a copy of the program with all of them', () => {
  const copy = temporaryFolder();
  const run = (...words: readonly string[]): { readonly status: number | null; readonly said: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8' });
    return { status, said: stdout + stderr };
  };

  beforeAll(() => {
    for (const part of [
      'src',
      'templates',
      'scripts',
      'package.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'tsconfig.kinds.json',
      'asconfig.json',
    ])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const diff of [...Object.values(additions), kernels]) {
      const { status, stderr } = spawnSync('git', ['apply', '-'], { cwd: copy, input: diff, encoding: 'utf8' });
      expect(status, stderr).toBe(0);
    }
    const compiled = spawnSync('npm', ['run', '--silent', 'compile'], { cwd: copy, encoding: 'utf8' });
    expect(compiled.status, compiled.stdout + compiled.stderr).toBe(0);
  }, 300_000);

  const net = block(
    'train #net',
    'data: waves',
    'network: { hidden: [8, 8], activation: softsign }',
    'optimizer: { kind: sgd, rate: 0.1 }',
    'steps: 200',
  );
  const files = {
    'report/index.md': page(
      waves,
      net,
      block('moments #targets', 'of: waves'),
      block('figure #fig-targets', 'show: waves.target-histogram'),
      'The error is `= net.test-error .8f`, the targets have the mean `= targets.mean .3f`.',
    ),
  };

  it('builds a report, in which each does what it is for', () => {
    const errors = (['wasm', 'reference'] as const).map((device) => {
      const folder = reportFolder(files);
      const { status, said } = run(
        'dist/cli.js',
        'build',
        join(folder, 'report'),
        '--out',
        join(folder, 'site'),
        '--device',
        device,
      );
      expect(status, said).toBe(0);
      const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
      expect(html).toMatch(/the targets have the mean (?:<[^>]*>)*−?0\.\d{3}/);
      expect(html).toMatch(/<figure id="fig-targets"/);
      expect(existsSync(join(folder, 'site/figures/fig-targets.svg'))).toBe(true);
      return Number(/The error is (?:<[^>]*>)*([\d.]+)/.exec(html)?.[1]);
    });
    const [wasm = Number.NaN, reference = Number.NaN] = errors;
    expect(wasm).toBeGreaterThan(0);
    expect(Math.abs(wasm - reference)).toBeLessThan(1e-5 * reference);
  });

  it('and says so in its schemas', () => {
    expect(run('dist/cli.js', 'schema', 'train').said).toContain('"softsign"');
    expect(run('dist/cli.js', 'schema', 'moments').said).toContain('The id of a dataset');
  });
});
