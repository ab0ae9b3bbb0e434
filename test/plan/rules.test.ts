/** Every rule that a report can break has a case: here are those of the rules that no other test is about. */
import { readdirSync, readFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { inOrder, rules } from '../../src/shared/problem.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves, writeFiles } from '../report-folder.js';

function found(folder: string): string[] {
  const { problems } = prepare(folder, { memory: 4e9, engine: { ...referenceEngine, addressable: 4e9 } });
  return inOrder(problems).map(
    ({ place, rule, message, hint }) =>
      `${place === undefined ? '' : `${place.file}:${place.line}:${place.column} `}${rule} ${message}; ${hint}`,
  );
}

const csv = (text: string): Record<string, string> => ({
  'data.csv': text,
  'index.md': page(block('dataset #d', 'function: { csv: { file: data.csv, inputs: [a], target: b } }', 'test: none')),
});
const two = block('dataset #two', 'function: { csv: { file: two.csv, inputs: [a, b], target: c } }', 'test: none');
const twoData = `a,b,c\n${Array.from({ length: 12 }, (_, row) => `${row},${row % 3},${row % 5}`).join('\n')}\n`;
const figure = (id: string, ...options: readonly string[]): string => block(`figure #${id}`, ...options);

/** A training with its elbows at these places. */
const placed = (hidden: string, elbows: string): string =>
  block(
    'train #net',
    'data: waves',
    `network: { hidden: ${hidden}, elbows: ${elbows} }`,
    'optimizer: { rate: 0.1 }',
    'steps: 2',
  );

describe('a rule and what breaks it', () => {
  it.each([
    ['no such note', { 'index.md': page('One[^x].') }, 'index.md:5:4 unknown-footnote there is no footnote "x"'],
    ['no such block', { 'index.md': page('::: {.callout-nte}\nText.\n:::') }, 'index.md:5:1 unknown-container'],
    ['a formula', { 'index.md': page('Text.', '$$\nx^2') }, 'index.md:7:1 unclosed-math this formula is never closed'],
    ['no references', { 'index.md': page('As said [@knuth].') }, 'index.md:5:9 no-bibliography this report has no'],
    [
      'references that are not there',
      { 'index.md': page('Text.'), 'colophon.yaml': 'bibliography: works.bib\n' },
      'colophon.yaml:1:1 no-bibliography the bibliography works.bib cannot be read: there is no such file',
    ],
    ['quotations', { 'index.md': page('Text.', `${'> '.repeat(101)}deep`) }, 'index.md:7:1 nested-too-deep'],
    [
      'data that are not there',
      { 'index.md': page(two) },
      'index.md:6:26 unreadable-file two.csv cannot be read: there is no such file',
    ],
    ['a claim', { 'index.md': page(waves, '`claim waves.nothing < 1`') }, 'index.md:13:8 invalid-claim "waves" has no'],
    ['an open quote', csv('a,b\n1,"2\n'), 'csv-syntax data.csv is not a CSV file'],
    ['no rows', csv('a,b\n'), 'csv-empty data.csv holds no rows'],
    ['no such column', csv('a,c\n1,2\n'), 'csv-column data.csv has no column "b"'],
    [
      'a pattern that fits no column',
      {
        'data.csv': 'p1,q,p2,y\n1,2,3,4\n5,6,7,8\n',
        'index.md': page(block('dataset #d', 'function: { csv: { file: data.csv, inputs: "z*" } }')),
      },
      'csv-column data.csv has no column "z*"',
    ],
    ['a short line', csv('a,b\n1,2\n3\n'), 'csv-ragged data.csv has 1 columns in line 3, not 2'],
    ['a word', csv('a,b\n1,2\n3,four\n'), 'csv-not-a-number data.csv has "four" in line 3, column 2 (b)'],
    [
      'no picture',
      { 'index.md': page(waves, figure('fig-a', 'show: waves')) },
      'index.md:14:7 missing-picture "waves" has several pictures; write waves.data or waves.test-data',
    ],
    [
      'two kinds of picture',
      { 'index.md': page(waves, small, figure('fig-a', 'show: [small.fit, waves.data]')) },
      'index.md:24:7 mixed-pictures one figure shows one kind of picture',
    ],
    [
      'no such run',
      { 'index.md': page(waves, small, figure('fig-a', 'show: small.fit', 'where: { hidden: 6 }')) },
      'index.md:25:18 unknown-run',
    ],
    [
      'a date in place of a number',
      { 'index.md': page(block('dataset #d', 'function: step', 'samples: !!timestamp 2020-01-01')) },
      'index.md:7:22 yaml-tag',
    ],
    [
      'elbows in two dimensions',
      { 'index.md': page(two, small.replace('waves', 'two')), 'two.csv': twoData },
      'one-dimensional elbows can be placed for inputs of one number; these have 2; write elbows: none',
    ],
    [
      'a list of elbows of two layers',
      { 'index.md': page(waves, placed('[3, 3]', '[0.1, 0.2, 0.3]')) },
      'index.md:15:36 one-hidden-layer a list of elbows is of the units of one hidden layer; this network has 2',
    ],
    [
      'too few elbows',
      { 'index.md': page(waves, placed('[3]', '[0.5]')) },
      'index.md:15:33 invalid-option one elbow is given, and the hidden layer has 3 units; give 3, one for each unit',
    ],
    [
      'an elbow that is no number',
      { 'index.md': page(waves, placed('[2]', '[0.5, far]')) },
      'index.md:15:39 invalid-option',
    ],
  ])('%s', (_name, files, said) => {
    const problems = found(reportFolder(files));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(said);
  });

  it('settings that are a folder', () => {
    const folder = reportFolder({ 'index.md': page('Text.') });
    mkdirSync(join(folder, 'colophon.yaml'));
    expect(found(folder)).toEqual([expect.stringMatching(/^colophon\.yaml:1:1 unreadable-settings /)]);
  });

  it('what figures cannot be is said before anything runs', () => {
    const deep = block(
      'train #deep',
      'data: waves',
      'network: { hidden: [3, 3] }',
      'optimizer: { kind: sgd, rate: 0.01 }',
      'steps: 200',
      'checkpoints: { every: 1 }',
    );
    const own = (...lines: readonly string[]): string[] => [
      'show: small',
      'columns: [test-error]',
      'vega-lite:',
      ...lines,
    ];
    const text = page(
      waves,
      small,
      deep,
      two,
      figure('fig-one', 'show: small.parameters-by-step', 'at: [20]'),
      figure('fig-two', 'show: deep.elbows'),
      figure(
        'fig-three',
        'show: deep.fit',
        `at: [${Array.from({ length: 150 }, (_, step) => step).join(', ')}]`,
        'facet: step',
      ),
      block('dataset #bare', 'function: step', 'test: none'),
      figure('fig-four', 'show: bare.test-data'),
      figure('fig-five', 'show: two.data'),
      figure(
        'fig-six',
        ...own('  mark: point', '  transform: [{ calculate: "nothing(", as: q }]', '  encoding: { x: { field: q } }'),
      ),
      figure(
        'fig-seven',
        ...own(
          '  mark: point',
          '  encoding: { x: { field: test-error, type: quantitative }, x2: { field: test-error } }',
        ),
      ),
    );
    const folder = reportFolder({ 'report/index.md': text, 'report/two.csv': twoData });
    const problems = (): string[] => {
      const { code, err } = colophon(folder, 'build', 'report', '--out', 'site', '--device', 'cpu');
      expect(code).toBe(1);
      expect(err).not.toContain(' ran ');
      const said = err.split('\n').filter((line) => /^report\/index/.test(line));
      return said.map((line) => line.replace(/^\S+ +/, '').replace(/;.*/, ''));
    };
    expect(problems()).toEqual([
      'one-checkpoint  "parameters-by-step" of small[hidden=4] is over its steps, and only one is chosen',
      'one-hidden-layer  deep does not have exactly one hidden layer',
      'too-many-panels  this figure would have 150 panels',
      'no-test-set  bare has no test set',
      'one-dimensional  this picture is for inputs of one number',
    ]);
    writeFiles(folder, {
      'report/index.md': text.replace(/```figure #fig-(one|two|three|four|five)\n[\s\S]*?```/g, ''),
    });
    expect(problems()).toEqual([
      'cannot-draw  this figure cannot be drawn: Unexpected end of input',
      expect.stringMatching(/^figure-warning {2}x2/),
    ]);
  }, 60_000);

  it('a folder that someone else has written to', () => {
    const folder = reportFolder({ 'report/index.md': page('Text.'), 'site/index.html': 'mine' });
    const { code, err } = colophon(folder, 'build', 'report', '--out', 'site');
    expect([code, readFileSync(join(folder, 'site/index.html'), 'utf8')]).toEqual([1, 'mine']);
    expect(err).toContain('output-folder');
  });
});

it('no rule is without a test that names it', () => {
  const tests = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8'))
    .join('\n');
  expect(rules.filter((rule) => !new RegExp(`(?<![a-z-])${rule}(?![a-z-])`).test(tests))).toEqual([]);
});
