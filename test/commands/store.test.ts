/** What a person can ask of the store, by the real command: why, whether, again, smaller, elsewhere. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { directoryStore } from '../../src/store/directory-store.js';
import { objectFiles, recordFiles } from '../../src/store/layout.js';
import type { StoredResult } from '../../src/store/record.js';
import { waitingFor } from '../../src/store/remote/queue.js';
import { colophon, siteOf } from '../colophon.js';
import { block, page, reportFolder, small, temporaryFolder, waves, writeFiles } from '../report-folder.js';
import { toEarlierLayout } from '../store/earlier-layout.js';

const more = [
  block('svd #s', 'of: small', 'on: { grid: 11 }'),
  block('figure #fig-curves', 'show: small.learning-curves', 'facet: [hidden]'),
  block('figure #fig-spectrum', 'show: s.singular-values'),
  block('table #tbl-end', 'rows: small', 'columns: [test-error]'),
];
const text = page(waves, small, ...more);
/** Its steps alone. */
const steps = page(waves, small, ...more.slice(0, 1));

/** A folder with a report that has been built; each test has a copy. */
let built: string;
beforeAll(() => {
  built = reportFolder({ 'report/index.md': text });
  expect(colophon(built, 'build', 'report').code).toBe(0);
}, 120_000);
function project(): string {
  const folder = temporaryFolder();
  cpSync(built, folder, { recursive: true });
  return folder;
}

describe('plan', () => {
  it('--explain says what changed, field by field, what has to run because of it, and what that takes', () => {
    const folder = project();
    writeFiles(folder, { 'report/index.md': text.replace('rate: 0.02', 'rate: 0.05') });
    const { out } = colophon(folder, 'plan', 'report', '--explain');
    expect(out).toMatch(/^optimizer\.rate 0\.02 -> 0\.05, so small, s, 2 figures and 1 table; about [\d.]+ s$/m);
    expect(out).toMatch(/^ {2}train +small\[hidden=4\] +about [\d.]+ s, \d+ MB$/m);
    expect(out).toContain('5 steps, 4 would run');
    const json = JSON.parse(colophon(folder, 'plan', 'report', '--explain', '--json').out) as {
      causes: { changes: object[]; directives: string[]; figures: number; seconds: number }[];
      steps: { name: string; cached: boolean; changes?: object[]; waitsFor?: string[]; nearest?: { name: string } }[];
    };
    const change = { field: 'optimizer.rate', from: '0.02', to: '0.05' };
    expect(json.causes).toMatchObject([{ changes: [change], directives: ['small', 's'], figures: 2 }]);
    expect(json.causes[0]?.seconds).toBeGreaterThan(0);
    expect(json.steps.find(({ name }) => name === 'small[hidden=5]')).toMatchObject({
      ...{ cached: false, changes: [change], nearest: { name: 'small[hidden=5]' } },
    });
    expect(json.steps.find(({ name }) => name === 's[hidden=5]')).toMatchObject({
      changes: [],
      waitsFor: ['small[hidden=5]'],
    });
    // Two directives changed: two causes, each with its own.
    writeFiles(folder, { 'report/index.md': text.replace('grid: 11', 'grid: 12').replace('[[4], [5]]', '[[4], [6]]') });
    const two = colophon(folder, 'plan', 'report', '--explain').out;
    expect(two).toMatch(/^network\.hidden \[[45]\] -> \[6\], so small, s, 2 figures and 1 table; about/m);
    expect(two).toMatch(/^on\.grid 11 -> 12, so s and 1 figure; about/m);
    rmSync(join(folder, '.colophon'), { recursive: true });
    expect(colophon(folder, 'plan', 'report', '--explain').out).toContain(
      'nothing of the kind dataset has been computed yet, so waves, small, s, 2 figures and 1 table; time unknown',
    );
  });

  it('--explain reckons a longer training from where an earlier one has left its states, and a step that only went on from what was measured as a whole', () => {
    const folder = project();
    const ask = (steps: number): { out: string; seconds: number[] } => {
      writeFiles(folder, { 'report/index.md': text.replace('steps: 20', `steps: ${steps}`) });
      const { out } = colophon(folder, 'plan', 'report', '--explain');
      const json = JSON.parse(colophon(folder, 'plan', 'report', '--explain', '--json').out) as {
        steps: { name: string; seconds?: number; reached?: number }[];
      };
      const trainings = json.steps.filter(({ name }) => name.startsWith('small'));
      expect(trainings.map(({ reached }) => reached)).toEqual([steps / 2, steps / 2]);
      return { out, seconds: trainings.map(({ seconds = Number.NaN }) => seconds) };
    };
    const { out, seconds } = ask(40);
    expect(out).toMatch(/^steps 20 -> 40, so small, s, 2 figures and 1 table; about [\d.]+ s$/m);
    expect(out).toMatch(/^ {2}train +small\[hidden=4\] +about [\d.]+ s, \d+ MB, going on from step 20$/m);
    expect(colophon(folder, 'build', 'report').err).toMatch(/small\[hidden=4\] +ran, continued from step 20/);
    // The nearest result did only a part of its work: what is reckoned still comes from the one that did all of it.
    const again = ask(80).seconds;
    again.forEach((one, index) => {
      expect(one / (seconds[index] ?? 0)).toBeCloseTo(2, 0);
    });
  });

  it('--check runs nothing and exits with 1 when something would run, also when a stored array is damaged', () => {
    const folder = project();
    expect(colophon(folder, 'plan', 'report', '--check')).toMatchObject({ code: 0 });
    for (const { path, record } of recordFiles(join(folder, '.colophon/v1'))) {
      if (record === undefined || Object.keys(record.arrays).length === 0) continue;
      // The last byte of its largest array.
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.fill((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1));
    }
    const checked = colophon(folder, 'plan', 'report', '--check');
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(/would run {2}dataset +waves .*its stored result is damaged/);
    expect(colophon(folder, 'plan', 'report')).toMatchObject({ code: 0 });
  });
});

