/** The whole program on small reports: the real command, the real file system, the real second process. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build.js';
import { sourceDigest } from '../../src/pipeline/up-to-date.js';
import { openSite } from '../../src/publish/write-site.js';
import { block, page, reportFolder, small, temporaryFolder, waves, writeFiles } from '../report-folder.js';
import { colophon } from '../colophon.js';
import { testWorld } from '../world.js';

const figures = [
  block('figure #fig-data', 'show: waves.data', 'caption: Data'),
  block('figure #fig-curves', 'show: small.learning-curves', 'facet: [hidden]'),
  block('svd #s', 'of: small', 'on: { grid: 11 }'),
  block('figure #fig-spectrum', 'show: s.singular-values', 'caption: Values'),
  block('table #tbl-end', 'rows: small', 'columns: [test-error]'),
];
const text = page(waves, small, ...figures, 'It ends at `= small[hidden=4].test-error .3f` (@fig-curves).');

/** A folder with report/ in it. */
function project(files: Readonly<Record<string, string>> = { 'index.md': text }): string {
  return reportFolder(Object.fromEntries(Object.entries(files).map(([name, content]) => [`report/${name}`, content])));
}

let made: string | undefined;

/** A copy of the project as its first build left it. */
function builtProject(): string {
  if (made === undefined) {
    made = project();
    expect(colophon(made, 'build', 'report').code).toBe(0);
  }
  const folder = temporaryFolder();
  cpSync(made, folder, { recursive: true });
  return folder;
}

/** Every file of a site but the one that may differ. */
function contents(site: string): Map<string, string> {
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/build-info\.js$|\.colophon-site\.json$/.test(path));
  return new Map(named.sort().map((path) => [path.slice(site.length), readFileSync(path, 'latin1')]));
}

