/**
 * A page that an earlier build rendered is published again only while nothing that it shows has changed: whatever is
 * changed, the site is the one that a build from an empty store makes.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { savedMemos } from '../../src/pipeline/memos.js';
import { sha256 } from '../../src/shared/hash.js';
import { type Content, contentOf, isLazy } from '../../src/shared/content.js';
import { renderPages } from '../../src/render/render-pages.js';
import { loadTemplates } from '../../src/render/templates.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { colophon, siteOf } from '../colophon.js';
import { block, reportFolder, small, temporaryFolder, waves, writeFiles } from '../report-folder.js';
import { nothing } from '../render/render-report.js';

const page = (title: string, body: string, more = ''): string => `---\ntitle: ${title}\n${more}---\n\n${body}\n`;

const book: Readonly<Record<string, string>> = {
  'index.md': page('Home', 'See @sec-method, @eq-loss, @fig-photo and [the notes](b.md#later). As @one2020 has it.'),
  'a.md': page('Alpha', '## Method {#sec-method}\n\n$$\nx^2\n$$ {#eq-loss}\n\n### Deeper', 'order: 1\n'),
  'b.md': page('Beta', '## Later\n\n![A photo](p.svg){#fig-photo}\n\nText.', 'order: 2\n'),
  'c/index.md': page('Folder', `${waves}\n\n${small}\n\nIt ends at \`= small[hidden=4].test-error .3f\`.`),
  'c/d.md': page(
    'Inside',
    block('figure #fig-curves', 'show: small.learning-curves', 'facet: [hidden]', 'slider: step'),
  ),
  'p.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
  'references.bib': '@book{one2020, author={Ann One}, title={A Book}, year={2020}}\n',
};

/** A change of the report: files as they become, undefined for one that goes. */
type Change = Readonly<Record<string, string | undefined>>;

const changes: Readonly<Record<string, Change>> = {
  'a sentence': { 'b.md': book['b.md']?.replace('Text.', 'Other text.') },
  'a label of another page': {
    'a.md': book['a.md']?.replace('sec-method', 'sec-way'),
    'index.md': book['index.md']?.replace('sec-method', 'sec-way'),
  },
  'a heading that others name': { 'a.md': book['a.md']?.replace('## Method', '## The way') },
  'an equation before another': {
    'a.md': book['a.md']?.replace('## Method', () => '$$\ny\n$$ {#eq-first}\n\n## Method'),
  },
  'a title': { 'b.md': book['b.md']?.replace('title: Beta', 'title: Gamma') },
  'the order of the pages': { 'b.md': book['b.md']?.replace('order: 2', 'order: 0') },
  'a page more': { 'e.md': page('New', 'Text.') },
  'a page less': { 'c/d.md': undefined },
  'a template': { 'templates/footer.hbs': '<footer>Ours: {{title}}</footer>\n' },
  'the stylesheet': { 'theme.css': ':root { --measure: 30rem; }\n' },
  'the icon': { 'templates/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"/>' },
  'numbered sections': { 'colophon.yaml': 'number-sections: true\n' },
  'the language': { 'colophon.yaml': 'language: de\n' },
  'the address': { 'colophon.yaml': 'url: https://example.org/\n' },
  'the style of citations': { 'colophon.yaml': 'citation-style: numeric\n' },
  'a work that is cited': { 'references.bib': book['references.bib']?.replace('2020}}', '2021}}') },
  'an image': { 'p.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 3"/>' },
  'an experiment': { 'c/index.md': book['c/index.md']?.replace('samples: 20', 'samples: 21') },
  'a caption': {
    'c/d.md': book['c/d.md']?.replace('slider: step', 'slider: step\ncaption: Errors'),
  },
};

/** A change that only a computation shows, tried with the whole program below. */
const computed = 'an experiment';

/** The files of a site, by what notes of earlier ones say of them or by what they are; and the notes for the next one. */
function rendered(
  report: string,
  left: ReadonlyMap<string, Uint8Array> = new Map(),
): { files: Map<string, string>; known: number; left: ReadonlyMap<string, Uint8Array> } {
  const remembered = new Map(left);
  const memos = savedMemos(
    {
      recall: (name) => left.get(name),
      remember: (name, content) => {
        remembered.set(name, content);
      },
    },
    report,
  );
  const read = readReport(report, directiveKinds, { memo: memos.pages });
  const { files, problems } = renderPages(read.report, nothing, {
    memo: memos.render,
    templates: loadTemplates(read.report.files, { trust: true }),
  });
  expect([...read.problems, ...problems]).toEqual([]);
  memos.save();
  const isKnown = (content: Content): boolean => isLazy(content) && content.digest !== undefined;
  return {
    files: new Map(
      files.map(({ path, content }) => [
        path,
        isLazy(content) && content.digest !== undefined ? content.digest : sha256(contentOf(content)),
      ]),
    ),
    known: files.filter(({ content }) => isKnown(content)).length,
    left: remembered,
  };
}

