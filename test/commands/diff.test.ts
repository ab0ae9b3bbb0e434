/** `colophon diff` in real processes: sites, reports, revisions, packs and stores. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves, writeFiles } from '../report-folder.js';

const text = (rate: number): string =>
  page(
    waves,
    small.replace('rate: 0.02', `rate: ${rate}`),
    'It falls to `= small[hidden=4].test-error .6f`. It stays small. `claim small[hidden=4].test-error < 100`',
    block('figure #fig-fit', 'show: small.fit', 'caption: The fit.'),
  );

let project: string;
const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-C', project, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...words], {
    encoding: 'utf8',
  });

beforeAll(() => {
  project = reportFolder({ 'report/index.md': text(0.02), '.gitignore': '.colophon\nold\nnew\n' });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  expect(colophon(project, 'build', 'report', '--out', 'old').code).toBe(0);
  expect(colophon(project, 'store', 'export', 'old.pack').code).toBe(0);
  writeFiles(project, { 'report/index.md': text(0.05) });
  expect(colophon(project, 'build', 'report', '--out', 'new').code).toBe(0);
}, 120_000);

it('of two sites says what changed, where, by how much and why', () => {
  const { code, out } = colophon(project, 'diff', 'old', 'new');
  expect(code).toBe(0);
  expect(out).toContain('train #small: optimizer.rate 0.02 → 0.05');
  expect(out).toMatch(
    /index\.md:\d+ {2}small\[hidden=4\]\.test-error \.6f in “It falls to …\.”: 0\.\d{6} → 0\.\d{6} {2}\([+−][\d.]+ %; by #small\)/,
  );
  expect(out).toMatch(/Figure 1, fig-fit: .*\(by #small\)/);
  expect(out).toMatch(/small\[hidden=4\]: .*→/);
  expect(out).not.toContain('waves');
});

it('of a revision and the report says the same, and leaves the work tree and the index as they are', () => {
  const before = git('status', '--porcelain');
  const { code, out, err } = colophon(project, 'diff', 'HEAD');
  expect(code, err).toBe(0);
  const lines = (of: string): string[] => of.split('\n').slice(1);
  expect(lines(out)).toEqual(lines(colophon(project, 'diff', 'old', 'new').out));
  expect(git('status', '--porcelain')).toBe(before);
});

it('exits with 1 where that is asked for', () => {
  expect(colophon(project, 'diff', 'old', 'old', '--exit-code').code).toBe(0);
  expect(colophon(project, 'diff', 'old', 'new', '--exit-code').code).toBe(1);
  expect(colophon(project, 'diff', 'old', 'new', '--fail-over', '1000%').code).toBe(0);
  const over = colophon(project, 'diff', 'old', 'new', '--fail-over', '1000%', '--fail-over', 'small=0.01%');
  expect(over.code).toBe(1);
  expect(over.err).toMatch(/index\.md:\d+: .* is a larger change than --fail-over allows/);
});

it('writes JSON, Markdown and a site', () => {
  const json = JSON.parse(colophon(project, 'diff', 'old', 'new', '--json').out) as {
    numbers: { written: string[]; relative: number }[];
  };
  expect(json.numbers.map(({ written }) => written)).toEqual([['small[hidden=4].test-error .6f']]);
  expect(json.numbers[0]?.relative).not.toBe(0);
  expect(colophon(project, 'diff', 'old', 'new', '--markdown').out).toContain('<details><summary><b>numbers</b>');
  expect(colophon(project, 'diff', 'old', 'new', '--out', 'difference').code).toBe(0);
  const html = readFileSync(join(project, 'difference', 'index.html'), 'utf8');
  expect(html).toContain('old → new');
  for (const side of ['before', 'after']) expect(html).toContain(`${side}/fig-fit.svg`);
});

it('says of another engine whether what it changes is within the tolerance of both', () => {
  expect(colophon(project, 'build', 'report', '--out', 'float64', '--device', 'reference').code).toBe(0);
  interface Said {
    numbers: { causes: { other?: string }; engines?: { share: number } }[];
    results: { changed: { name: string; engines?: { share: number } }[] };
  }
  const { numbers, results } = JSON.parse(colophon(project, 'diff', 'new', 'float64', '--json').out) as Said;
  expect(numbers.map(({ causes }) => causes.other)).toEqual(['engine']);
  // The arithmetic is another one, float32 and float64, and the kind of the result says what that may do.
  const shares = [numbers[0], ...results.changed].map((one) => one?.engines?.share ?? Number.NaN);
  expect(shares.length).toBeGreaterThan(1);
  for (const share of shares) expect(share > 0 && share <= 1, String(share)).toBe(true);
  const { out } = colophon(project, 'diff', 'new', 'float64');
  expect(out).toMatch(/small\[hidden=4\]: .*reference-f64.*within the tolerance of both: \S+ of it\)/);
}, 60_000);

it('takes a pack, and says what is missing in a store, for a name that is nothing, and for a site of another version', () => {
  const packed = colophon(project, 'diff', 'old.pack', 'report');
  // The report is that of today, whose results are not in the pack.
  expect(packed.code).toBe(3);
  expect(packed.err).toMatch(/results of old\.pack are not in the store: small\[hidden=4\].*--compute/);
  expect(colophon(project, 'diff', 'old.pack', '.colophon', '--compute').code).toBe(0);
  const nothing = colophon(project, 'diff', 'no-such-thing');
  expect(nothing.code).toBe(3);
  expect(nothing.err).toMatch(/no-such-thing is no site, pack, store or report, and no revision/);
  writeFiles(project, { 'other/snapshot.json': '{"format":9}' });
  const other = colophon(project, 'diff', 'other', 'new');
  expect(other.code).toBe(3);
  expect(other.err).toMatch(/snapshot\.json cannot be read.*build it again/);
});