describe('verify', () => {
  it('computes every result again, one line and one entry each; the next build tells the outcome', () => {
    const folder = project();
    const verified = colophon(folder, 'verify', 'report');
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.out.trim().split('\n')).toHaveLength(5);
    expect(verified.out).toMatch(/^bits {2}small\[hidden=4\] {2}the same bytes by wasm-f32\/\d+$/m);
    const json = JSON.parse(colophon(folder, 'verify', 'report', '--json', '--sample', '2').out) as {
      outcome: string;
    }[];
    expect(json.map(({ outcome }) => outcome)).toEqual(['bits', 'bits']);
    expect(colophon(folder, 'build', 'report').out).toContain('0 steps ran, 5 cached');
    const info = readdirSync(join(folder, 'site')).find((name) => name.startsWith('build-info')) ?? '';
    expect(readFileSync(join(folder, 'site', info), 'utf8').match(/"outcome": ?"bits"/g)).toHaveLength(5);
    expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(built, 'site')));
  });

  it('on another device: within what the mathematics allows, and beyond it differs', async () => {
    const folder = project();
    const verified = colophon(folder, 'verify', 'report', '--device', 'reference');
    expect(verified).toMatchObject({ code: 0 });
    const line =
      /^tolerance {2}small\[hidden=4\] {2}reference-f64\/\d+ against wasm-f32\/\d+: at most [\d.e-]+ of what is allowed/m;
    expect(verified.out).toMatch(line);
    expect(verified.out).toMatch(/^tolerance {2}s\[hidden=4\]/m);
    // Both compute it in float64: a singular value may be off by 1e-13 of the largest, and not by what float32 leaves.
    const { directoryStore } = await import('../../src/store/directory-store.js');
    const store = directoryStore(join(folder, '.colophon'), () => undefined);
    const [{ record }] = JSON.parse(colophon(folder, 'results', 's[hidden=4]', '--record', '--json').out) as [
      { record: { key: string } },
    ];
    const found = store.find(record.key, () => true);
    const values = found?.artifact.arrays['singular-values'];
    if (found === undefined || values === undefined) throw new Error('no singular values');
    const largest = values.data[0] ?? 0;
    values.data.set([largest * (1 + 1e-13)]);
    store.keep(found.record, found.artifact);
    expect(colophon(folder, 'verify', 'report', '--device', 'reference')).toMatchObject({ code: 0 });
    values.data.set([largest * (1 + 1e-5)]);
    store.keep(found.record, found.artifact);
    const wrong = colophon(folder, 'verify', 'report', '--device', 'reference');
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(/^differs {2}s\[hidden=4\] .*singular-values/m);
    expect(wrong.out).toMatch(/^tolerance {2}s\[hidden=5\]/m);
  });

  it('exits with 1 for a whole, well-formed result that is not what its directive gives', async () => {
    const folder = project();
    // Someone keeps other numbers under the key of a training, with true digests.
    const { directoryStore } = await import('../../src/store/directory-store.js');
    const store = directoryStore(join(folder, '.colophon'), () => undefined);
    const json = JSON.parse(colophon(folder, 'results', 'small[hidden=4]', '--record', '--json').out) as [
      { record: { key: string } },
    ];
    const found = store.find(json[0].record.key, () => true);
    if (found === undefined) throw new Error('no record');
    const loss = found.artifact.arrays['train-error'];
    loss?.data.set([(loss.data.at(-1) ?? 0) * 1.0001], loss.data.length - 1);
    store.keep(found.record, found.artifact);
    const verified = colophon(folder, 'verify', 'report');
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(/^differs {2}small\[hidden=4\]/m);
    expect(verified.out).toMatch(/^bits {2}small\[hidden=5\]/m);
  });

  it('says which result cannot be computed again and why, goes on with the others, and exits with 1', async () => {
    const folder = project();
    // Someone keeps a dataset without its targets, and a training that says it comes from that.
    const { directoryStore } = await import('../../src/store/directory-store.js');
    const store = directoryStore(join(folder, '.colophon'), () => undefined);
    const stored = (name: string): StoredResult => {
      const [{ record }] = JSON.parse(colophon(folder, 'results', name, '--record', '--json').out) as [
        { record: { key: string } },
      ];
      const found = store.find(record.key, () => true);
      if (found === undefined) throw new Error(`no ${name}`);
      return found;
    };
    const [data, training] = [stored('waves'), stored('small[hidden=4]')];
    const arrays = Object.fromEntries(Object.entries(data.artifact.arrays).filter(([name]) => name !== 'targets'));
    const { digest } = store.keep(data.record, { ...data.artifact, arrays });
    const input = training.record.inputs['data'];
    if (input === undefined) throw new Error('no input');
    store.keep({ ...training.record, inputs: { data: { ...input, digest } } }, training.artifact);
    const verified = colophon(folder, 'verify', 'report');
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(/^failed {2}small\[hidden=4\] {2}\S/m);
    expect(verified.out).toMatch(/^differs {2}waves/m);
    expect(verified.out.trim().split('\n')).toHaveLength(5);
    const json = JSON.parse(colophon(folder, 'verify', 'report', '--json').out) as object[];
    expect(json).toContainEqual(
      expect.objectContaining({ name: 'small[hidden=4]', outcome: 'failed', message: expect.any(String) as string }),
    );
  });
});

