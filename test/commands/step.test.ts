/** `colophon step`: steps of a plan file, one by one, in processes of their own. */
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { PlanFile } from '../../src/plan/plan-file.js';
import { cli, colophon } from '../colophon.js';
import { block, page, reportFolder, small, temporaryFolder, waves } from '../report-folder.js';

const data = block('dataset #rows', 'function: { csv: { file: rows.csv, inputs: [x], target: y } }', 'test: none');
const onRows = block(
  'train #on-rows',
  'data: rows',
  'network: { hidden: [3] }',
  'optimizer: { kind: sgd, rate: 0.02 }',
  'batch: 3',
  'steps: 5',
);
const csv = `x,y\n${Array.from({ length: 9 }, (_, index) => `${index / 9},${(index * index) / 81}`).join('\n')}\n`;

function planned(...blocks: readonly string[]): { readonly folder: string; readonly plan: PlanFile } {
  const folder = reportFolder({ 'report/index.md': page(...blocks), 'report/rows.csv': csv });
  expect(colophon(folder, 'plan', 'report', '--file', 'plan.json')).toMatchObject({ code: 0, err: '' });
  return { folder, plan: planIn(folder) };
}

function planIn(folder: string): PlanFile {
  return JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as PlanFile;
}

/** The names of all objects of a store, which are the digests of what is in them. */
function objectsIn(store: string): string[] {
  const found = readdirSync(join(store, 'v1/objects'), { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(store.length));
}

const step = (folder: string, ...words: string[]): ReturnType<typeof colophon> =>
  colophon(folder, 'step', '--plan', 'plan.json', ...words);

it('steps of a plan, one a process, give what a build gives, once', () => {
  const { folder, plan } = planned(waves, small, block('svd #singular', 'of: small'), data, onRows);
  expect(plan.steps).toHaveLength(7);
  for (const { key } of plan.steps)
    expect(step(folder, key, '--store', 'alone')).toMatchObject({ code: 0, out: '1 steps ran, 0 cached\n' });
  expect(colophon(folder, 'build', 'report', '--store', 'together').out).toContain('7 steps ran');
  const results = (store: string): string => colophon(folder, 'results', 'small', '--json', '--store', store).out;
  expect(results('alone')).toBe(results('together'));
  for (const object of objectsIn(join(folder, 'alone')))
    expect(readFileSync(join(folder, 'alone', object))).toEqual(readFileSync(join(folder, 'together', object)));
  // Again nothing runs, whatever names the step; and a build finds all of it.
  expect(step(folder, plan.steps[1]?.name ?? '', '--store', 'alone').out).toBe('0 steps ran, 1 cached\n');
  expect(step(folder, plan.steps[1]?.key.slice(0, 12) ?? '', '--store', 'alone').out).toBe('0 steps ran, 1 cached\n');
  expect(colophon(folder, 'build', 'report', '--store', 'alone', '--out', 'other').out).toContain(
    '0 steps ran, 7 cached',
  );
}, 120_000);

it('several steps, from a file, with an input among them; a step alone without its input says what is missing', () => {
  const { folder, plan } = planned(waves, small);
  const [input, training, other] = plan.steps;
  expect(step(folder, training?.key ?? '')).toMatchObject({
    code: 3,
    err: expect.stringContaining(
      `the store does not have what this is computed from: waves (${input?.key.slice(0, 16)})`,
    ) as string,
  });
  writeFileSync(join(folder, 'keys'), [input, training, other].map((one) => one?.key).join('\n'));
  expect(step(folder, '--keys', 'keys', '--json')).toMatchObject({
    code: 0,
    out: expect.stringContaining('"ran": 3') as string,
  });
});

it('a training that is told to stop goes on from its states', async () => {
  const long = block(
    'train #long',
    'data: waves',
    'network: { hidden: [30, 30] }',
    'optimizer: { kind: adam, rate: 0.001 }',
    'batch: 10',
    'steps: 400000',
    'checkpoints: { every: 4000 }',
  );
  const { folder } = planned(waves, long);
  expect(step(folder, 'waves').code).toBe(0);
  const states = (): number =>
    readdirSync(join(folder, '.colophon/v1/records'), { recursive: true }).filter((name) =>
      String(name).endsWith('.json'),
    ).length;
  const before = states();
  const process_ = spawn(process.execPath, [cli, 'step', 'long', '--plan', 'plan.json'], {
    cwd: folder,
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => process_.once('exit', resolve));
  while (states() === before && process_.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
  process_.kill('SIGTERM');
  const code = await ended;
  // A machine so fast that nothing was left has ended by itself.
  if (code === 0) return;
  expect(code).toBe(130);
  const again = step(folder, 'long');
  expect(again).toMatchObject({ code: 0, err: expect.stringContaining('continued from step') as string });
  expect(colophon(folder, 'build', 'report', '--store', 'together').code).toBe(0);
  const results = (store: string): string => colophon(folder, 'results', 'long', '--json', '--store', store).out;
  expect(results('.colophon')).toBe(results('together'));
}, 300_000);

describe('a plan that cannot be used', () => {
  const { folder, plan } = planned(waves, small, data);
  const key = plan.steps[0]?.key ?? '';
  const rows = plan.steps.find(({ id }) => id === 'rows')?.key ?? '';
  const cases: readonly (readonly [string, (text: string) => string, string, number, RegExp])[] = [
    [
      'of another version',
      (text) => text.replace(/"version":"[^"]*"/, '"version":"9.9.9"'),
      key,
      3,
      /is a plan of Colophon 9\.9\.9, and this is/,
    ],
    [
      'of another program',
      (text) => text.replace(/"digest":"[^"]*"/, `"digest":"${'0'.repeat(64)}"`),
      key,
      3,
      /with other files/,
    ],
    ['cut off', (text) => text.slice(0, 400), key, 1, /plan\.json:1:401 {2}this is no JSON/],
    [
      'with an option that is not of it',
      (text) => text.replace('"seed":1', '"seed":2'),
      key,
      1,
      /steps\[0\]: waves: it does not give its key/,
    ],
    [
      'with an option that is none',
      (text) => text.replace('"seed":1', '"seed":"x"'),
      key,
      1,
      /its options are none of dataset/,
    ],
    [
      'with a kind that is not there',
      (text) => text.replaceAll('"kind":"dataset","version"', '"kind":"dataste","version"'),
      key,
      1,
      /there is no kind "dataste"/,
    ],
    ['without its steps', (text) => text.replace('"steps"', '"stesp"'), key, 1, /steps: this is no plan/],
    [
      'whose file is elsewhere',
      (text) => text.replaceAll('rows.csv', '../keys'),
      rows,
      3,
      /which cannot be read: it lies outside/,
    ],
    ['without the step', (text) => text, 'f'.repeat(64), 2, /no step of plan\.json has the key/],
  ];
  it.each(cases)('%s', (_name, change, asked, code, message) => {
    writeFileSync(join(folder, 'plan.json'), change(`${JSON.stringify(plan)}\n`));
    const ended = step(folder, asked);
    expect(ended.err).toMatch(message);
    expect(ended.code).toBe(code);
    expect(ended.err).not.toMatch(/\n\s+at /);
  });
  it('whose data have changed, or lie elsewhere', () => {
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    writeFileSync(join(folder, 'report/rows.csv'), csv.replace('0,0', '0,1'));
    expect(step(folder, rows)).toMatchObject({
      code: 3,
      err: expect.stringContaining('rows.csv has changed since') as string,
    });
    rmSync(join(folder, 'report/rows.csv'));
    expect(step(folder, rows)).toMatchObject({ code: 3, err: expect.stringContaining('--report') as string });
    rmSync(join(folder, 'report'), { recursive: true });
    expect(step(folder, rows)).toMatchObject({ code: 3, err: expect.stringContaining('--report') as string });
    expect(step(folder, key).code).toBe(0);
  });
});

it.each(['own-program', 'own-kinds'])("code of the report's own runs with --trust alone: %s", (report) => {
  const folder = temporaryFolder();
  cpSync(fileURLToPath(new URL(`../reports/${report}`, import.meta.url)), join(folder, 'report'), { recursive: true });
  expect(colophon(folder, 'plan', 'report', '--trust', '--file', 'plan.json').code).toBe(0);
  const all = planIn(folder).steps;
  const own = all.find(({ code, kind }) => code !== undefined || kind === 'program')?.key ?? '';
  const others = all.filter(({ key }) => key !== own).map(({ key }) => key);
  expect(step(folder, own)).toMatchObject({ code: 3, err: expect.stringContaining('--trust') as string });
  expect(step(folder, ...all.map(({ key }) => key), '--trust').out).toBe(`${all.length} steps ran, 0 cached\n`);
  expect(others.length).toBeGreaterThan(0);
  expect(colophon(folder, 'build', 'report', '--trust').out).toContain(`0 steps ran, ${all.length} cached`);
});

it('a plan names neither a file outside of the report nor one whose digest it does not know', () => {
  const { folder, plan } = planned(data);
  writeFileSync(join(folder, 'secret.csv'), csv);
  const row = plan.steps[0];
  const options = JSON.parse(JSON.stringify(row?.options).replace('rows.csv', '../secret.csv')) as Record<
    string,
    unknown
  >;
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...plan, steps: [{ ...row, options }] }));
  expect(step(folder, row?.key ?? '')).toMatchObject({ code: 3, err: expect.stringContaining('outside') as string });
});
