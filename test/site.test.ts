/** What stands around the pages: contents, breadcrumbs, generated pages, settings, and links that lead nowhere. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../src/shared/problem.js';
import { renderPages } from '../src/render/render-pages.js';
import { loadTemplates } from '../src/render/templates.js';
import type { RunNote } from '../src/render/parts.js';
import { readReport } from '../src/source/read-report.js';
import type { SearchPage } from '../src/shared/search-options.js';
import { directiveKinds } from '../src/steps/kinds.js';
import { block, reportFolder } from './report-folder.js';
import { nothing, textOf } from './render/render-report.js';

interface Site {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

function site(files: Readonly<Record<string, string>>, parts = nothing, base?: string): Site {
  const { report, problems } = readReport(reportFolder(files), directiveKinds);
  const rendered = renderPages(report, parts, { base, templates: loadTemplates(report.files, { trust: true }) });
  return {
    files: new Map(rendered.files.map(({ path, content }) => [path, textOf(content)])),
    problems: [...problems, ...rendered.problems],
  };
}

const page = (title: string, body = 'Text.', more = ''): string => `---\ntitle: ${title}\n${more}---\n\n${body}\n`;
const at = ({ problems }: Site): string[] =>
  problems.map(
    ({ place, rule, message }) => `${place?.file ?? ''}:${place?.line ?? 0}:${place?.column ?? 0} ${rule} ${message}`,
  );
const html = ({ files }: Site, path: string): string => files.get(path) ?? '';
const contents = (text: string): string => /<nav id="colophon.contents"[\s\S]*?<\/nav>/.exec(text)?.[0] ?? '';

const book = {
  'index.md': page('Home'),
  'z.md': page('First after home', 'Text.', 'order: 1\n'),
  'guide/index.md': page('The guide', 'Text.', 'order: 2\n'),
  'guide/b.md': page('B', '## One\n\n## Two'),
  'guide/a.md': page('A', 'Text.', 'order: 1\n'),
  'guide/deep/x.md': page('X'),
  'appendix.md': page('Appendix'),
};

describe('a book', () => {
  const built = site(book);

  it('has no problem', () => {
    expect(built.problems).toEqual([]);
  });

  it('is read folder by folder, a folder where its index page stands', () => {
    const order: string[] = [];
    for (let address: string | undefined = 'index.html'; address !== undefined; ) {
      order.push(address);
      const next: string | undefined = /<a rel="next" href="([^"]+)"/.exec(html(built, address))?.[1];
      address = next && new URL(next, `site:/${address}`).pathname.slice(1);
    }
    expect(order).toEqual([
      'index.html',
      'z.html',
      'guide/index.html',
      'guide/a.html',
      'guide/b.html',
      'guide/deep/x.html',
      'appendix.html',
    ]);
  });

  it('marks the current page, opens its folder with its headings, and leaves other folders closed', () => {
    const inside = contents(html(built, 'guide/b.html'));
    expect(inside).toContain('<a href="b.html" aria-current="page">B</a>');
    expect(inside).toContain('<a href="#one">One</a>');
    expect(inside).toContain('<a href="deep/x.html">Deep</a>');
    expect(inside).not.toContain('>X<');
    const outside = contents(html(built, 'appendix.html'));
    expect(outside).toContain('<a href="guide/index.html">The guide</a>');
    expect(outside).not.toContain('guide/a.html');
    expect(outside.match(/aria-current/g)).toHaveLength(1);
  });

  it('leads back up through breadcrumbs', () => {
    const crumbs = (path: string): string[] =>
      [
        ...(/<nav class="breadcrumbs"[\s\S]*?<\/nav>/.exec(html(built, path))?.[0].matchAll(/href="([^"]+)"/g) ?? []),
      ].map(([, href = '']) => href);
    expect(crumbs('guide/deep/x.html')).toEqual(['../../index.html', '../index.html']);
    expect(crumbs('guide/index.html')).toEqual(['../index.html']);
    expect(crumbs('z.html')).toEqual([]);
  });

  it('has a page for wrong addresses whose links start at the base path, and no other absolute link', () => {
    const under = site(book, nothing, '/course/');
    expect(html(under, '404.html')).toMatch(/<link rel="stylesheet" href="\/course\/assets\/style-[0-9a-f]{8}\.css">/);
    expect(html(under, '404.html')).toContain('href="/course/guide/index.html"');
    for (const path of under.files.keys())
      if (path.endsWith('.html') && path !== '404.html') expect(html(under, path)).not.toMatch(/(?:href|src)="\//);
  });

  it('carries its search index as a script', () => {
    const [, script = ''] = [...built.files].find(([path]) => path.includes('search-index')) ?? [];
    const pages = JSON.parse(/\.provide\("search",([\s\S]*)\);\n$/.exec(script)?.[1] ?? '') as SearchPage[];
    // Seven pages with a part each before the first heading, but for the one that starts with its two headings.
    expect(pages.map(([, , parts]) => parts.length)).toEqual([1, 1, 1, 1, 2, 1, 1]);
  });
});

describe('settings', () => {
  it('name the site, its language and its address', () => {
    const built = site({
      ...book,
      'colophon.yaml': 'title: The book\nurl: https://example.org/course\nlanguage: de\n',
      'z.md': page('Z & co', 'Text.', 'date: 2026-01-02\n'),
    });
    expect(built.problems).toEqual([]);
    expect(html(built, 'z.html')).toContain('<html lang="de">');
    expect(html(built, 'z.html')).toContain('<title>Z &amp; co · The book</title>');
    expect(html(built, 'guide/a.html')).toContain(
      '<link rel="canonical" href="https://example.org/course/guide/a.html">',
    );
    const map = html(built, 'sitemap.xml');
    expect(map).toContain('<loc>https://example.org/course/z.html</loc><lastmod>2026-01-02</lastmod>');
    expect(map.match(/<url>/g)).toHaveLength(9);
  });

  it('that are wrong are problems with their places, all at once', () => {
    expect(at(site({ ...book, 'colophon.yaml': 'titel: x\nurl: example.org\nlanguage: [a]\n' }))).toEqual([
      'colophon.yaml:1:1 unknown-option "titel" is not a setting of a report',
      'colophon.yaml:2:6 invalid-option "url" must be an address such as https://example.org/course/',
      'colophon.yaml:3:11 invalid-option "language" must be a language such as en or pt-BR',
    ]);
  });
});

describe('a line of the contents', () => {
  it("of a report's own template may differ from page to page", () => {
    const own = '<li>{{@root.title}} shows {{title}}{{#if entries}}{{> contents-entries}}{{/if}}</li>';
    const built = site({ ...book, 'templates/contents-entry.hbs': own });
    for (const [path, title] of [
      ['index.html', 'Home'],
      ['z.html', 'First after home'],
      ['guide/b.html', 'B'],
    ] as const)
      expect(contents(html(built, path))).toContain(`<li>${title} shows Appendix</li>`);
  });

  it('leads to its page from every folder', () => {
    const built = site(book);
    for (const [path, href] of [
      ['z.html', 'appendix.html'],
      ['guide/b.html', '../appendix.html'],
      ['guide/deep/x.html', '../../appendix.html'],
      ['404.html', '/appendix.html'],
    ] as const)
      expect(contents(html(built, path))).toContain(`<li><a href="${href}">Appendix</a></li>`);
  });
});

describe('links', () => {
  it('to what is not on a page are problems with their places', () => {
    const built = site({
      'index.md': page('A', 'See [there](b.md#part) and [not](b.md#prt).\n\n[here](#nowhere)[^1]\n\n[^1]: A note.'),
      'b.md': page('B', '## Part'),
    });
    expect(at(built)).toEqual([
      'index.md:5:28 broken-link there is nothing called "prt" on the page b.html',
      'index.md:7:1 broken-link there is nothing called "nowhere" on the page index.html',
    ]);
    expect(built.problems[0]?.hint).toBe('did you mean "part"?');
  });

  it('to a moment of a figure name its sliders', () => {
    const links = ['fig-m&step=400&hidden=10&unit=3', 'fig-m&stpe=400', 'fig-still&step=400', 'fig-n&step=400'];
    const built = site({
      'index.md': page('A', links.map((fragment) => `[there](b.md#${fragment})`).join('\n\n')),
      'b.md': page(
        'B',
        '```figure #fig-m\nshow: net.fit\nslider: [step, hidden]\n```\n\n```figure #fig-still\nshow: net.fit\n```',
      ),
    });
    expect(at(built).filter((problem) => problem.includes('broken-link'))).toEqual([
      'index.md:7:1 broken-link "fig-m" has no slider "stpe"',
      'index.md:9:1 broken-link "fig-still" has no slider "step"',
      'index.md:11:1 broken-link there is nothing called "fig-n" on the page b.html',
    ]);
    expect(built.problems.map(({ hint }) => hint)).toEqual(
      expect.arrayContaining(['did you mean "step"?', 'leave "&step=400" out', 'did you mean "fig-m"?']),
    );
  });

  it('of a template that lead nowhere are problems', () => {
    expect(at(site({ ...book, 'templates/footer.hbs': '<footer><a href="gone.html">x</a></footer>' }))[0]).toContain(
      'broken-link the page index.html links to "gone.html", which is not in the site',
    );
  });

  it('to other sites are listed and not asked', () => {
    const { report } = readReport(
      reportFolder({ 'index.md': page('A', 'See [that](https://example.org/x#y).') }),
      directiveKinds,
    );
    expect(renderPages(report, nothing).externalLinks).toMatchObject([
      { to: 'https://example.org/x#y', place: { line: 5, column: 5 } },
    ]);
  });
});

it('a page of ours is never put over an author’s', () => {
  expect(at(site({ ...book, 'experiments.md': page('Mine') }))).toEqual([
    'experiments.md:1:1 shared-address Colophon writes a page of its own to experiments.html',
  ]);
});

it('what two directives ask for is one computation', () => {
  const run = (id: string, key: string): RunNote => ({
    ...{ id, name: id, coordinates: [], inputs: [], key, profile: 'p/1', device: 'CPU' },
  });
  const blocks = ['waves', 'again'].map((id) => block(`dataset #${id}`, 'function: step'));
  const experiments = new Map(['waves', 'again'].map((id) => [id, [run(id, 'the-key')]]));
  const text = html(
    site({ 'index.md': page('Home', blocks.join('\n\n')) }, { ...nothing, experiments }),
    'experiments.html',
  );
  expect(text).toContain('>again<');
  expect(text).toContain('1 computation, ');
});

it('the page of all experiments says what ran, on what, and where it is used', () => {
  const run = (id: string, name: string, inputs: string[]): RunNote => ({
    ...{ id, name, coordinates: [], inputs, key: `${name}-key`, profile: 'p/1', device: 'CPU' },
  });
  const files = {
    'index.md': page(
      'Home',
      [block('dataset #waves', 'function: step'), block('train #net', 'data: waves')].join('\n\n'),
    ),
  };
  const experiments = new Map([
    ['waves', [run('waves', 'waves', [])]],
    ['net', [run('net', 'net[a=1]', ['waves']), run('net', 'net[a=2]', ['waves'])]],
  ]);
  const built = site(files, { ...nothing, experiments });
  const text = html(built, 'experiments.html');
  expect(text).toContain('3 computations');
  expect(text).toMatch(/href="index\.html#exp-waves"><code>waves<\/code>.*>Dataset<.*>1<.*CPU, p\/1.*#exp-net">net</);
  // Each is a box of the graph, with the keys of all of its runs for the time that they took.
  expect(html(built, 'provenance.html')).toMatch(
    /href="index\.html#exp-net"><title>Training, 2 runs: net<\/title>.*data-keys="net\[a=1\]-key net\[a=2\]-key"/,
  );
});
