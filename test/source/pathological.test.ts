/** Markdown that makes parsers slow or deep: read in time that grows with its length, or refused with its line. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { standardLimits } from '../../src/shared/limits.js';
import { reportFolder } from '../report-folder.js';
import { everyNth, inFull } from '../every-nth.js';

const again = (text: string, count: number): string => text.repeat(count);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const patterns: Readonly<Record<string, (n: number) => string>> = {
  'quotes in quotes': (n) => again('> ', n),
  'quotes without spaces': (n) => again('>', n),
  'lists in lists': (n) => again('- ', n),
  'ordered lists in lists': (n) => again('1. ', n),
  'lists in lists by indentation': (n) => lines(Math.ceil(Math.sqrt(n)), (depth) => `${again('  ', depth)}- a`),
  'quotes and lists in turn': (n) => again('> - ', n),
  'emphasis never closed': (n) => again('*a **a ', n),
  'emphasis inside words': (n) => again('a**b', n),
  underscores: (n) => again('_a __a ', n),
  'links never closed': (n) => again('[a](b', n),
  'opening brackets': (n) => again('[', n),
  'closing brackets': (n) => again(']', n),
  'images never closed': (n) => again('![', n),
  'links in links': (n) => `${again('[', n)}a${again('](#t)', n)}`,
  'runs of backticks, each longer': (n) =>
    lines(Math.ceil(Math.sqrt(n)), (length) => `e${again('`', length)}`).replaceAll('\n', ''),
  'a wide table': (n) => `${again('|a', n)}|\n${again('|-', n)}|\n${again('|b', n)}|`,
  'a long table': (n) => `|a|\n|-|\n${again('|b|\n', n)}`,
  footnotes: (n) => lines(n, (index) => `[^${index}]: x`),
  'references to one footnote': (n) => `${again('[^1] ', n)}\n\n[^1]: x`,
  definitions: (n) => lines(n, (index) => `[${index}]: x`),
  addresses: (n) => again('http://a.b/', n),
  'mail addresses': (n) => again('a@b.', n),
  tags: (n) => again('<a ', n),
  'comments never closed': (n) => again('<!--', n),
  ampersands: (n) => again('&', n),
  dollars: (n) => again('$', n),
  formulas: (n) => again('$a$ ', n),
  'struck out': (n) => again('~~a ', n),
  escapes: (n) => again('\\', n),
  spaces: (n) => `a${again(' ', n)}b`,
  tabs: (n) => `${again('\t', n)}a`,
  headings: (n) => again('# a\n', n),
  'underlined headings': (n) => again('a\n-\n', n),
  fences: (n) => again('```\n', n % 2 === 0 ? n : n + 1),
  'numbers in the text': (n) => again('`= a.b` ', n),
};

/** LINES=100000 in `npm run test:faults -- pathological`. */
const most = Number(process.env['LINES'] ?? (inFull ? 20_000 : 8000));
const limits = { ...standardLimits, ...(most > 40_000 && { 'page-tokens': 1e6 }) };

const prepared = (text: string): { seconds: number; problems: ReturnType<typeof prepare>['problems'] } => {
  const folder = reportFolder({ 'index.md': `# T\n\n${text}\n` });
  const started = performance.now();
  const { problems } = prepare(folder, { memory: 4e9, engine: referenceEngine, limits });
  return { seconds: (performance.now() - started) / 1000, problems };
};

describe('sixteen times the length takes at most sixty-four times the time, and no stack overflows', () => {
  it.each(everyNth(4, Object.entries(patterns)))('%s', (_name, make) => {
    prepared(make(250));
    const short = Math.min(prepared(make(500)).seconds, prepared(make(500)).seconds);
    const { seconds, problems } = prepared(make(8000));
    // Below a tenth of a second it is the clock that is measured.
    expect(seconds).toBeLessThan(64 * Math.max(short, 0.1));
    for (const { place } of problems) expect(place?.line).toBeGreaterThanOrEqual(1);
  });
});

it(`a page of ${most} lines of all kinds takes at most ten times what ${most / 4} take, and has no problem`, () => {
  const section = (index: number): string =>
    [
      `## Section ${index}`,
      `Text with $x_{${index}}^2$, *emphasis*, a [link](#section-${Math.max(0, index - 1)}) and \`code\`.`,
      `- item ${index}\n- another`,
      `| a | b |\n|---|---|\n| ${index} | 2 |`,
      `> quoted, and a footnote[^${index}].`,
      `\`\`\`js\nconst x = ${index};\n\`\`\``,
      `[^${index}]: Note ${index}.`,
    ].join('\n\n');
  const page = (length: number): string => `${lines(Math.ceil(length / 17), section)}\n`;
  expect(page(most).split('\n').length).toBeGreaterThan(most);
  prepared(page(2000));
  const short = prepared(page(most / 4));
  const long = prepared(page(most));
  expect([...short.problems, ...long.problems]).toEqual([]);
  expect(long.seconds).toBeLessThan(10 * short.seconds);
  console.log(`${most / 4} lines: ${short.seconds.toFixed(2)} s; ${most} lines: ${long.seconds.toFixed(2)} s`);
});