describe('colophon build', () => {
  it('a page that is edited while its site is built is in the site after the next build', async () => {
    const folder = project();
    const [report, site, store] = ['report', 'site', '.colophon'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const edit = (): void => {
      writeFileSync(join(report, 'index.md'), `${text}\nEdited meanwhile.\n`);
    };
    const world = testWorld(store, { report: edit });
    const source = sourceDigest(report, { store, device: 'auto' });
    await build({ folder: report, out: site, world, place: {}, source }).finally(world.close);
    expect(readFileSync(join(site, 'index.html'), 'utf8')).not.toContain('Edited meanwhile');
    expect(colophon(folder, 'build', 'report').out).toContain('0 steps ran');
    expect(readFileSync(join(site, 'index.html'), 'utf8')).toContain('Edited meanwhile');
    expect(colophon(folder, 'build', 'report').out).toContain('nothing to do');
  });

  it('publishes a site; a second build runs no step; an edit runs only what depends on it', () => {
    const folder = project();
    const first = colophon(folder, 'build', 'report');
    expect(first.err).not.toContain('problem');
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain('5 steps ran, 0 cached');
    const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
    expect(html.match(/<figure id="fig-/g)).toHaveLength(3);
    expect(html).toMatch(/It ends at <span[^>]*>0\.\d{3}</);

    expect(colophon(folder, 'build', 'report').out).toContain('site: nothing to do');
    // Without its site everything is written again, and nothing computed.
    rmSync(join(folder, 'site'), { recursive: true });
    expect(colophon(folder, 'build', 'report').out).toContain('0 steps ran, 5 cached');
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toBe(html);

    // Prose and captions run nothing.
    writeFiles(folder, {
      'report/index.md': text.replace('It ends', 'It stops').replace('caption: Data', 'caption: Samples'),
    });
    expect(colophon(folder, 'build', 'report').out).toContain('0 steps ran, 5 cached');
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toContain('It stops');

    // Another grid for the principal features runs the two decompositions.
    writeFiles(folder, { 'report/index.md': text.replace('grid: 11', 'grid: 12') });
    expect(colophon(folder, 'build', 'report').out).toContain('2 steps ran, 3 cached');
  });

  it('gives byte-identical sites from two empty stores in two folders', () => {
    const [one, two] = [builtProject(), project()];
    expect(colophon(two, 'build', 'report').code).toBe(0);
    expect(contents(join(one, 'site'))).toEqual(contents(join(two, 'site')));
    expect(contents(join(one, 'site')).size).toBeGreaterThan(1);
  });

  it('publishes nothing when there is a problem, and leaves the old site untouched', () => {
    const folder = builtProject();
    const before = contents(join(folder, 'site'));
    writeFiles(folder, { 'report/index.md': text.replace('batch: 10', 'bacth: 10') });
    const broken = colophon(folder, 'build', 'report');
    expect(broken.code).toBe(1);
    expect(broken.err).toContain(
      'report/index.md:17:1  unknown-option  "bacth" is not an option of train; did you mean "batch"?',
    );
    expect(broken.err).toContain('1 problem; nothing was published');
    expect(contents(join(folder, 'site'))).toEqual(before);
  });

  it('refuses an output folder with files that it did not write, and deletes nothing', () => {
    const folder = project();
    writeFiles(folder, { 'site/thesis.tex': 'years of work', 'site/.gitignore': '*' });
    const refused = colophon(folder, 'build', 'report');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('site holds files that Colophon did not write: thesis.tex');
    expect(readdirSync(join(folder, 'site')).sort()).toEqual(['.gitignore', 'thesis.tex']);
    expect(existsSync(join(folder, '.colophon'))).toBe(false);
  });

  it('waits for no other build: who writes the site is named, and once that has gone the next one builds', () => {
    const folder = project();
    const hold = openSite(join(folder, 'site'));
    const refused = colophon(folder, 'build', 'report');
    expect(refused.code).toBe(3);
    expect(refused.err).toContain(String(process.pid));
    expect(existsSync(join(folder, 'site/index.html'))).toBe(false);
    hold.release();
    expect(colophon(folder, 'build', 'report').code).toBe(0);
    expect(existsSync(join(folder, 'site/index.html'))).toBe(true);
  });

  it('removes the pages of the last site that are gone, but not one that someone edited', () => {
    const folder = project({ 'index.md': text, 'a.md': page('A'), 'b.md': page('B') });
    colophon(folder, 'build', 'report');
    writeFileSync(join(folder, 'site/b.html'), 'mine now');
    execFileSync('rm', [join(folder, 'report/a.md'), join(folder, 'report/b.md')]);
    expect(colophon(folder, 'build', 'report').code).toBe(0);
    expect(existsSync(join(folder, 'site/a.html'))).toBe(false);
    expect(readFileSync(join(folder, 'site/b.html'), 'utf8')).toBe('mine now');
  });

  it('shows a training that diverges as a result', () => {
    // A linear network at an absurd rate: each step multiplies the error, until it is no longer a number.
    const wild = text.replace('rate: 0.02', 'rate: 1000000000').replace('elbows: uniform', 'activation: identity');
    const folder = project({ 'index.md': wild });
    const built = colophon(folder, 'build', 'report');
    expect(built.err).toMatch(/train small\[hidden=4\] {2}diverged at step \d+/);
    expect(built.code).toBe(0);
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toMatch(/diverged at step \d+/);
    writeFiles(folder, { 'report/index.md': `${wild}\nMore.\n` });
    expect(colophon(folder, 'build', 'report').out).toContain('0 steps ran');
  });

  it('computes a damaged result again and gives the same site', () => {
    const folder = builtProject();
    const before = contents(join(folder, 'site'));
    // Small arrays end the file of their record: its last byte is one of theirs.
    for (const entry of readdirSync(join(folder, '.colophon/v1/records'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
      rmSync(path);
      writeFileSync(path, bytes);
    }
    rmSync(join(folder, 'site'), { recursive: true });
    expect(colophon(folder, 'build', 'report').out).toContain('5 steps ran, 0 cached');
    expect(contents(join(folder, 'site'))).toEqual(before);
  });
});

describe('colophon plan and results', () => {
  it('plan lists every step with its key and why it would run, and runs nothing', () => {
    const folder = project();
    const before = colophon(folder, 'plan', 'report');
    expect(before.code).toBe(0);
    expect(before.out).toMatch(/would run {2}dataset +waves +[0-9a-f]{16} {2}no result for this key/);
    expect(before.out).toMatch(/would run {2}train +small\[hidden=4\] +[0-9a-f]{16} {2}waves will run/);
    expect(before.out).toContain('5 steps, 5 would run; 3 figures, 1 tables');
    expect(existsSync(join(folder, '.colophon'))).toBe(false);
    expect(colophon(builtProject(), 'plan', 'report').out).toContain('5 steps, 0 would run');
  });

  it('results prints, as text, JSON and .npy files, what was computed', () => {
    expect(colophon(project(), 'results', 'small')).toMatchObject({ code: 1 });
    const folder = builtProject();
    expect(colophon(folder, 'results', 'small[hidden=4]').out).toMatch(
      /small\[hidden=4\] {2}wasm-f32\/\d+[\s\S]*test-error {2}3/,
    );
    const json: unknown = JSON.parse(colophon(folder, 'results', 'small', '--json').out);
    expect(json).toHaveLength(2);
    const out = temporaryFolder();
    const paths = colophon(folder, 'results', 's[hidden=4]', '--npy', out).out.trim().split('\n');
    expect(paths).toContain(join(out, 's[hidden=4]', 'singular-values.npy'));
    expect(
      readFileSync(join(out, 's[hidden=4]', 'rank.npy'))
        .subarray(1, 6)
        .toString(),
    ).toBe('NUMPY');
    const unknown = colophon(folder, 'results', 'smal');
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.err).toContain('did you mean "small"?');
  });

  it('wrong usage exits with 2, help with 0', () => {
    const folder = temporaryFolder();
    expect(colophon(folder, 'biuld', 'report')).toMatchObject({ code: 2 });
    expect(colophon(folder, '--help')).toMatchObject({ code: 0 });
    expect(colophon(folder, 'build', 'nowhere').err).toContain('there is no folder nowhere');
  });
});
