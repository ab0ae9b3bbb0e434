/** A folder of Markdown to a Report: the first room of the pipeline. */
import { append } from '../shared/append.js';
import { readdirSync, statSync } from 'node:fs';
import { type Allowed, allowsNothing } from '../shared/allowed.js';
import { languagesOf } from '../languages/language.js';
import { decodeText } from '../shared/decode.js';
import type { Problem } from '../shared/problem.js';
import { type Edition, forReaders } from '../shared/edition.js';
import { type Limits, raiseLimit, standardLimits } from '../shared/limits.js';
import { noPlugins, type Plugins } from '../shared/plugin.js';
import { readBibliography } from './bibliography.js';
import { contentsLines } from './contents-length.js';
import { dataFiles } from './data-files.js';
import { withIncludes } from './include.js';
import { sourcePlace } from './source-lines.js';
import { type Numbering, numberReport } from './labels.js';
import { draft, whyLeftOut } from './left-out.js';
import { headingsOf } from './outline.js';
import { type MarkdownReader, markdownReader, standardReader } from './markdown.js';
import { noPageMemo, type PageMemo, type ReadPage } from './page-memo.js';
import { parsePage, type ParsedPage } from './parse-page.js';
import { placeInSources } from './place-in-sources.js';
import { inReadingOrder } from './reading-order.js';
import type { Directive, DirectiveKind, Page, PassedOver, Report, ReportFiles, Settings } from './report.js';
import { absent, openReport } from './report-files.js';
import { withoutWords } from './own-words.js';
import { noSettings, readSettings, settingsFile } from './settings.js';

/** More directives than any report has. */
const mostDirectives = 10_000;

/** How a report is read. */
export interface ReadOptions {
  /** Pages that were read before. */
  readonly memo?: PageMemo | undefined;
  readonly allowed?: Pick<Allowed, 'followLinks'>;
  readonly limits?: Limits;
  readonly plugins?: Plugins;
  readonly edition?: Edition;
}

/** Reads every page. `kinds` are the kinds of directive. What is wrong is in `problems`. */
export function readReport(
  folder: string,
  kinds: readonly DirectiveKind[],
  {
    memo = noPageMemo,
    allowed = allowsNothing,
    limits = standardLimits,
    plugins = noPlugins,
    edition = forReaders,
  }: ReadOptions = {},
): { report: Report; problems: Problem[] } {
  const problems: Problem[] = [];
  const missing = notAFolder(folder);
  const files = missing === undefined ? openReport(folder, allowed) : nowhere(folder);
  const dataFile = dataFiles((path, kind) => files.read(path, kind));
  const nothing: Report = {
    ...{ files, pages: [], settings: noSettings, labels: new Map(), sections: new Map(), lost: new Set(), dataFile },
    ...{
      folder,
      plugins,
      edition,
      leftOut: new Map<string, string>(),
      sectionNumbers: () => new Map(),
      languageOf: languagesOf(),
    },
  };
  if (missing !== undefined) return { report: nothing, problems: [missing] };
  const { settings, problems: wrong, placeOf } = settingsIn(files);
  append(problems, wrong);
  const { names, leftOut, problems: unlisted } = pagesToRead(files, settings, edition);
  append(problems, unlisted);
  const tooLong = tooLongContents(names, limits);
  if (tooLong !== undefined) return { report: nothing, problems: [...problems, tooLong] };
  const { pages: read, problems: misread } = parsePages(
    names,
    files,
    memo,
    pageReader(kinds, plugins, limits, edition),
    limits,
  );
  append(problems, misread);
  const parsed: ParsedPage[] = [];
  for (const { file, page, problems: found } of read) {
    if (page?.frontMatter.draft === true && !edition.drafts) {
      leftOut.set(file, draft);
      continue;
    }
    append(problems, found);
    if (page !== undefined) parsed.push(page);
  }
  const tooMany = tooManyDirectives(parsed);
  if (tooMany !== undefined) return { report: nothing, problems: [...problems, tooMany] };
  append(problems, sharedAddresses(parsed), foreignWords(parsed, settings));
  const ordered = inReadingOrder(parsed, ({ file, frontMatter }) => ({ file, order: frontMatter.order }));
  const identified = withIds(ordered, settings.language);
  const numbering = numberReport(identified, settings['number-sections']);
  const { bibliography, problems: uncited } = readBibliography(
    settings,
    dataFile,
    identified,
    placeOf(['citation-style'], 'value'),
  );
  append(problems, numbering.problems, uncited);
  const { labels, sections } = numbering;
  const pages = withNumbers(identified, numbering);
  return {
    report: {
      folder,
      files,
      pages,
      settings,
      languageOf: languagesOf(settings.words),
      ...{ edition, leftOut },
      labels,
      sections,
      lost: new Set(identified.flatMap(({ lost }) => lost.map(({ id }) => id))),
      sectionNumbers: ({ file, tree }) => sectionNumbersOf(tree, sections.get(file) ?? []),
      dataFile,
      plugins,
      ...(bibliography !== undefined && { bibliography }),
    },
    problems,
  };
}

