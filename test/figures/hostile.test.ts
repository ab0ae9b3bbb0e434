/** Specifications by someone who means harm, and drawing where code may not be made from strings. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

function build(...specification: readonly string[]): { code: number | null; err: string; html: string } {
  const figure = block('figure #fig-own', 'show: small', 'columns: [step, test-error]', 'vega-lite:', ...specification);
  const folder = reportFolder({ 'report/index.md': page(waves, small, figure) });
  const { status, stderr } = spawnSync(process.execPath, [cli, 'build', 'report'], { cwd: folder, encoding: 'utf8' });
  const page0 = join(folder, 'site/index.html');
  return { code: status, err: stderr, html: existsSync(page0) ? readFileSync(page0, 'utf8') : '' };
}

const encoding = [
  '  encoding:',
  '    x: { field: step, type: quantitative }',
  '    y: { field: test-error, type: quantitative }',
];

describe('a specification of the author’s own', () => {
  it('is drawn with expressions interpreted, where no code may be made from strings', () => {
    const module = new URL('../../dist/figures/draw-specification.js', import.meta.url).href;
    const specification = {
      data: { values: [{ step: 1 }, { step: 2 }] },
      transform: [{ calculate: 'datum.step * 2 + 1', as: 'twice' }],
      mark: 'point',
      encoding: { x: { field: 'twice', type: 'quantitative' } },
    };
    const script = `
      import { drawSpecification } from ${JSON.stringify(module)};
      try { new Function('1'); process.exit(5); } catch {}
      const { svg, warnings } = await drawSpecification(${JSON.stringify({ specification: JSON.stringify(specification), id: 'f', description: 'two' })});
      console.log(JSON.stringify({ svg, warnings }));`;
    const words = ['--disallow-code-generation-from-strings', '--input-type=module', '-e', script];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { svg, warnings } = JSON.parse(stdout) as { svg: string; warnings: string[] };
    expect(warnings).toEqual([]);
    expect(svg).toContain('>twice<');
  });

  it.each([
    ['data from an address', ['  data: { url: "https://example.com/x.csv" }', '  mark: point', ...encoding], 'data'],
    ['data from a file', ['  data: { url: "file:///etc/passwd" }', '  mark: point', ...encoding], 'data'],
    ['a javascript: link', ['  mark: { type: point, href: "javascript:alert(1)" }', ...encoding], 'href'],
    ['a link in the encoding', ['  mark: point', ...encoding, '    href: { value: "javascript:alert(1)" }'], 'href'],
    ['an image', ['  mark: { type: image, url: "x.png" }', ...encoding], 'url'],
    ['named datasets', ['  datasets: { a: [] }', '  mark: point', ...encoding], 'datasets'],
    [
      'lookups elsewhere',
      ['  transform: [{ lookup: step, from: { data: { url: x }, key: a } }]', '  mark: point', ...encoding],
      'data',
    ],
  ])('%s is refused at its place, and nothing is published', (_name, specification, key) => {
    const { code, err, html } = build(...specification);
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`report/index\\.md:\\d+:\\d+ {2}specification .*\\b${key}" is refused`));
    expect(html).toBe('');
  });

  it.each([
    [
      'an expression that reaches for the world',
      [
        '  transform: [{ calculate: "this.constructor.constructor(\'return process\')()", as: x }]',
        '  mark: point',
        ...encoding,
      ],
    ],
    [
      'an expression that does not end',
      ['  transform: [{ calculate: "datum.step +", as: x }]', '  mark: point', ...encoding],
    ],
    ['a mark that does not exist', ['  mark: blob', ...encoding]],
    [
      'a link made by an expression',
      ['  mark: { type: point, href: { expr: "\'javascript:alert(1)\'" } }', ...encoding],
    ],
  ])('%s never crashes the build, and leaves nothing in the page', (_name, specification) => {
    const { code, err, html } = build(...specification);
    expect([0, 1]).toContain(code);
    expect(err).not.toMatch(/\n +at /);
    if (code === 1) expect(err).toMatch(/report\/index\.md:\d+:\d+/);
    expect(html).not.toMatch(/javascript:|process|<script(?! src)/);
  });
});