describe('store', () => {
  it('status, verify and gc: sizes, damage found and healed, what no report needs removed', () => {
    const folder = project();
    expect(colophon(folder, 'store', 'status').out).toMatch(/needed by report +[\d.]+ MB/);
    expect(colophon(folder, 'store', 'verify')).toMatchObject({ code: 0 });
    // As earlier versions wrote it, where every array is an object.
    expect(toEarlierLayout(join(folder, '.colophon/v1'))).toBeGreaterThan(2);
    expect(colophon(folder, 'store', 'verify')).toMatchObject({ code: 0 });
    const [object] = objectFiles(join(folder, '.colophon/v1'));
    writeFileSync(object?.path ?? '', 'damaged');
    const damaged = colophon(folder, 'store', 'verify');
    expect(damaged.code).toBe(1);
    expect(damaged.out).toContain('damaged, removed');
    expect(damaged.out).toMatch(/1 damaged, [1-9]\d* results to compute again/);
    expect(colophon(folder, 'store', 'verify')).toMatchObject({ code: 0 });
    rmSync(join(folder, 'site'), { recursive: true });
    expect(colophon(folder, 'build', 'report').code).toBe(0);
    expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(built, 'site')));

    writeFiles(folder, { 'report/index.md': text.replace('[[4], [5]]', '[[4]]') });
    expect(colophon(folder, 'store', 'gc').out).toMatch(/[1-9]\d* records and [1-9]\d* objects removed/);
    expect(colophon(folder, 'plan', 'report', '--check')).toMatchObject({ code: 0 });
    // A report with problems says nothing of what it needs.
    writeFiles(folder, { 'report/index.md': text.replace('batch', 'bacth') });
    expect(colophon(folder, 'store', 'gc')).toMatchObject({ code: 1, out: '' });
  });

  it('export and import carry results to a machine that computes nothing; a damaged pack is refused whole', () => {
    const folder = project();
    expect(colophon(folder, 'store', 'export', 'results.pack').out).toContain('results.pack: 5 results');
    const elsewhere = reportFolder({ 'report/index.md': text });
    const bytes = readFileSync(join(folder, 'results.pack'));
    const wrong = Uint8Array.from(bytes);
    wrong[wrong.length >> 1] = (wrong[wrong.length >> 1] ?? 0) ^ 1;
    writeFileSync(join(elsewhere, 'wrong.pack'), wrong);
    const refused = colophon(elsewhere, 'store', 'import', 'wrong.pack');
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('wrong.pack was refused: it is damaged');
    expect(existsSync(join(elsewhere, '.colophon'))).toBe(false);
    const missing = colophon(elsewhere, 'store', 'import', 'results.pack');
    expect(missing.code).toBe(3);
    expect(missing.err).toMatch(/results\.pack'; check that the path exists\n$/);
    writeFileSync(join(elsewhere, 'results.pack'), bytes);
    const unwritable = colophon(elsewhere, 'store', 'import', 'results.pack', '--store', 'results.pack');
    expect(unwritable.code).toBe(3);
    expect(unwritable.err).toContain('the store results.pack cannot be written (ENOTDIR');
    const nothing = colophon(elsewhere, 'store', 'export', 'none.pack');
    expect([nothing.code, existsSync(join(elsewhere, 'none.pack'))]).toEqual([1, false]);
    expect(nothing.err).toContain('not computed yet: waves, small[hidden=4], ');
    expect(colophon(elsewhere, 'verify', 'report').out).toContain('not computed  small[hidden=4]');
    expect(colophon(elsewhere, 'store', 'import', 'results.pack').out).toContain('5 results');
    const again = JSON.parse(colophon(elsewhere, 'store', 'import', 'results.pack', '--json').out) as unknown;
    expect(again).toEqual({ file: 'results.pack', results: 5, leftOut: 0 });
    const carried = JSON.parse(colophon(elsewhere, 'store', 'export', 'back.pack', '--json').out) as unknown;
    const size = readFileSync(join(elsewhere, 'back.pack')).length;
    expect(carried).toEqual({ file: 'back.pack', results: 5, bytes: size });
    expect(JSON.parse(colophon(elsewhere, 'store', 'gc', '--json').out)).toMatchObject({ records: 0, objects: 0 });
    expect(colophon(elsewhere, 'plan', 'report', '--check')).toMatchObject({ code: 0 });
    expect(colophon(elsewhere, 'build', 'report').out).toContain('0 steps ran, 5 cached');
    expect(siteOf(join(elsewhere, 'site'))).toEqual(siteOf(join(built, 'site')));
  });
});