/** What colophon.yaml says; without that file all is as it is by itself. */
function settingsIn(files: ReportFiles): ReturnType<typeof readSettings> {
  const start = { file: settingsFile, line: 1, column: 1 };
  const written = files.read(settingsFile, 'settings');
  if (written instanceof Uint8Array) return readSettings(written);
  const unreadable: Problem = {
    place: start,
    rule: 'unreadable-settings',
    message: `${settingsFile}: ${written.refused}`,
    hint: 'mend or remove the file',
  };
  return { settings: noSettings, problems: written.isAbsent === true ? [] : [unreadable], placeOf: () => start };
}

interface PagesToRead {
  readonly names: readonly string[];
  /** Why a file is no page of this edition. */
  readonly leftOut: Map<string, string>;
  readonly problems: readonly Problem[];
}

/** The files that may be pages. */
function pagesToRead(files: ReportFiles, settings: Settings, edition: Edition): PagesToRead {
  const { files: all, passedOver, unreadable } = files.pages();
  const why = whyLeftOut(settings, edition);
  const leftOut = new Map(all.flatMap((file) => [[file, why(file)] as const]).filter(isLeftOut));
  const names = all.filter((file) => !leftOut.has(file));
  const problems = folderProblems(passedOver, unreadable);
  if (names.length === 0 && unreadable.length === 0) {
    problems.push({
      rule: 'no-page',
      message: `${files.folder} holds no page`,
      hint:
        [...leftOut].map(([file, said]) => `${file}: ${said}`)[0] ?? 'write a Markdown file such as index.md into it',
    });
  }
  return { names, leftOut, problems };
}

function tooLongContents(names: readonly string[], limits: Limits): Problem | undefined {
  const lines = contentsLines(names);
  if (lines <= limits['contents-lines']) return undefined;
  return {
    rule: 'too-many-pages',
    message: `the contents of ${names.length} pages have ${lines} lines in all, more than ${limits['contents-lines']}`,
    hint: `put pages into folders, of which a page lists its own alone, or ${raiseLimit('contents-lines', limits)}`,
  };
}

function tooManyNodes(file: string, limits: Limits): Problem {
  return {
    place: { file, line: 1, column: 1 },
    rule: 'report-too-large',
    message: `the pages up to this one have more than ${limits['report-nodes']} paragraphs, items, links and other nodes together`,
    hint: `split the report, or ${raiseLimit('report-nodes', limits)}`,
  };
}

function tooManyDirectives(pages: readonly ParsedPage[]): Problem | undefined {
  const excess = pages.flatMap(({ directives }) => directives)[mostDirectives];
  if (excess === undefined) return undefined;
  return {
    place: excess.place,
    rule: 'too-many-directives',
    message: `this report has more than ${mostDirectives} directives`,
    hint: 'split it, or let a sweep stand for many',
  };
}

