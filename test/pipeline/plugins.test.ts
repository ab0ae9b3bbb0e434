/** Plugins for remark and rehype that a report names: real ones from packages, small ones of its own, and those that fail. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, siteOf } from '../colophon.js';
import { block, reportFolder, waves } from '../report-folder.js';
import { everyNth } from '../every-nth.js';

const root = join(import.meta.dirname, '../..');

/** A report in a project whose packages are those of this one. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = reportFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`report/${name}`, text])),
  );
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function build(
  folder: string,
  ...options: string[]
): { readonly code: number | null; readonly said: string; readonly page: () => string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'build', 'report', ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr, page: () => readFileSync(join(folder, 'site/index.html'), 'utf8') };
}

/** A plugin of a report's own, from the body of its transformer. */
const own = (body: string): string => `export default (options) => (tree, file) => {\n${body}\n};\n`;

const settings = `plugins:
  remark: [remark-gemoji, remark-cjk-friendly, [./plugins/shout.mjs, { mark: "!!" }]]
  rehype: [[rehype-external-links, { target: _blank, rel: [noopener] }], rehype-autolink-headings]
`;

const shout = `import { visit } from 'unist-util-visit';
import { loud } from './loud.mjs';
export default ({ mark }) => (tree) => visit(tree, 'text', (node) => {
  node.value = node.value.replaceAll('LOUD', loud + mark);
});
`;

const page = `---
title: T
---

## A :cat: heading

**「强调」**中文 is LOUD, and [elsewhere](https://example.org/a) is far.

${waves}
`;

describe('real plugins', () => {
  let folder: string;
  beforeAll(() => {
    folder = project({
      'index.md': page,
      'colophon.yaml': settings,
      'plugins/shout.mjs': shout,
      'plugins/loud.mjs': "export const loud = 'very loud';\n",
    });
  });

  it('are not run unless the build is trusted, which is said at their place', () => {
    const { code, said, page } = build(folder);
    expect(code).toBe(0);
    expect(said).toContain('colophon.yaml:1:1');
    expect(said).toContain('untrusted-plugin');
    expect(said).toContain('plugins are code; these 5 are not run; add --trust if this report is your own');
    expect(page()).toContain(':cat:');
  });

  it('change what is read and what is written, contents and ids included', () => {
    const { code, said, page } = build(folder, '--trust');
    expect({ code, said }).toMatchObject({ code: 0 });
    const html = page();
    expect(html).toContain('🐱');
    expect(html).not.toContain(':cat:');
    expect(html).toContain('<strong>「强调」</strong>中文');
    expect(html).toContain('very loud!!');
    expect(html).toContain('<a href="https://example.org/a" rel="noopener" target="_blank">elsewhere</a>');
    // rehype-autolink-headings puts a link with a hidden icon first.
    expect(html).toMatch(
      /<h2 id="a--heading"><a aria-hidden="true" tabindex="-1" href="#a--heading"><span class="icon icon-link">/,
    );
    expect(said).not.toMatch(/warning/);
  });

  it('are part of what a page is made from: an edit to one, to what it loads, or to its options shows at the next build', () => {
    writeFileSync(join(folder, 'report/plugins/loud.mjs'), "export const loud = 'louder';\n");
    expect(build(folder, '--trust').page()).toContain('louder!!');
    writeFileSync(join(folder, 'report/colophon.yaml'), settings.replace('"!!"', '"?!"'));
    expect(build(folder, '--trust').page()).toContain('louder?!');
    expect(build(folder).page()).toContain('LOUD');
  });

  it('work on the pages that colophon plan, verify and results read', () => {
    for (const words of [
      ['plan', 'report', '--trust'],
      ['verify', 'report', '--trust'],
      ['results', 'waves', '--report', 'report', '--trust'],
    ])
      expect(execFileSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8' })).not.toContain(
        'plugin',
      );
  });
});

