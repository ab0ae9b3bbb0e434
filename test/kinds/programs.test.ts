/** Programs of a report's own in other languages, here in the one that surely is there. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standardLimits } from '../../src/shared/limits.js';
import { block, page, reportFolder, temporaryFolder } from '../report-folder.js';
import { compute, trusted } from './own-report.js';

/** A program that has `npy(name, shape, numbers)`, which writes an output. */
const withNpy = (body: string): string => `import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
const npy = (name, shape, numbers) => {
  const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape.join(',') + (shape.length === 1 ? ',' : '') + "), }";
  const padded = header.padEnd(117) + '\\n';
  const length = Buffer.from([padded.length & 255, padded.length >> 8]);
  writeFileSync('outputs/' + name + '.npy', Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY\\x01\\x00', 'latin1'), length, Buffer.from(padded), Buffer.from(Float64Array.from(numbers).buffer)]));
};
${body}
`;
const directive = (...lines: readonly string[]): string =>
  block(
    'program #p',
    ...(lines.some((line) => line.startsWith('run:')) ? [] : ['run: [node, p.mjs]']),
    ...(lines.some((line) => line.startsWith('files:')) ? [] : ['files: [p.mjs]']),
    ...(lines.some((line) => line.startsWith('outputs:')) ? [] : ['outputs: { rows: { row: 3 }, mean: {} }']),
    ...lines,
  );
const report = (body: string, ...directives: readonly string[]): string =>
  reportFolder({ 'p.mjs': withNpy(body), 'index.md': page(...(directives.length === 0 ? [directive()] : directives)) });
const both = "npy('rows', [3], [1, 2, 3]); npy('mean', [], [2]);";

describe('a program', () => {
  it('reads what it declares and nothing else, with its options and seed, and its results are those of a step', async () => {
    const data = block('dataset #d', 'function: piecewise-linear', 'samples: 3', 'test: none');
    const seen = `const { size } = JSON.parse(readFileSync('with.json', 'utf8'));
npy('rows', [3], [size, Number(process.env.SEED), readFileSync('inputs/data/targets.npy').length]);
npy('mean', [], [readdirSync('.').length]);`;
    const folder = report(
      seen,
      data,
      directive('inputs: { data: d }', 'with: { size: 7 }', 'environment: [lock.txt]', 'seed: { count: 2 }'),
      'Mean `= p[seed=1].mean` and `= p[seed=1,row=1].rows`.',
    );
    writeFileSync(join(folder, 'lock.txt'), 'numpy==2\n');
    writeFileSync(join(folder, 'other.txt'), 'not declared');
    const first = await compute(folder);
    expect([first.problems, first.failed]).toEqual([[], []]);
    const found = first.artifacts.get('p[seed=1]');
    expect([...(found?.arrays['rows']?.data ?? [])]).toEqual([7, 1, 128 + 24]);
    // inputs, lock.txt, outputs, p.mjs, with.json
    expect([...(found?.arrays['mean']?.data ?? [])]).toEqual([5]);
    expect((await compute(folder)).notes).toEqual(['d cached', 'p[seed=0] cached', 'p[seed=1] cached']);
    writeFileSync(join(folder, 'lock.txt'), 'numpy==3\n');
    expect((await compute(folder)).notes.filter((note) => / ran/.test(note)).length).toBe(2);
  });

  it('is never run in a build that does not trust the report', async () => {
    const { problems } = await compute(report(both), { allowed: { ...trusted, trust: false } });
    expect(problems).toEqual([
      'index.md:5:1 untrusted-kind program #p is code; it is not run; add --trust if this report is your own',
    ]);
  });

  it('has no network where the system can take it away', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { readonly port: number };
    const asks = `const { connect } = await import('node:net');
const reached = await new Promise((end) => connect(${port}, '127.0.0.1').on('connect', () => end(1)).on('error', () => end(0)));
npy('rows', [3], [1, 2, 3]); npy('mean', [], [reached]); process.exit();`;
    const { artifacts, notes } = await compute(report(asks));
    server.close();
    const isTaken = spawnSync('unshare', ['--map-root-user', '--net', '--', 'true']).status === 0;
    expect([...(artifacts.get('p')?.arrays['mean']?.data ?? [])]).toEqual([isTaken ? 0 : 1]);
    expect(notes).toEqual([`p ran, ${isTaken ? 'without network' : 'with the network in reach'}`]);
  });
});

