/** What is refused while it is read, because reading it would take minutes or its tree would exhaust the stack. */
import { expect, it } from 'vitest';
import { standardLimits } from '../../src/shared/limits.js';
import { noPlugins } from '../../src/shared/plugin.js';
import { markdownReader, standardReader } from '../../src/source/markdown.js';
import { memoryOfPages } from '../../src/source/page-memo.js';
import { parsePage } from '../../src/source/parse-page.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, reportFolder } from '../report-folder.js';
import { inFull } from '../every-nth.js';

const said = (text: string, reader = standardReader): string[] => {
  const { problems } = parsePage('index.md', `# T\n\n${text}\n`, directiveKinds, reader);
  return problems.map(({ place, rule, message }) => `${place?.line ?? 0} ${rule} ${message}`);
};
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

it.each([
  ['quotes', '>'.repeat(4001), '3 nested-too-deep this line is nested 4001 levels deep, more than 100'],
  [
    'notes in notes',
    `a\n\n${'[^a]: '.repeat(150)}x`,
    '5 nested-too-deep this line is nested 150 levels deep, more than 100',
  ],
  [
    'lists by their indentation',
    lines(150, (depth) => `${'  '.repeat(depth)}- a`),
    '104 nested-too-deep this line is nested 101 levels deep, more than 100',
  ],
  [
    'emphasis',
    `${'**'.repeat(600)}a${'**'.repeat(600)}`,
    '3 nested-too-deep what stands here is nested more than 500 levels deep',
  ],
  [
    'a table of a thousand columns, whose rows need not be written out',
    `${'|a'.repeat(1000)}\n${'|-'.repeat(1000)}\n${'|a\n'.repeat(1000)}`,
    '3 table-too-large this table has 1001000 cells, more than 50000',
  ],
  ['containers', '::: note\n'.repeat(40), '33 nested-too-deep more than 30 fences of colons are open here'],
  [
    'words without a blank line',
    `a\n\n${'*a* b\n'.repeat(20_000)}`,
    '5 paragraph-too-long this paragraph has more than 10000 words, links and other marks',
  ],
  [
    'descriptions',
    `a\n${': b\n'.repeat(2001)}`,
    '2004 too-many-definitions the definition lists of this page have more than 2000 descriptions',
  ],
])('%s, at their line', (_name, text, problem) => {
  expect(said(text)).toEqual([problem]);
});

it('definitions of links where a page may be longer, at their line', () => {
  const reader = markdownReader(noPlugins, { ...standardLimits, 'page-tokens': 1e6 });
  expect(
    said(
      lines(20_002, (index) => `[${index}]: x`),
      reader,
    ),
  ).toEqual(['20004 too-many-definitions this page has more than 20000 definitions of links and footnotes']);
});

// Before, a megabyte of items took 28 seconds and 2.6 GB.
it.runIf(inFull)('a megabyte of items', () => {
  expect(said('- a\n'.repeat(250_000))).toEqual([
    '1 page-too-large this page has more than 385000 words, marks, list items and other tokens',
  ]);
});

const short = markdownReader(noPlugins, { ...standardLimits, 'page-tokens': 10_000 });

it.each([
  ['items without a word', '-\n'],
  ['paragraphs', 'a\n\n'],
  ['paragraphs in letters beyond ASCII', 'é\n\n'],
  ['lines of paragraphs', `${'a\n'.repeat(3000)}\n`],
  ['headings', '# a\n'],
  ['cells of many tables', '|é|é|\n|-|-|\n|é|é|\n\n'],
  ['formulas', `${'$a$ '.repeat(1000)}\n\n`],
  ['code', '`a`\n\n'],
  ['divisions', '::: note\na\n:::\n\n'],
  ['callouts', '> [!NOTE]\n> a\n\n'],
])('a page of many %s is counted, where fewer may be', (_name, one) => {
  expect(said(one.repeat(Math.ceil(40_000 / one.length)), short)).toEqual([
    '1 page-too-large this page has more than 10000 words, marks, list items and other tokens',
  ]);
});

it('a caption too, at its place', () => {
  const [problem] = said(block('figure', `show: a.b\ncaption: "${'>'.repeat(4001)}"`));
  expect(problem).toBe('5 nested-too-deep this line is nested 4001 levels deep, more than 100');
});

it('none of it in code, and none of what people write', () => {
  expect(said(`\`\`\`\n${'>'.repeat(4001)}\n${' '.repeat(300)}- a\n\`\`\``)).toEqual([]);
  expect(said('- '.repeat(200))).toEqual([]);
  expect(said('word '.repeat(5000))).toEqual([]);
  expect(said(`![a](data:image/png;base64,${'A'.repeat(200_000)})`).filter((one) => /too-/.test(one))).toEqual([]);
  const size = inFull ? 1000 : 100;
  expect(said(`${'A sentence of a book of two hundred pages. '.repeat(10)}\n\n`.repeat(size))).toEqual([]);
  expect(said(`\`\`\`\n${'- a\n'.repeat(100 * size)}\`\`\``)).toEqual([]);
  expect(said(lines(3 * size, (index) => `| ${index} | *a* |`).replace('\n', '\n|-|-|\n'))).toEqual([]);
});

it('pages that are too much together, new or remembered: no further one is read', () => {
  // A root, a heading with its text, a paragraph with its text.
  const page = (title: string): string => `# ${title}\n\na\n`;
  const folder = reportFolder({ 'b.md': page('B'), 'c.md': page('C'), 'd.md': page('D'), 'index.md': page('A') });
  const memo = memoryOfPages();
  const saidWith = (nodes: number): string[] => {
    const limits = { ...standardLimits, 'report-nodes': nodes };
    const { problems } = readReport(folder, directiveKinds, { memo, limits });
    return problems.map(({ place, rule, message }) => `${place?.file ?? ''} ${rule} ${message}`);
  };
  const refused =
    'd.md report-too-large the pages up to this one have more than 14 paragraphs, items, links and other nodes together';
  expect(saidWith(14)).toEqual([refused]);
  expect(saidWith(14)).toEqual([refused]);
  expect(saidWith(20)).toEqual([]);
});
