/** What of a report's files the site may have: kinds that cannot act, at addresses that nothing else has. */
import { describe, expect, it } from 'vitest';
import { publishable } from '../../src/render/publishable.js';
import { article, page, render, rules } from './render-report.js';

const bytes = new TextEncoder().encode('x');
const address = (path: string): string => {
  const file = publishable(path, bytes);
  return 'refused' in file ? 'refused' : file.address;
};

describe('a linked file', () => {
  it.each([
    ...[
      'evil.html',
      'EVIL.HTML',
      'a/evil.htm',
      'x.xhtml',
      'x.js',
      'x.mjs',
      'x.css',
      'x.wasm',
      'x.svgz',
      'x.php',
      'x.phtml',
    ],
    ...[
      'x.jsp',
      'x.asp',
      'x.shtml',
      'x.swf',
      'x.exe',
      'x.dmg',
      'x.jar',
      'x.pkl',
      'x.xsl',
      'x.webmanifest',
      'x.htaccess',
    ],
    ...[
      '_worker.js',
      '_redirects',
      '_headers',
      '_routes.json',
      '_config.yml',
      'a/_redirects',
      'CNAME',
      'cname',
      'web.config',
    ],
    ...[
      'robots.txt',
      'vercel.json',
      'netlify.toml',
      'staticwebapp.config.json',
      'assets',
      'noextension',
      'x.',
      'x.png ',
    ],
    ...[
      'page.html.gz',
      'page.js.txt',
      'shell.php.png',
      'x.svg.gz',
      'x.png.',
      'a:b.png',
      'a\\b.png',
      'a\nb.png',
      'a?.png',
    ],
  ])('%j is not published', (path) => {
    expect(address(path)).toBe('refused');
  });

  it.each([
    ['photo.PNG', 'photo.PNG'],
    ['a/paper.pdf', 'a/paper.pdf'],
    ['data.v1.2.csv', 'data.v1.2.csv'],
    ['weights.tar.gz', 'weights.tar.gz'],
    ['notes.ipynb', 'notes.ipynb'],
    ['code/train.py', 'code/train-py.txt'],
    ['env.yaml', 'env-yaml.txt'],
    ['page.xml', 'page-xml.txt'],
    ['Makefile', 'Makefile.txt'],
  ])('%s is published as %s', (path, as) => {
    expect(address(path)).toBe(as);
  });

  it('of a kind that can act is a problem that says what to do', () => {
    const { problems } = render({ 'index.md': page('[a](evil.html)'), 'evil.html': '<script>alert(1)</script>' });
    expect(problems).toMatchObject([
      { rule: 'broken-link', place: { line: 5, column: 1 }, hint: expect.stringContaining('.zip') as string },
    ]);
  });

  it('that is source code is linked to under its address, as text', () => {
    const { pages, problems } = render({ 'index.md': page('[a](train.py)'), 'train.py': '<script>alert(1)</script>' });
    expect(problems).toEqual([]);
    expect(article(pages, 'index.html')).toContain('href="train-py.txt"');
    expect([...pages.keys()]).not.toContain('train.py');
  });

  it('that is an SVG is cleaned, and what is left out is said', () => {
    const picture = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><circle r="1"/></svg>';
    const { pages, problems } = render({ 'index.md': page('![a](p.svg)'), 'p.svg': picture });
    expect(pages.get('p.svg')).toBe('<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>\n');
    expect(problems).toMatchObject([{ rule: 'cleaned-picture', severity: 'warning', place: { line: 5, column: 1 } }]);
    expect(rules(render({ 'index.md': page('![a](p.svg)'), 'p.svg': '<html/>' }))).toEqual([
      'index.md:5:1 broken-link',
    ]);
  });
});

describe('an address of the site', () => {
  const label = '## Other {#sec-other}';
  it.each([
    [
      'a figure’s drawing',
      {
        'index.md': page('[a](figures/fig-a.svg)\n\n```figure #fig-a\nshow: x.fit\n```'),
        'figures/fig-a.svg': '<svg/>',
      },
      'index.md:5:1 broken-link',
    ],
    [
      'a table’s numbers, in other letters',
      { 'index.md': page('[a](Figures/TBL-a.CSV)\n\n```table #tbl-a\nrows: x\n```'), 'Figures/TBL-a.CSV': 'x' },
      'index.md:5:1 broken-link',
    ],
    ['a card', { 'index.md': page('[a](cards/index.png)'), 'cards/index.png': 'x' }, 'index.md:5:1 broken-link'],
    [
      'text that stands for code',
      { 'index.md': page('[a](x.py) [b](x-py.txt)'), 'x.py': 'x', 'x-py.txt': 'y' },
      'index.md:5:11 broken-link',
    ],
    [
      'a file in other letters',
      { 'index.md': page('[a](a.csv) [b](A.csv)'), 'a.csv': 'x', 'A.csv': 'y' },
      'index.md:5:12 broken-link',
    ],
    [
      'a file in another form of Unicode',
      { 'index.md': page('[a](caf\u00e9.csv) [b](cafe\u0301.csv)'), 'caf\u00e9.csv': 'x', 'cafe\u0301.csv': 'y' },
      'index.md:5:15 broken-link',
    ],
    [
      'the data of a figure as a page',
      { 'index.md': page('```figure #fig-a\nshow: x.fit\n```'), 'figures/fig-a.md': page('x') },
      'figures/fig-a.md:1:1 shared-address',
    ],
    [
      'a folder with the name of a page',
      { 'index.md': page('x'), 'a.md': page('x'), 'a.html/b.md': page('x') },
      'a.md:1:1 shared-address',
    ],
    [
      'two previews, but for their case',
      { 'index.md': page('@sec-other @sec-Other'), 'b.md': page(`${label}\n\n## Others {#sec-Other}`) },
      'b.md:7:1 shared-address',
    ],
  ])('that is that of %s is not taken', (_name, files, problem) => {
    expect(rules(render(files as unknown as Record<string, string>))).toContain(problem);
  });

  it('of ours is ours, whatever the report has: no script of an author’s is published at all', () => {
    const script = `${'\n'.repeat(200)}alert(1)`;
    for (const name of ['build-info.js', 'previews/sec-other.js', 'search-index.js', 'assets/page-00000000.js']) {
      const { pages, problems } = render({ 'index.md': page(`[a](${name})`), [name]: script });
      expect(rules({ problems }), name).toEqual(['index.md:5:1 broken-link']);
      expect(pages.get(name) ?? '', name).not.toContain('alert(1)');
    }
  });
});
