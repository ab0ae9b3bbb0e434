/** `colophon build --only`: what it computes, and where its files are. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

it('one figure is computed and drawn with what it needs; a build has the results, and a site is left alone', () => {
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      small,
      block('svd #other', 'of: small'),
      block('figure #data', 'show: waves.data', 'alt: Of `= small[hidden=4].test-error .3f`.'),
      block('figure #fig-fit', 'show: small.fit', 'where: { hidden: 4 }'),
      block('table #tbl-end', 'rows: small', 'columns: [test-error]'),
      block(
        'figure #own',
        'show: small',
        'columns: [hidden, test-error]',
        'vega-lite: { mark: bar, encoding: { x: { field: hidden }, y: { field: test-error }, shape: { field: hidden } } }',
      ),
    ),
  });
  const first = colophon(folder, 'build', 'report', '--only', 'fig-fit');
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('fig-fit: 2 steps ran, 0 cached') as string });
  const extensions = ['csv', 'npy', 'svg', 'vl.json'];
  expect(readdirSync(join(folder, 'fig-fit')).sort()).toEqual(extensions.map((extension) => `fig-fit.${extension}`));
  expect(existsSync(join(folder, 'site'))).toBe(false);
  // By its place on the page too, with the number that its description asks for.
  const data = colophon(folder, 'build', 'report', '--only', 'fig-data', '--out', 'here', '--json');
  const written = (JSON.parse(data.out) as { files: string[] }).files;
  expect(written.sort()).toEqual(extensions.map((extension) => join('here', `data.${extension}`)));
  expect(colophon(folder, 'build', 'report', '--only', 'tbl-end', '--out', 'here').out).toContain(
    join('here', 'tbl-end.csv'),
  );
  expect(colophon(folder, 'build', 'report', '--only', 'small').out).toMatch(
    /its numbers: node \S+cli\.js results small --report report/,
  );

  // Known before anything is computed and known again of its drawing, and said once.
  const own = colophon(folder, 'build', 'report', '--only', 'own', '--out', 'here');
  expect(own.err.match(/figure-warning/g)).toHaveLength(1);

  expect(colophon(folder, 'build', 'report').out).toContain('3 cached');
  const site = colophon(folder, 'build', 'report', '--only', 'fig-fit', '--out', 'site');
  expect(site).toMatchObject({ code: 3, err: expect.stringContaining('site is a site') as string });
  const unknown = colophon(folder, 'build', 'report', '--only', 'fig-fti');
  expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('did you mean "fig-fit"?') as string });
}, 60_000);
