/** What says nothing about a result runs nothing; the real command. */
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { colophon, siteOf } from '../colophon.js';
import { block, page, reportFolder, small, temporaryFolder, waves, writeFiles } from '../report-folder.js';

const table = block('dataset #points', 'function: { csv: { file: data/a.csv, inputs: [x], target: y } }', 'test: none');
const points = ['x,y', ...Array.from({ length: 12 }, (_, row) => `${row / 12},${(row % 3) / 2}`)].join('\n');
const more = [
  table,
  block(
    'train #other',
    'data: points',
    'network: { hidden: [3] }',
    'optimizer: { kind: adam, rate: 0.01 }',
    'steps: 9',
  ),
  block('svd #s', 'of: small', 'on: { grid: 11 }'),
  block('figure #fig', 'show: small.learning-curves', 'facet: [hidden]', 'caption: Before.'),
];
const text = page(waves, small, ...more);
const report = { 'report/index.md': text, 'report/data/a.csv': points };

/** A folder with a report that has been built; each test has a copy. */
let built: string;
beforeAll(() => {
  built = reportFolder(report);
  expect(colophon(built, 'build', 'report').out).toContain('7 steps ran');
});

const copyOf = (folder: string): string => {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
};
/** Every file and folder of a project, as if made in a year that it was not. */
const touched = (folder: string, year: number): string => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    utimesSync(join(entry.parentPath, entry.name), new Date(year, 0), new Date(year, 0));
  return 'report';
};

/** What each change is called, and how it is made; gives the report's folder from then on. */
const changes: readonly [string, (folder: string) => string][] = [
  ['prose', (folder) => edited(folder, text.replace('A page', 'Another page').concat('\n## More\n\nA sentence.\n'))],
  ['captions', (folder) => edited(folder, text.replace('caption: Before.', 'caption: After, with $x^2$.'))],
  [
    'option order',
    (folder) =>
      edited(
        folder,
        text
          .replace('function: piecewise-linear\nsamples: 20', 'samples: 20\nfunction: piecewise-linear')
          .replace('{ kind: sgd, rate: 0.02 }', '{ rate: 0.02, kind: sgd }'),
      ),
  ],
  ['directive order', (folder) => edited(folder, page(...[...more].reverse(), small, waves))],
  ['CRLF', (folder) => edited(folder, text.replaceAll('\n', '\r\n'))],
  ['a byte order mark', (folder) => edited(folder, `\uFEFF${text}`)],
  [
    'directives on another page',
    (folder) => {
      writeFiles(folder, { 'report/index.md': page(waves, small), 'report/more.md': page(...more) });
      return 'report';
    },
  ],
  ['files touched in 1971', (folder) => touched(folder, 1971)],
  ['files touched in 2199', (folder) => touched(folder, 2199)],
  [
    'a moved folder',
    (folder) => {
      renameSync(join(folder, 'report'), join(folder, 'text'));
      return 'text';
    },
  ],
];

it.each(changes)('%s: no step runs', (what, change) => {
  const folder = copyOf(built);
  const where = change(folder);
  expect(readFileSync(join(folder, where, 'index.md'), 'utf8') === text).toBe(/touched|moved/.test(what));
  // Every stored result is read and checked.
  const { code, out } = colophon(folder, 'plan', where, '--check');
  expect({ code, out }).toEqual({ code: 0, out: '7 steps, 0 would run; 1 figures, 0 tables\n' });
});

it('all at once: the build runs nothing; without the prose the site is the same to the byte', () => {
  const folder = copyOf(built);
  edited(folder, page(...[...more].reverse(), small, waves).replaceAll('\n', '\r\n'));
  touched(folder, 1971);
  renameSync(join(folder, 'report'), join(folder, 'text'));
  expect(colophon(folder, 'build', 'text').out).toContain('0 steps ran, 7 cached');
  writeFiles(folder, { 'text/index.md': text });
  rmSync(join(folder, 'site'), { recursive: true });
  expect(colophon(folder, 'build', 'text').out).toContain('0 steps ran, 7 cached');
  expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(built, 'site')));
});

function edited(folder: string, index: string): string {
  writeFiles(folder, { 'report/index.md': index });
  return 'report';
}
