/** The contents of a site: as many lines as its pages show, and no more pages in one folder than a site can hold. */
import { expect, it } from 'vitest';
import { contentsLines } from '../../src/source/contents-length.js';
import { colophon } from '../colophon.js';
import { reportFolder } from '../report-folder.js';

it('counts what each page lists: its own folder and those above it', () => {
  expect(contentsLines(['a.md', 'b.md'])).toBe(4);
  // The first lists two pages and a folder; those in the folder list it too.
  expect(contentsLines(['a.md', 'b.md', 'c/d.md', 'c/e.md'])).toBe(3 + 3 + (3 + 2) + (3 + 2));
  expect(contentsLines(['a/b/c.md'])).toBe(3);
  expect(contentsLines([])).toBe(0);
});

it('thousands of pages in one folder are refused with the code of a limit; in folders, or with a higher limit, they are read', () => {
  const names = Array.from({ length: 2500 }, (_, index) => index);
  const flat = reportFolder(Object.fromEntries(names.map((index) => [`report/p${index}.md`, '# P\n'])));
  const { code, err } = colophon(flat, 'plan', 'report');
  expect(err).toMatch(
    /^too-many-pages {2}the contents of 2500 pages have 6250000 lines in all, more than 4000000; .*folders/m,
  );
  expect(code).toBe(4);
  const few = names.slice(0, 12);
  const dozen = reportFolder(Object.fromEntries(few.map((index) => [`report/p${index}.md`, '# P\n'])));
  expect(colophon(dozen, 'plan', 'report', '--limit', 'contents-lines=143').code).toBe(4);
  expect(colophon(dozen, 'plan', 'report', '--limit', 'contents-lines=144').code).toBe(0);
  const folders = reportFolder(Object.fromEntries(few.map((index) => [`report/f${index % 4}/p${index}.md`, '# P\n'])));
  expect(colophon(folders, 'plan', 'report', '--limit', 'contents-lines=143').code).toBe(0);
});
