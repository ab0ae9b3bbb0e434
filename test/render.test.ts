/** Pages: what an author writes cannot become anything but Markdown's own, and every fault has its place. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../src/shared/hash.js';
import { renderPages } from '../src/render/render-pages.js';
import { loadTemplates } from '../src/render/templates.js';
import type { Problem } from '../src/shared/problem.js';
import { compiledFile, programFolder } from '../src/shared/program-folder.js';
import { readReport } from '../src/source/read-report.js';
import { directiveKinds } from '../src/steps/kinds.js';
import { reportFolder } from './report-folder.js';
import { nothing, textOf } from './render/render-report.js';

function render(
  files: Readonly<Record<string, string>>,
  trust = true,
): { pages: Map<string, string>; problems: readonly Problem[] } {
  const { report } = readReport(reportFolder(files), directiveKinds);
  const { files: rendered, problems } = renderPages(report, nothing, {
    templates: loadTemplates(report.files, { trust }),
  });
  return {
    pages: new Map(rendered.map(({ path, content }) => [path, textOf(content)])),
    problems,
  };
}

const page = (body: string): string => `---\ntitle: T\n---\n\n${body}\n`;
const rules = ({ problems }: { problems: readonly Problem[] }): string[] =>
  problems.map(({ rule, place }) => `${place?.file ?? ''}:${place?.line ?? 0}:${place?.column ?? 0} ${rule}`);

describe('hostile content', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<iframe src="https://example.org"></iframe>',
    '<style>body{display:none}</style>',
    'a <b onclick="alert(1)">b</b>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '![x](javascript:alert(1))',
    '[x](vbscript:alert(1))',
  ])('%s does not reach the page', (body) => {
    const result = render({ 'index.md': page(body) });
    const article = /<article>([\s\S]*)<\/article>/.exec(result.pages.get('index.html') ?? '')?.[1] ?? '';
    expect(article).not.toMatch(/<script|<iframe|<style|<svg|\son\w+=|(?:href|src)="(?:java|vb|data:text)/i);
    expect(result.problems.length).toBeGreaterThan(0);
    expect(result.problems[0]?.place).toMatchObject({ file: 'index.md', line: 5 });
  });

  it('markup in titles and names is text', () => {
    const { pages } = render({
      'index.md': '---\ntitle: "<script>alert(1)</script>"\nauthors: ["<b>x</b>"]\n---\n\ntext {{constructor}}\n',
    });
    const html = pages.get('index.html') ?? '';
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<b>x');
    expect(html).toContain('{{constructor}}');
  });

  it('a page has no inline style or script and a strict policy', () => {
    const { pages } = render({
      'index.md': page('$$\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}$$\n\n```js\nlet x = 1;\n```'),
    });
    const html = pages.get('index.html') ?? '';
    expect(html).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'",
    );
    expect(html).not.toMatch(
      /\sstyle=|<script(?! src="[^"]+"(?: data-figures="[^"]+" data-pointing="[^"]+" data-fields="[^"]+" data-drag="[^"]+" data-vega="[^"]+" data-build-info="[^"]+" defer| data-fonts="[^"]*")><\/script>)|<style|\son\w+=/,
    );
    expect(html).toContain('<mtable');
    expect(html).toContain('hljs-keyword');
  });

  it('marks a sentence in YAML as one part', () => {
    const { pages } = render({ 'index.md': page('```yaml\ncaption: The same, at width 20.\nalt: "A b" # note\n```') });
    expect(pages.get('index.html')).toContain(
      '<span class="hljs-attr">caption:</span> <span class="hljs-string">The same, at width</span> <span class="hljs-number">20</span><span class="hljs-string">.</span>',
    );
  });
});

describe('links and references', () => {
  it('between pages are relative and keep their fragments', () => {
    const { pages, problems } = render({
      'index.md': page('[a](guide/a.md#part)'),
      'guide/a.md': page('## Part\n\n[home](../index.md)'),
    });
    expect(problems).toEqual([]);
    expect(pages.get('index.html')).toContain('href="guide/a.html#part"');
    expect(pages.get('guide/a.html')).toContain('href="../index.html"');
    expect(pages.get('guide/a.html')).toMatch(/<link rel="stylesheet" href="\.\.\/assets\/style-[0-9a-f]{8}\.css">/);
  });

  it('that lead nowhere are problems with their places', () => {
    expect(rules(render({ 'index.md': page('[a](b.md)\n\n![i](no.png)\n\nSee @fig-none.') }))).toEqual(
      expect.arrayContaining([
        'index.md:5:1 broken-link',
        'index.md:7:1 broken-link',
        'index.md:9:5 unknown-reference',
      ]),
    );
  });

  it('TeX that does not parse is a problem with its place', () => {
    expect(rules(render({ 'index.md': page('Now $\\frac{1}$.') }))).toEqual(['index.md:5:13 tex']);
  });
});

describe('templates', () => {
  const own = join(programFolder, 'templates');
  const texts = readdirSync(own)
    .filter((name) => name.endsWith('.hbs'))
    .map((name): [string, string] => [name, readFileSync(join(own, name), 'utf8')]);

  it('are compiled with the program, each under the digest of its text', () => {
    const compiled = createRequire(import.meta.url)(compiledFile('templates.cjs')) as object;
    expect(Object.keys(compiled).sort()).toEqual(texts.map(([, text]) => sha256(text)).sort());
  });

  it('give the same pages when a report has the same ones as its own, which are compiled then', () => {
    const files = { 'index.md': page('## A\n\nx'), 'b.md': page('y') };
    // A comment writes nothing, and makes each another text.
    const theirs = texts.map(([name, text]): [string, string] => [`templates/${name}`, `{{! ours }}${text}`]);
    const { pages, problems } = render({ ...files, ...Object.fromEntries(theirs) });
    expect(problems).toEqual([]);
    expect(pages.get('index.html')).toContain('<h2');
    expect(pages).toEqual(render(files).pages);
  });

  it('of the report replace ours', () => {
    const { pages } = render({ 'index.md': page('x'), 'templates/footer.hbs': '<footer>Ours: {{title}}</footer>' });
    expect(pages.get('index.html')).toContain('<footer>Ours: T</footer>');
  });

  it('of a report that nobody vouches for are not used, and that is said', () => {
    const { pages, problems } = render(
      { 'index.md': page('x'), 'templates/footer.hbs': '<footer>Theirs</footer>' },
      false,
    );
    expect(pages.get('index.html')).not.toContain('Theirs');
    expect(problems).toMatchObject([
      { rule: 'untrusted-template', severity: 'warning', place: { file: 'templates/footer.hbs' } },
    ]);
  });

  it('that are broken are problems that name the file', () => {
    const { problems } = render({ 'index.md': page('x'), 'templates/footer.hbs': '{{#if}' });
    expect(problems[0]).toMatchObject({ rule: 'broken-template', place: { file: 'templates/footer.hbs', line: 1 } });
  });
});

it('the same report gives the same bytes twice', () => {
  const files = { 'index.md': page('# H\n\ntext[^1]\n\n[^1]: note\n\n| a | b |\n|---|---|\n| 1 | 2 |') };
  expect(render(files).pages).toEqual(render(files).pages);
});
