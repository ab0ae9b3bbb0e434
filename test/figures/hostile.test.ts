/** Specifications by someone who means harm, and drawing where code may not be made from strings. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { colophon } from '../colophon.js';

function build(...specification: readonly string[]): { code: number | null; err: string; html: string } {
  const figure = block('figure #fig-own', 'show: small', 'columns: [step, test-error]', 'vega-lite:', ...specification);
  const folder = reportFolder({ 'report/index.md': page(waves, small, figure) });
  const { code: status, err: stderr } = colophon(folder, 'build', 'report');
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

describe('a specification that is not valid Vega-Lite', () => {
  it('is refused before anything runs: every name and value that it does not know, at its line, with what was meant', () => {
    const { code, err, html } = build(
      '  mark: { type: lin, strokeWidht: 2 }',
      '  transform: [{ calculate: 3, as: twice }]',
      '  encoding:',
      '    x: { feild: step, type: quantitativ, axis: { titel: steps } }',
      '    colour: { value: red }',
      '    y: { field: test-error, type: quantitative, bin: maybe }',
      '  witdh: 300',
    );
    expect(code).toBe(1);
    expect(html).toBe('');
    expect(err).not.toMatch(/ ran /);
    const said = [...err.matchAll(/index\.md:(\d+):(\d+) {2}specification {2}(.*)/g)].map(
      ([, line, column, text = '']) => `${line}:${column} ${text}`,
    );
    const first = Number(/^(\d+):/.exec(said[0] ?? '')?.[1]);
    const at = (line: number, column: number, text: string): string => `${first + line}:${column} ${text}`;
    expect(said).toEqual([
      at(0, 17, '"lin" is no value of "mark.type"; did you mean "line"?'),
      at(0, 22, 'Vega-Lite knows no "strokeWidht" in "mark"; did you mean "strokeWidth"?'),
      at(1, 28, '"transform.0.calculate" may not be a number; Vega-Lite takes a text there'),
      at(3, 10, 'Vega-Lite knows no "feild" in "encoding.x"; did you mean "field"?'),
      at(3, 29, '"quantitativ" is no value of "encoding.x.type"; did you mean "quantitative"?'),
      at(3, 50, 'Vega-Lite knows no "titel" in "encoding.x.axis"; did you mean "title"?'),
      at(4, 5, 'Vega-Lite knows no "colour" in "encoding"; did you mean "color"?'),
      at(
        5,
        54,
        '"maybe" is no value of "encoding.y.bin"; choose from "binned"; true or false, a mapping and nothing would do too',
      ),
      at(6, 3, 'Vega-Lite knows no "witdh"; did you mean "width"?'),
    ]);
  });
});

it('data over the row limit are refused: how many rows they are, and what to do', () => {
  const figure = block(
    'figure #fig-own',
    'show: waves',
    'columns: [inputs, targets]',
    'vega-lite:',
    '  mark: point',
    '  encoding: { x: { field: inputs, type: quantitative } }',
  );
  const folder = reportFolder({ 'report/index.md': page(waves.replace('samples: 20', 'samples: 50001'), figure) });
  const { code: status, err: stderr } = colophon(folder, 'build', 'report');
  expect(stderr).toMatch(
    /index\.md:\d+:\d+ {2}columns {2}these columns make 50001 rows, more than 50000; choose columns/,
  );
  expect(status).toBe(1);
  expect(existsSync(join(folder, 'site/index.html'))).toBe(false);
});

it('so are those of several runs that are over it together', () => {
  const figure = block(
    'figure #fig-own',
    'show: grads',
    'columns: [hidden, jacobian]',
    'vega-lite:',
    '  mark: point',
    '  encoding: { x: { field: jacobian, type: quantitative } }',
  );
  const grads = block('features #grads', 'of: small', 'at: [20]', 'on: { grid: 2000 }');
  const folder = reportFolder({ 'report/index.md': page(waves, small, grads, figure) });
  const { code: status, err: stderr } = colophon(folder, 'build', 'report');
  expect(stderr).toMatch(
    /index\.md:\d+:\d+ {2}columns {2}these columns make 58000 rows over 2 runs, more than 50000; choose/,
  );
  expect(status).toBe(1);
});