it('the plugins of the guide do what the guide says', () => {
  const guide = readFileSync(join(root, 'report/guide/plugins.md'), 'utf8');
  const code = (name: string): string =>
    new RegExp(`\`\`\`js title="plugins/${name}"\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? '';
  const folder = project({
    'index.md': '# T\n\nThe [proof](other.md) is TODO here, *since {{since.txt}}*.\n',
    'other.md': '# Other\n',
    'colophon.yaml': 'plugins: { remark: [./first-line.mjs], rehype: [./mark-todo.mjs] }\n',
    'since.txt': 'May\nJune\n',
    'mark-todo.mjs': code('mark-todo.mjs'),
    'first-line.mjs': code('first-line.mjs'),
  });
  const { code: status, said, page } = build(folder, '--trust');
  expect({ status, said }).toMatchObject({ status: 0 });
  expect(page()).toContain('<p>The <a href="other.html">proof</a> is <mark>TODO</mark> here, <em>since May</em>.</p>');
  expect(said).toMatch(/index\.md:3:\d+ .*left to do/);
});

it('a plugin that copies the whole tree changes nothing', () => {
  const files = {
    'index.md':
      '# T\n\n## A part\n\nTo [there](other.md), @sec-there, a note[^1] and ![a picture](dot.png).\n\n[^1]: It.\n',
    'other.md': '# Other\n\n## There {#sec-there}\n',
    'dot.png': 'png',
  };
  const plain = project(files);
  const copied = project({
    ...files,
    'colophon.yaml': 'plugins: { rehype: [./copy.mjs] }\n',
    'copy.mjs': own('return structuredClone(tree);'),
  });
  const { said, page } = build(copied, '--trust');
  expect(said).not.toMatch(/warning|problem/);
  build(plain);
  const article = (html: string): string | undefined => /<article>[\s\S]*<\/article>/.exec(html)?.[0];
  expect(article(page())).toBe(article(readFileSync(join(plain, 'site/index.html'), 'utf8')));
});

it('asynchronous plugins are waited for, whatever way they are written, in pages and captions, and pages are remembered', () => {
  const folder = project({
    'index.md': `# T\n\nWORD of\nLAST and NEXT.\n\n${waves}\n\n${block('figure', 'show: waves.data', 'caption: A WORD.')}\n`,
    'other.md': '# Other\n\nNothing to do.\n',
    'colophon.yaml': 'plugins: { remark: [./words.mjs], rehype: [./last.mjs, [./next.mjs, { to: 3 }]] }\n',
    'words.txt': 'read from a file',
    // A promise for some pages only, as many do it.
    'words.mjs': `import { readFile } from 'node:fs/promises';
import { visit } from 'unist-util-visit';
export default () => (tree, file) => {
  const found = [];
  visit(tree, 'text', (node) => { if (node.value.includes('WORD')) found.push(node); });
  if (found.length === 0) return undefined;
  return readFile(new URL('words.txt', import.meta.url), 'utf8').then((text) => {
    for (const node of found) node.value = node.value.replace('WORD', text);
    file.message('a word was read', found[0]);
  });
};
`,
    'last.mjs': `import { setTimeout } from 'node:timers/promises';
export default () => async (tree) => {
  await setTimeout(1);
  return JSON.parse(JSON.stringify(tree).replace('LAST', 'the last'));
};
`,
    'next.mjs': `export default ({ to }) => (tree, file, next) => {
  setTimeout(() => next(null, JSON.parse(JSON.stringify(tree).replace('NEXT', 'next ' + to))));
};
`,
  });
  const { code, said, page } = build(folder, '--trust');
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(page()).toContain('<p>read from a file of\nthe last and next 3.</p>');
  expect(page()).toContain('A read from a file.');
  expect(said).toMatch(/index\.md:3:1 .*a word was read; said by the plugin \.\/words\.mjs/);
  // The site is gone, and its pages are written again without being read again first.
  const before = siteOf(join(folder, 'site'));
  rmSync(join(folder, 'site'), { recursive: true });
  build(folder, '--trust');
  expect(siteOf(join(folder, 'site'))).toEqual(before);
});