describe('what is wrong with a program is said of its step', () => {
  it.each([
    [
      'is missing',
      both,
      ['run: [no-such-python, p.mjs]'],
      'there is no program "no-such-python" on this machine; install it',
    ],
    ['is a shell line', both, ['run: ["node p.mjs; true"]'], 'there is no program "node p.mjs; true"'],
    ['ends badly', "console.error('no luck'); process.exit(3);", [], 'it ended with exit code 3; it printed: no luck'],
    ['leaves an output out', "npy('mean', [], [2]);", [], 'it leaves outputs/rows.npy out'],
    ['writes another', `${both} npy('more', [], [1]);`, [], 'it writes outputs/more.npy, which is none of its outputs'],
    [
      'writes another shape',
      "npy('rows', [2], [1, 2]); npy('mean', [], [2]);",
      [],
      'outputs/rows.npy is 2, and "outputs" says 3',
    ],
    [
      'writes too much',
      "npy('rows', [100000], new Float64Array(1e5)); npy('mean', [], [2]);",
      [],
      'more than 3 numbers take',
    ],
    [
      'writes no .npy',
      "writeFileSync('outputs/rows.npy', 'x'); npy('mean', [], [2]);",
      [],
      'outputs/rows.npy is no .npy file',
    ],
    ['needs what it does not declare', "readFileSync('other.txt');", [], 'it ended with exit code 1; it printed:'],
  ])('that %s', async (_what, body, lines, expected) => {
    const { failed, problems } = await compute(report(body, directive(...lines)));
    expect(problems).toEqual([]);
    expect(failed.length).toBe(1);
    expect(failed[0]).toContain(expected);
  });

  it('that never ends, with all that it started; and of a gigabyte that it prints the first lines are kept', async () => {
    const child =
      "import { spawn } from 'node:child_process'; spawn('sleep', ['1000'], { stdio: 'ignore' }); setInterval(() => {}, 1000);";
    const { failed } = await compute(report(child), { limits: { ...standardLimits, 'kind-time': 1 } });
    expect(failed).toEqual([
      'p: it takes more than 1 seconds; make it faster, or raise the limit with --limit kind-time=2',
    ]);
    const prints = `for (let i = 0; i < 200; i += 1) writeFileSync(1, 'x'.repeat(5e6));\n${both}`;
    const { notes } = await compute(report(prints));
    expect(notes[0]).toMatch(/^p ran, without network, printed: x+ … and 99\d+ characters more$|with the network/);
    expect(notes[0]?.length).toBeLessThan(2200);
  });

  it('that has no file of its own on the report, or names no outputs', async () => {
    const { problems } = await compute(report(both, directive('files: [q.mjs]', 'outputs: {}')));
    expect(problems[0]).toContain('index.md:7:9 unreadable-file q.mjs cannot be read: there is no such file');
    const none = await compute(report(both, directive('outputs: {}')));
    expect(none.problems).toEqual(['index.md:8:10 invalid-option "outputs" names nothing; write { mean: {} }']);
  });
});

const example = join(import.meta.dirname, 'python-program');

it('the guide shows the report and the Python that stand here', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../report/guide/programs.md'), 'utf8');
  expect(guide).toContain(readFileSync(join(example, 'permute.py'), 'utf8'));
  const [, ...directives] = readFileSync(join(example, 'index.md'), 'utf8').split('\n\n');
  expect(guide).toContain(directives.join('\n\n'));
});

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
it.runIf(hasNumpy)(
  'whose permutation test finds what scikit-learn does (left out where there is no Python with NumPy)',
  async () => {
    const folder = join(temporaryFolder(), 'report');
    cpSync(example, folder, { recursive: true });
    cpSync(join(import.meta.dirname, '../../report/data/digits.npz'), join(folder, 'digits.npz'));
    const { problems, failed, artifacts } = await compute(folder);
    expect([problems, failed]).toEqual([[], []]);
    const found = artifacts.get('permutation-test')?.arrays ?? {};
    // scikit-learn 1.9.1: Ridge(alpha=1, fit_intercept=False) of the one-hot labels reads 827 of the 899 digits.
    expect(found['accuracy']?.data[0]).toBeCloseTo(827 / 899, 12);
    const permuted = [...(found['permuted']?.data ?? [])];
    // Of ten digits one guessed in ten is right.
    expect(permuted.reduce((sum, one) => sum + one / permuted.length, 0)).toBeCloseTo(0.1, 2);
    expect(found['p-value']?.data[0]).toBeCloseTo(1 / 1001, 12);
  },
);
