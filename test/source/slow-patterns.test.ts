/** What once made reading quadratic or cubic, in a small size (`npm run test:faults -- patterns` has a megabyte of each). */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { areFatal, outcomeOf } from '../../src/shared/problem.js';
import { patterns } from '../faults/patterns.mjs';
import { block, page, reportFolder } from '../report-folder.js';
import { article, render } from '../render/render-report.js';
import { everyNth } from '../every-nth.js';

const prepared = (files: Readonly<Record<string, string>>): { ms: number; said: string[]; outcome: string } => {
  const folder = reportFolder(files);
  const before = process.cpuUsage();
  const { problems } = prepare(folder, { memory: 4e9, engine: { ...referenceEngine, addressable: 4e9 } });
  const { user, system } = process.cpuUsage(before);
  const said = problems.map(
    ({ place, rule, message }) => `${place?.file ?? ''}:${place?.line ?? 0} ${rule} ${message}`,
  );
  return { ms: (user + system) / 1000, said, outcome: areFatal(problems) ? outcomeOf(problems) : 'none' };
};

describe('eight times the length takes at most sixteen times the time', () => {
  it.each(everyNth(2, Object.entries(patterns)))('%s', (name, make) => {
    prepared(make(2000));
    const short = prepared(make(8000)).ms;
    // Below a tenth of a second it is the clock that is measured; a highlighter has a budget of its own.
    const least = name.startsWith('code') ? 400 : 100;
    expect(prepared(make(64_000)).ms).toBeLessThan(16 * Math.max(short, least));
  });
});

describe('what is refused', () => {
  const bibliography = (text: string, said = 'As said.'): Record<string, string> => ({
    'index.md': page(said),
    'references.bib': text,
  });

  it('a table whose rows would have to be filled up to millions of cells, with the code of a limit', () => {
    const { said, outcome } = prepared({
      'index.md': page(`${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n${'|b|\n'.repeat(1000)}`),
    });
    expect(said).toEqual(['index.md:5 table-too-large this table has 1001000 cells, more than 50000']);
    expect(outcome).toBe('limit');
  });

  it('doubling @strings, whole chains of crossrefs, and a name of JavaScript’s that is no command of TeX’s', () => {
    const strings = Array.from({ length: 24 }, (_, index) => `@string{s${index + 1} = s${index} # s${index}}`);
    const doubled = prepared(bibliography(`@string{s0 = "xxxxxxxxxxxxxxxx"}\n${strings.join('\n')}`));
    expect(doubled.said[0]).toMatch(/^references\.bib:\d+ bibtex this value has more than 100000 characters/);
    const chain = Array.from({ length: 30 }, (_, index) => `@book{k${index}, title = {T}, crossref = {k${index + 1}}}`);
    const cites = chain.map((_, index) => `@k${index}`).join(' ');
    const { said } = prepared(bibliography(chain.join('\n'), cites));
    expect(said.filter((one) => one.includes('leads over more than 8 entries'))).toHaveLength(21);
    expect(said.filter((one) => one.includes('names "k30", and there is no such entry'))).toHaveLength(1);
    const text = render({
      'index.md': page('As [@k].'),
      'references.bib':
        '@book{k, title = {\\constructor{x} \\toString \\__proto__}, author = {\\valueOf{A}}, year = 2000}\n',
    });
    expect(article(text.pages, 'index.html')).toMatch(/A\..*\(2000\)\..*<cite>x __proto__<\/cite>/);
    expect(
      text.problems.map(({ message, severity }) => `${severity ?? ''} ${/\\\w+/.exec(message)?.[0] ?? ''}`),
    ).toEqual(['warning \\constructor', 'warning \\toString', 'warning \\valueOf']);
    expect(article(text.pages, 'index.html')).not.toMatch(/native code|\[object/);
  });

  it('an expression of thousands of terms, at its place', () => {
    const { said } = prepared({ 'index.md': page(`One \`= ${'1 + '.repeat(12_000)}1\`.`) });
    expect(said).toEqual(['index.md:5 unknown-value this expression has more than 2000 numbers, names and signs']);
  });
});

it('code that a highlighter would take minutes for is shown as it is, and said so', () => {
  const slow = block('markdown', '[a]('.repeat(20_000));
  // After five the others are not tried, however quick they would be.
  const rendered = render({ 'index.md': page(slow, slow, slow, slow, slow, block('js', 'const a = 1;')) });
  const warnings = Array.from({ length: 6 }, () => 'slow-code warning');
  expect(rendered.problems.map(({ rule, severity }) => `${rule} ${severity ?? ''}`)).toEqual(warnings);
  expect(article(rendered.pages, 'index.html')).toContain('[a]([a]([a](');
  // The next site is not to pay for it, as where a report is shown while it is written.
  const next = render({ 'index.md': page(block('js', 'const a = 1;')) });
  expect(next.problems).toEqual([]);
  expect(article(next.pages, 'index.html')).toContain('hljs-keyword');
});

it('blanks around what is written change nothing', () => {
  const blanks = ' '.repeat(300);
  const html = (text: string): string => article(render({ 'index.md': page(text) }).pages, 'index.html');
  expect(html(`::: note${blanks}\nText.\n:::${blanks}`)).toBe(html('::: note\nText.\n:::'));
  expect(html(`## A${blanks}{#sec-a}${blanks}`)).toBe(html('## A {#sec-a}'));
  expect(html(`## A${blanks}##${blanks}`)).toBe(html('## A'));
  expect(html(`a|b\n-|:-:${blanks}\nc|d`)).toBe(html('a|b\n-|:-:\nc|d'));
});