/** Pages in another language than the report, for which words are missing. */
function foreignWords(pages: readonly ParsedPage[], settings: Settings): Problem[] {
  return pages.flatMap(({ file, frontMatter: { language = settings.language } }) => {
    if (language === settings.language) return [];
    const place = { file, line: 1, column: 1 };
    return withoutWords(language, settings.words).map((problem) => ({ ...problem, place }));
  });
}

function isLeftOut(one: readonly [string, string | undefined]): one is [string, string] {
  return one[1] !== undefined;
}

/** Folders of which no page is read. */
function folderProblems(passedOver: readonly PassedOver[], unreadable: readonly PassedOver[]): Problem[] {
  return [
    ...passedOver.map(
      ({ path, refused }): Problem => ({
        place: { file: path, line: 1, column: 1 },
        rule: 'linked-folder',
        message: `no page is read in ${path}: ${refused}`,
        hint: "put the pages into the report's folder, or remove the link",
        severity: 'warning',
      }),
    ),
    ...unreadable.map(
      ({ path, refused }): Problem => ({
        place: { file: path, line: 1, column: 1 },
        rule: 'unreadable-page',
        message: `the folder ${path} cannot be read: ${refused}`,
        hint: "give yourself the right to read it, or take it out of the report's folder",
      }),
    ),
  ];
}

interface PageReader {
  readonly reader: MarkdownReader;
  readonly parse: (file: string, text: string) => ReadPage;
}

function pageReader(kinds: readonly DirectiveKind[], plugins: Plugins, limits: Limits, edition: Edition): PageReader {
  const isStandard =
    plugins === noPlugins && limits['page-tokens'] === standardLimits['page-tokens'] && !edition.solutions;
  const read = isStandard ? standardReader : markdownReader(plugins, limits, edition);
  // Pages are remembered with their directives, so the report's own kinds name what is read otherwise too.
  const own = kinds.filter(({ isOwnCode }) => isOwnCode).map(({ kind, noun }) => `${kind} ${noun}`);
  const reader = own.length === 0 ? read : { ...read, digest: [read.digest, ...own].join('\n') };
  return { reader, parse: (file, text) => parsePage(file, text, kinds, reader) };
}

interface ReadFile extends ReadPage {
  readonly file: string;
}

/** The files that can be read, but those that others include, and what is wrong with the rest. */
function parsePages(
  names: readonly string[],
  files: ReportFiles,
  memo: PageMemo,
  { reader, parse }: PageReader,
  limits: Limits,
): { readonly pages: readonly ReadFile[]; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const parsed: ReadFile[] = [];
  const included = new Set<string>();
  let nodes = 0;
  for (const file of names) {
    const bytes = files.read(file, 'page');
    if (!(bytes instanceof Uint8Array)) {
      problems.push({
        place: { file, line: 1, column: 1 },
        rule: 'unreadable-page',
        message: `${file}: ${bytes.refused}`,
        hint: 'mend or remove the file',
      });
      continue;
    }
    const decoded = decodeText(file, bytes);
    if ('problem' in decoded) {
      problems.push(decoded.problem);
      continue;
    }
    const {
      text,
      sources,
      included: parts,
      problems: amiss,
    } = withIncludes(file, decoded.text, (path) => files.read(path, 'page'));
    for (const part of parts) included.add(part);
    const read = (): ReadPage => placeInSources(parse(file, text), file, sources);
    const { page, problems: found } = memo.parsed(file, text, reader, read, sources);
    parsed.push({ file, page, problems: [...amiss, ...found] });
    nodes += page?.nodes ?? 0;
    // Before the next one is read: it is memory that is bounded.
    if (nodes > limits['report-nodes']) {
      problems.push(tooManyNodes(file, limits));
      break;
    }
  }
  // What is included is no page of its own.
  return { pages: parsed.filter(({ file }) => !included.has(file)), problems };
}