describe('a shared store', () => {
  const shared = (folder: string): string[] => ['--store', `file://${join(folder, 'shared')}`];
  /** A folder in which the results are shared, and nobody has any of their own. */
  let published: string;
  beforeAll(() => {
    published = project();
    mkdirSync(join(published, 'shared'));
    expect(colophon(published, 'store', 'push', 'report', ...shared(published)).out).toMatch(/: 5 results sent$/m);
    for (const name of ['.colophon', 'site']) rmSync(join(published, name), { recursive: true });
  });
  /** A copy of it, with this page; without drawings a build is over soon. */
  function sharing(index = steps): string {
    const folder = temporaryFolder();
    cpSync(published, folder, { recursive: true });
    writeFiles(folder, { 'report/index.md': index });
    return folder;
  }

  it('gives a machine that has nothing the same site, computes nothing, and is asked only once', () => {
    const folder = sharing(text);
    expect(colophon(folder, 'plan', 'report', ...shared(folder)).out).toContain('5 steps, 0 would run');
    expect(existsSync(join(folder, '.colophon', 'v1', 'records'))).toBe(false);
    const { out, err } = colophon(folder, 'build', 'report', ...shared(folder));
    expect(out).toMatch(/; 0 steps ran, 5 cached;/);
    expect(err).toContain('5 of 5 results taken from the shared store');
    expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(built, 'site')));
    const status = colophon(folder, 'store', 'status', ...shared(folder)).out;
    expect(status).toMatch(/of report +5 of 5 results/);
    // Whatever is asked of a folder that is gone is said to be not there.
    rmSync(join(folder, 'shared'), { recursive: true });
    writeFiles(folder, { 'report/index.md': `${steps}\nOne more sentence.\n` });
    const warm = colophon(folder, 'build', 'report', ...shared(folder));
    expect([warm.code, warm.err]).toEqual([0, '5 cached\n']);
    const cold = colophon(folder, 'build', 'report', '--store', 'other', '--out', 'another', ...shared(folder));
    expect(cold.err).toContain('shared is not there; the build goes on without it');
    expect(cold.out).toMatch(/5 steps ran/);
  });

  it('is sent what it lacks by the next build that may, even one with nothing to do', () => {
    const folder = sharing();
    const others = steps.replace('rate: 0.02', 'rate: 0.03');
    writeFiles(folder, { 'report/index.md': others });
    expect(colophon(folder, 'build', 'report', '--offline', ...shared(folder)).out).toMatch(/5 steps ran/);
    expect(colophon(folder, 'store', 'status', ...shared(folder)).out).toContain('5 results wait to be sent');
    const { out, err } = colophon(folder, 'build', 'report', ...shared(folder));
    expect(out).toContain('nothing to do');
    // The data are those that were there already.
    expect(err).toMatch(/^4 results sent to file:/m);
    expect(colophon(folder, 'store', 'status', ...shared(folder)).out).not.toContain('wait');
  });

  it('is verified from any machine, whatever it has: results that were not computed are found', () => {
    const folder = sharing();
    const all = colophon(folder, 'verify', 'report', '--remote', ...shared(folder));
    expect(all.code).toBe(0);
    expect(all.out.match(/^bits /gm)).toHaveLength(5);
    expect(
      colophon(folder, 'verify', 'report', '--remote', '--sample', '2', ...shared(folder)).out.split('\n'),
    ).toHaveLength(3);
    // Someone who may write puts there what nobody computed.
    const forger = temporaryFolder();
    for (const name of ['report', '.colophon']) cpSync(join(built, name), join(forger, name), { recursive: true });
    const [record = ''] = [...recordFiles(join(forger, '.colophon', 'v1'))].flatMap(({ record: one }) =>
      one?.kind === 'svd' ? [one.key] : [],
    );
    const store = directoryStore(join(forger, '.colophon'), () => undefined);
    const found = store.find(record, () => true);
    if (found === undefined) throw new Error('it was computed');
    store.keep(found.record, { ...found.artifact, values: { ...found.artifact.values, forged: 1 } });
    rmSync(join(folder, 'shared'), { recursive: true });
    mkdirSync(join(folder, 'shared'));
    colophon(forger, 'store', 'push', 'report', ...shared(folder));
    const forged = colophon(folder, 'verify', 'report', '--remote', ...shared(folder));
    expect([forged.code, forged.out.match(/^differs +s\[/gm)?.length]).toEqual([1, 1]);
    // Nothing that could be verified is no success.
    const verifying = (...more: string[]) => colophon(folder, 'verify', 'report', '--remote', ...more);
    expect(verifying('--offline', ...shared(folder)).code).toBe(3);
    mkdirSync(join(folder, 'empty'));
    const empty = verifying('--store', `file://${join(folder, 'empty')}`);
    expect([empty.code, empty.err]).toEqual([3, expect.stringContaining('has none of the report')]);
    const gone = verifying('--store', `file://${join(folder, 'not-mounted')}`);
    expect([gone.code, gone.err]).toEqual([3, expect.stringMatching(/is not there; nothing of it was verified\n$/)]);
  });

  it('is collected by the reports that are named, and nothing that is young', () => {
    const folder = sharing();
    writeFiles(folder, { 'report/index.md': steps.replace('rate: 0.02', 'rate: 0.03') });
    expect(colophon(folder, 'store', 'gc', '--remote', ...shared(folder)).out).toMatch(
      /: 0 results and 0 large arrays removed.*\n4 more are needed by none/,
    );
    const old = new Date(Date.now() - 31 * 24 * 3_600_000);
    const files = readdirSync(join(folder, 'shared'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const { parentPath, name } of files) utimesSync(join(parentPath, name), old, old);
    expect(colophon(folder, 'store', 'gc', '--remote', ...shared(folder)).out).toMatch(
      /: 4 results and 0 large arrays removed/,
    );
    expect(colophon(folder, 'store', 'gc', '--remote', '--age', '1', ...shared(folder)).code).toBe(2);
  });

  it('is asked with credentials that stand nowhere, and refuses those that are written into its name', () => {
    const folder = sharing(page(waves));
    const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL'];
    const before = names.map((name) => process.env[name]);
    // Nobody listens there.
    ['canary-id', 'canary-secret', 'canary-token', 'http://127.0.0.1:9'].forEach(
      (value, at) => (process.env[names[at] ?? ''] = value),
    );
    try {
      const to = ['--store', 'other', '--store', 's3://group/results'];
      const { code, out, err } = colophon(folder, 'build', 'report', ...to, '--out', 'other-site');
      expect([code, err]).toEqual([0, expect.stringContaining('s3://group/results cannot be reached: ')]);
      expect(waitingFor(join(folder, 'other'), 's3://group/results')).toBe(1);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      for (const { parentPath, name } of files)
        expect(readFileSync(join(parentPath, name)).includes('canary'), name).toBe(false);
      expect(out + err).not.toContain('canary');
    } finally {
      names.forEach((name, at) => {
        if (before[at] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[at];
      });
    }
    const refused = colophon(folder, 'build', 'report', '--store', 'https://user:password@host/x');
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringContaining('write https://HOST/PATH without a password'),
    ]);
  });
});