it('a plugin whose promise never settles is ended by a limit, once, and named', () => {
  const folder = project({
    'index.md': '# T\n\nText.\n',
    'other.md': '# Other\n',
    'colophon.yaml': 'plugins: { remark: [./p.mjs] }\n',
    'p.mjs': own('return new Promise(() => {});'),
  });
  const { code, said } = build(folder, '--trust', '--limit', 'plugin-time=0.2');
  expect(code).toBe(1);
  const failed = 'the plugin ./p.mjs failed: it has not come to an end within 0.2 seconds, the limit plugin-time';
  for (const page of ['index.md', 'other.md']) expect(said).toContain(`${page}:1:1`);
  expect(said.split(failed)).toHaveLength(3);
});

const rehypeOnly = (name: string): string => `plugins: { rehype: [${name}] }\n`;

describe('what a plugin puts into a page', () => {
  const evil = own(`tree.children.push(
    { type: 'element', tagName: 'script', properties: {}, children: [{ type: 'text', value: 'alert(1)' }] },
    { type: 'element', tagName: 'iframe', properties: { src: 'https://example.org' }, children: [] },
    { type: 'element', tagName: 'p', properties: { onClick: 'alert(1)', id: 'colophon.contents', style: 'color: red' }, children: [{ type: 'text', value: 'kept' }] },
    { type: 'element', tagName: 'a', properties: { href: 'javascript:alert(1)' }, children: [{ type: 'text', value: 'link' }] },
    { type: 'element', tagName: 'img', properties: { src: 'https://example.org/a.png', alt: 'far' }, children: [] },
    { type: 'raw', value: '<b onclick="x()">raw</b><object data="x"></object>' },
  );
  tree.children[0].properties.onFocus = 'alert(1)';`);
  let folder: string;
  beforeAll(() => {
    folder = project({ 'index.md': '# T\n\nText.\n', 'colophon.yaml': rehypeOnly('./evil.mjs'), 'evil.mjs': evil });
  });

  it('is cleaned, and what is left out is said with the name of the plugin', () => {
    writeFileSync(join(folder, 'report/evil.mjs'), evil.replace(/.*javascript:.*\n/, ''));
    const { code, said, page } = build(folder, '--trust');
    expect({ code, said }).toMatchObject({ code: 0 });
    const article = /<article>([\s\S]*)<\/article>/.exec(page())?.[1] ?? '';
    expect(article).not.toMatch(/<script|<iframe|<object|onclick|onfocus|style=|colophon\.contents|<img/i);
    expect(article).toContain('<p>kept</p>');
    expect(article).toContain('<a href="https://example.org/a.png">far</a>');
    expect(article).toContain('<b>raw</b>');
    for (const what of [
      '<script>',
      '<iframe>',
      'the attribute "onclick" of <p>',
      'the attribute "style" of <p>',
      'the attribute "onfocus" of <p>',
    ])
      expect(said).toContain(`plugin-html  the plugin ./evil.mjs puts ${what} into the page`);
  });

  it('is published as it is only when the person who builds says so; the look at the finished page stays', () => {
    const style = own(
      "tree.children.push({ type: 'element', tagName: 'dialog', properties: { dataX: '1' }, children: [] });",
    );
    writeFileSync(join(folder, 'report/evil.mjs'), style);
    expect(build(folder, '--trust').page()).not.toContain('<dialog');
    expect(build(folder, '--trust', '--keep-plugin-html').page()).toContain('<dialog data-x="1"></dialog>');
    expect(build(folder, '--keep-plugin-html').page()).not.toContain('<dialog');
    writeFileSync(join(folder, 'report/evil.mjs'), evil);
    const { code, said } = build(folder, '--trust', '--keep-plugin-html');
    expect(code).toBe(1);
    expect(said).toContain('unsafe-page');
  });
});