/** Numbers in the order of a tree's headings, by these headings. */
function sectionNumbersOf(tree: Page['tree'], numbers: readonly (string | undefined)[]): Map<object, string> {
  const headings = numbers.some((number) => number !== undefined) ? headingsOf(tree()) : [];
  return new Map(
    headings.flatMap((heading, index): [object, string][] => {
      const number = numbers[index];
      return number === undefined ? [] : [[heading, number]];
    }),
  );
}

/** Tells figure and table directives their numbers. */
function withNumbers(pages: readonly Page[], { numbers, chapters }: Numbering): Page[] {
  return pages.map((page) => ({
    ...page,
    ...(chapters.has(page.file) && { chapter: chapters.get(page.file) }),
    directives: page.directives.map((directive) => {
      const number = numbers.get(directive.at);
      return number === undefined ? directive : { ...directive, number };
    }),
  }));
}

/** The files of a folder that is none. */
function nowhere(folder: string): Report['files'] {
  return { folder, read: () => absent, names: () => [], pages: () => ({ files: [], passedOver: [], unreadable: [] }) };
}

function notAFolder(folder: string): Problem | undefined {
  const problem = (message: string): Problem => ({
    rule: 'no-report',
    message,
    hint: 'name the folder that holds the pages',
  });
  try {
    if (!statSync(folder).isDirectory()) return problem(`${folder} is not a folder`);
    readdirSync(folder);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return problem(
      code === 'EACCES' || code === 'EPERM' ? `the folder ${folder} may not be read` : `there is no folder ${folder}`,
    );
  }
}

/** Two files whose pages would have one address on some file system: A.md and a.md, or two Unicode forms of a name. */
function sharedAddresses(pages: readonly ParsedPage[]): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { file } of pages) {
    const folded = addressOf(file).normalize('NFC').toLowerCase();
    const other = first.get(folded);
    if (other === undefined) first.set(folded, file);
    else {
      problems.push({
        place: { file, line: 1, column: 1 },
        rule: 'shared-address',
        message: `${file} and ${other} would be published under one address`,
        hint: 'rename one of them',
      });
    }
  }
  return problems;
}

function addressOf(file: string): string {
  return file.replace(/\.md$/i, '.html');
}

/** Gives every directive without an id the next free one of its kind: figure-1, figure-2. */
function withIds(parsed: readonly ParsedPage[], language: string): (Page & Pick<ParsedPage, 'outline' | 'lost'>)[] {
  const taken = new Set(parsed.flatMap((page) => page.directives.flatMap(({ id }) => (id === undefined ? [] : [id]))));
  const counts = new Map<string, number>();
  const next = (kind: string): string => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const id = `${kind}-${count}`;
    return taken.has(id) ? next(kind) : id;
  };
  return parsed.map(({ file, text, digest, title, titleId, frontMatter, directives, ...read }) => ({
    file,
    address: addressOf(file),
    text,
    digest,
    placeOf: (place) => sourcePlace(place, file, read.sources),
    title,
    language: frontMatter.language ?? language,
    ...(titleId !== undefined && { titleId }),
    authors: frontMatter.authors,
    ...(frontMatter.doi !== undefined && { doi: frontMatter.doi }),
    ...(frontMatter.licence !== undefined && { licence: frontMatter.licence }),
    ...(frontMatter.date !== undefined && { date: frontMatter.date }),
    ...(frontMatter.description !== undefined && { description: frontMatter.description }),
    ...(frontMatter.device !== undefined && { device: frontMatter.device }),
    ...read,
    directives: directives.map(
      (directive): Directive => ({
        ...directive,
        id: directive.id ?? next(directive.kind),
        echo: directive.echo ?? frontMatter.echo ?? true,
        fold: directive.fold ?? frontMatter.fold ?? true,
      }),
    ),
  }));
}
