/** A page can have a hundred thousand problems; a log of them all would be read by nobody. */
import { expect, it } from 'vitest';
import { showProblems } from '../../src/commands/shell.js';
import { shownProblems } from '../../src/dev/shown-problems.js';
import { firstProblems } from '../../src/shared/first-problems.js';
import { commandLine } from '../../src/shared/own-command.js';
import { plain, type Problem, type Rule } from '../../src/shared/problem.js';
import { readReport } from '../../src/source/read-report.js';
import { page, reportFolder } from '../report-folder.js';

const problems = (count: number, rule: Rule, file: string, severity?: 'warning'): Problem[] =>
  Array.from({ length: count }, (_, index) => ({
    place: { file, line: index + 1, column: 1 },
    ...{ rule, message: 'wrong', hint: 'mend it' },
    ...(severity !== undefined && { severity }),
  }));
const many = [
  ...problems(50_000, 'raw-html', 'index.md', 'warning'),
  ...problems(21, 'dead-link', 'a.md'),
  ...problems(20, 'dead-link', 'b.md'),
];
const { report } = readReport(reportFolder({ 'index.md': page('Text.') }), []);
const hint = `"${commandLine(['build'])}" with --json lists every one`;

it('of each rule in each file the first twenty are logged, in reading order, and how many more there are', () => {
  let log = '';
  const shell = { log: (text: string): void => void (log += text), paint: plain };
  showProblems(many, report, shell as unknown as Parameters<typeof showProblems>[2]);
  const lines = log.split('\n').filter((line) => /wrong|more/.test(line));
  expect(lines).toHaveLength(20 + 20 + 20 + 2);
  expect(lines[20]).toContain('b.md:1:1');
  expect(lines.slice(-2)).toEqual([
    `dead-link  1 more of this kind; ${hint}`,
    `raw-html  49980 more of this kind; ${hint}`,
  ]);
  expect(log).toContain('41 problems; nothing was published');
});

it('an open page under colophon dev shows the same', () => {
  const shown = shownProblems(many, report).problems;
  expect(shown).toHaveLength(62);
  expect(shown.at(-1)).toEqual({
    ...{ where: '', frame: '', rule: 'raw-html', warning: true },
    ...{ message: '49980 more of this kind', hint },
  });
});

it('warnings of hundreds of files leave room for each error', () => {
  const warnings = Array.from({ length: 300 }, (_, index) => problems(20, 'raw-html', `a${index}.md`, 'warning'));
  const { shown, more } = firstProblems([...warnings.flat(), ...problems(1, 'cycle', 'z.md')]);
  expect(shown).toHaveLength(501);
  expect(shown.at(-1)?.rule).toBe('cycle');
  expect(more).toEqual([{ rule: 'raw-html', count: 5500, isWarning: true }]);
});