describe('a plugin that fails is named, with page and place', () => {
  const at = (point: string): string => `throw Object.assign(new Error('no such word'), { place: ${point} });`;
  it.each(
    everyNth(6, [
      [
        'while a page is read',
        'remark',
        own(at('{ line: 3, column: 2 }')),
        'index.md:3:2',
        'the plugin ./p.mjs failed: no such word',
      ],
      [
        'while a page is written',
        'rehype',
        own(at('tree.children[0].position')),
        'index.md:3:1',
        'the plugin ./p.mjs failed: no such word',
      ],
      ['without a place', 'rehype', own("throw new Error('x');"), 'index.md:1:1', 'the plugin ./p.mjs failed: x'],
      [
        'with a message of its own',
        'remark',
        own("file.fail('too long', tree.children[1]);"),
        'index.md:3:1',
        'the plugin ./p.mjs failed: too long',
      ],
      [
        'when it is attached',
        'remark',
        "export default () => { throw new Error('bad options'); };",
        'colophon.yaml:1:',
        'the plugin ./p.mjs failed: bad options',
      ],
      [
        'when its promise fails',
        'rehype',
        own('return Promise.reject(Object.assign(new Error("no answer"), { place: tree.children[0].position }));'),
        'index.md:3:1',
        'the plugin ./p.mjs failed: no answer',
      ],
      [
        'when a promise puts functions into the tree',
        'remark',
        own('return Promise.resolve().then(() => { tree.children[0].data = { read: () => 1 }; });'),
        'index.md:1:1',
        'could not be cloned',
      ],
      [
        'when it ends the process while it is waited for',
        'remark',
        'export default () => async () => { process.exit(0); };',
        'index.md:1:1',
        'it calls process.exit, which would end the build',
      ],
      [
        'when a timer of its fails while it is waited for',
        'rehype',
        own('return new Promise(() => setTimeout(() => { throw new Error("too early"); }));'),
        'index.md:1:1',
        'the plugin ./p.mjs failed: too early',
      ],
      [
        'when it leaves a node twice',
        'rehype',
        own('tree.children.push(tree.children[0]);'),
        'index.md:1:1',
        'stands in it twice',
      ],
      [
        'when it leaves a circle',
        'rehype',
        own('tree.children[0].children.push(tree);'),
        'index.md:1:1',
        'stands in it twice',
      ],
      [
        'when it leaves no nodes',
        'remark',
        own('tree.children.push(null);'),
        'index.md:1:1',
        'every node is an object with a type',
      ],
      ['when it leaves no tree', 'remark', own('return 5;'), 'index.md:1:1', 'a tree starts with a root'],
      ['when it takes the children', 'remark', own('delete tree.children;'), 'index.md:1:1', 'has no list of children'],
      [
        'when it leaves a number as text',
        'remark',
        own('tree.children[1].children[0].value = 5;'),
        'index.md:1:1',
        'is no text',
      ],
      [
        'when attributes are none',
        'rehype',
        own('tree.children[0].properties = null;'),
        'index.md:1:1',
        'properties are text',
      ],
      [
        'when attributes are big numbers',
        'rehype',
        own('tree.children[0].properties.x = 5n;'),
        'index.md:1:1',
        'properties are text',
      ],
      [
        'when it throws what is no error',
        'rehype',
        own('throw Object.create(null);'),
        'index.md:1:1',
        'it throws what is no error',
      ],
      [
        'when it takes what is noted of the page',
        'rehype',
        own('file.data = {};'),
        'index.md:1:1',
        'the plugin of this report failed',
      ],
      ['when it is no plugin', 'remark', 'export const a = 1;', 'colophon.yaml:1:', 'exports no plugin'],
      ['when it cannot be loaded', 'remark', 'import "./none.mjs";', 'colophon.yaml:1:', 'cannot be loaded'],
      [
        'when it ends the process',
        'remark',
        own('process.exit(0);'),
        'index.md:1:1',
        'the plugin ./p.mjs failed: it calls process.exit, which would end the build',
      ],
      [
        'when loading it ends the process',
        'rehype',
        'process.exit(0);\nexport default () => undefined;',
        'colophon.yaml:1:',
        'cannot be loaded: it calls process.exit',
      ],
    ]),
  )('%s', (_when, chain, code, place, message) => {
    const folder = project({
      'index.md': '# T\n\nText.\n',
      'colophon.yaml': `plugins: { ${chain}: [./p.mjs] }\n`,
      'p.mjs': code,
    });
    const { code: status, said } = build(folder, '--trust');
    expect({ status, said: said.includes(place) && said.includes(message) ? 'so' : said }).toEqual({
      status: 1,
      said: 'so',
    });
    // What is wrong with loading it is told of colophon.yaml, before any page is read.
    expect(said).toContain(place.startsWith('colophon.yaml') ? 'unknown-plugin' : 'plugin-failed');
    expect(said).not.toMatch(/\n\s+at /);
  });

  it.each(
    everyNth(4, [
      ['remark-nowhere', 'there is no package "remark-nowhere"', 'npm install remark-nowhere'],
      ['./none.mjs', 'there is no such file', 'name a JavaScript file of the report'],
      ['../p.mjs', '', 'name a JavaScript file of the report'],
      ['node:fs', 'it is a part of Node', 'name a package or a file that is a plugin'],
      ['broken', 'in JSON', 'reinstall it: npm install broken'],
    ]),
  )('%s is not found', (name, message, hint) => {
    const folder = project({
      'index.md': '# T\n',
      'colophon.yaml': `plugins: { remark: ["${name}"] }\n`,
      'node_modules/broken/package.json': '{',
    });
    writeFileSync(join(folder, 'p.mjs'), own(''));
    const { code, said } = build(folder, '--trust');
    expect(code).toBe(1);
    expect(said).toContain(message);
    expect(said).toContain('colophon.yaml:1:21  unknown-plugin');
    expect(said).toContain(hint);
  });

  it.each(
    everyNth(3, [
      ['a promise of its fails', "Promise.reject(new Error('lost'));", 'lost'],
      ['a timer of its fails', "setTimeout(() => { throw new Error('too late'); });", 'too late'],
      ['a timer of its ends the process', 'setTimeout(() => process.exit(0));', 'it calls process.exit'],
    ]),
  )('when %s, and the site stays as it was', (_when, code, message) => {
    const folder = project({ 'index.md': `# T\n\n${waves}\n` });
    build(folder);
    const before = siteOf(join(folder, 'site'));
    const report = join(folder, 'report');
    writeFileSync(join(report, 'index.md'), `# Changed\n\n${waves}\n`);
    writeFileSync(join(report, 'colophon.yaml'), 'plugins: { remark: [./p.mjs] }\n');
    writeFileSync(join(report, 'p.mjs'), own(code));
    const { code: status, said } = build(folder, '--trust');
    expect(said).toContain(`plugin-failed  the plugin ./p.mjs failed outside of its turn: ${message}`);
    expect(said).not.toMatch(/\n\s+at /);
    expect({ status, site: siteOf(join(folder, 'site')) }).toEqual({ status: 1, site: before });
  });

  it('one that leaves a timer running does not keep the build from ending', () => {
    const folder = project({
      'index.md': '# T\n\nText.\n',
      'colophon.yaml': 'plugins: { remark: [./p.mjs] }\n',
      'p.mjs': `setInterval(() => {}, 1000);\n${own('')}`,
    });
    expect(build(folder, '--trust').code).toBe(0);
  });

  it('a message that a plugin leaves is a warning at its place', () => {
    const folder = project({
      'index.md': '# T\n\nText.\n',
      'colophon.yaml': 'plugins: { remark: [./p.mjs] }\n',
      'p.mjs': own("file.message('say it shorter', tree.children[1], 'style:short');"),
    });
    const { code, said } = build(folder, '--trust');
    expect(code).toBe(0);
    expect(said).toContain('index.md:3:1');
    expect(said).toContain('plugin-message  say it shorter; said by the plugin style:short');
  });
});