describe('a site after a change, by what an earlier build noted, is the one of a build that knows nothing:', () => {
  const before = reportFolder(book);
  const first = rendered(before);

  it('(without a change, every page is known, and every preview)', () => {
    expect([...first.files.keys()].filter((path) => path.startsWith('previews/'))).toHaveLength(3);
    expect(rendered(before, first.left)).toEqual({ ...first, known: 8 + 3 });
  });

  it.each(Object.entries(changes).filter(([name]) => name !== computed))('%s', (_name, change) => {
    reset(before);
    apply(before, change);
    const after = rendered(before, first.left);
    expect(after.files).toEqual(rendered(before).files);
    expect(after.files).not.toEqual(first.files);
  });
});

let project = '';
beforeAll(() => {
  project = reportFolder({});
  writeFiles(join(project, 'report'), book);
  expect(colophon(project, 'build', 'report')).toMatchObject({ code: 0 });
}, 60_000);

function reset(report = join(project, 'report')): void {
  rmSync(report, { recursive: true, force: true });
  writeFiles(report, book);
}

function apply(report: string, change: Change): void {
  for (const [file, text] of Object.entries(change)) {
    if (text === undefined) rmSync(join(report, file));
    else writeFiles(report, { [file]: text });
  }
}

/** The files of the notes. */
function notes(): string[] {
  const folder = join(project, '.colophon/v1/notes');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

it('after another result, and once more without the site, the whole program writes what it writes from an empty store', () => {
  apply(join(project, 'report'), changes[computed] ?? {});
  expect(colophon(project, 'build', 'report')).toMatchObject({ code: 0 });
  const fresh = temporaryFolder();
  expect(colophon(project, 'build', 'report', '--store', join(fresh, 's'), '--out', join(fresh, 'o')).code).toBe(0);
  expect(siteOf(join(project, 'site'))).toEqual(siteOf(join(fresh, 'o')));
  rmSync(join(project, 'site'), { recursive: true });
  expect(colophon(project, 'build', 'report')).toMatchObject({ code: 0 });
  expect(siteOf(join(project, 'site'))).toEqual(siteOf(join(fresh, 'o')));
});

it('a page that is not as it was published, or not there, is rendered again', () => {
  reset();
  expect(colophon(project, 'build', 'report').code).toBe(0);
  const whole = siteOf(join(project, 'site'));
  rmSync(join(project, 'site/b.html'));
  writeFileSync(join(project, 'site/a.html'), 'edited');
  expect(colophon(project, 'build', 'report').code).toBe(0);
  expect(siteOf(join(project, 'site'))).toEqual(whole);
});

it('notes that are damaged are as if there were none', () => {
  reset();
  apply(join(project, 'report'), { 'a.md': book['a.md']?.replace('Deeper', 'Yet deeper') });
  for (const path of notes()) {
    const bytes = readFileSync(path);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  }
  expect(colophon(project, 'build', 'report')).toMatchObject({ code: 0 });
  expect(readFileSync(join(project, 'site/a.html'), 'utf8')).toContain('Yet deeper');
});

it('an image that has gone is said of a page that was rendered with it; of a page that changed, four files are written', () => {
  reset();
  expect(colophon(project, 'build', 'report').code).toBe(0);
  rmSync(join(project, 'report/p.svg'));
  const gone = colophon(project, 'build', 'report');
  expect(gone.code).toBe(1);
  expect(gone.err).toContain('b.md:8:1  broken-link');
  reset();
  apply(join(project, 'report'), { 'b.md': book['b.md']?.replace('Text.', 'One more.') });
  const { out } = colophon(project, 'build', 'report', '--json');
  // The page, what readers search in, what the site says as data, and when it was built.
  expect(JSON.parse(out)).toMatchObject({ site: { written: 4, removed: 0 } });
});
