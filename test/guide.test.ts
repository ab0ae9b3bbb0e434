/** Every example of the guide is run: built in a small report that has what it names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { directiveKinds } from '../src/steps/kinds.js';
import { colophon } from './colophon.js';
import { block, page, reportFolder } from './report-folder.js';

const report = join(import.meta.dirname, '../report');
const pages = new Map(
  readdirSync(join(report, 'guide')).map((file) => [file, readFileSync(join(report, 'guide', file), 'utf8')]),
);

interface Example {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page that it shows; those with a title are files, which other tests write. */
function examplesOf(text: string): Example[] {
  return [...text.matchAll(/^(`{3,})(\S+)([^\n`]*)\n([\s\S]*?)^\1$/gm)].flatMap(
    ([, , language = '', rest = '', inner = '']) =>
      ['markdown', 'yaml'].includes(language) && !rest.includes('title=') ? [{ language, text: inner }] : [],
  );
}

/** Numbers and claims that stand in its sentences and tables as code. */
function inlineOf(text: string): string[] {
  const prose = text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
  return [...prose.matchAll(/`` (?:!\[[^\n]*?)?(`(?:= |claim )[^`]+`)[^`]*``/g)].map(([, code = '']) => code);
}

const data = block('dataset #waves', 'function: piecewise-linear', 'samples: 100', 'test: { grid: 50 }');
const options = [
  'data: waves',
  'network: { hidden: [10], elbows: uniform }',
  'optimizer: { kind: adam, rate: 0.01 }',
  'steps: 20000',
  'checkpoints: { every: 1000, and: [10] }',
];
const sweep = 'sweep: { network.hidden: [[5], [10], [20], [40]] }';
const net = (...more: readonly string[]): string => block('train #net', ...options, ...more);

/** A directive around options that the guide shows by themselves. */
function directiveOf(text: string): string {
  const lines = text.trimEnd().split('\n');
  const has = (option: string): boolean => lines.some((line) => line.startsWith(`${option}:`));
  // Fewer seeds and steps are the same example.
  if (has('sweep'))
    return net(...lines)
      .replace('count: 32', 'count: 3')
      .replace('steps: 20000', 'steps: 2000');
  if (has('rows')) return block('table #tbl-example', ...lines);
  return block('figure #fig-example', 'show: net.parameter-histogram', ...lines);
}

/** The reports of a page's examples: one with a sweep for those that name a width, one without for the others. */
function reportsOf(text: string): string[] {
  const fenced = examplesOf(text).flatMap(({ language, text: inner }) => {
    // What the page shows of its own directives stands in it once more, and is built with it.
    if (language === 'markdown' && text.split(inner).length > 2) return [];
    return [language === 'yaml' ? directiveOf(inner) : inner.trimEnd()];
  });
  const all = [...fenced, ...inlineOf(text)];
  if (all.some((one) => one.startsWith('```train #net'))) return [page(data, ...all)];
  const named = all.filter((one) => one.includes('hidden'));
  const others = all.filter((one) => !one.includes('hidden'));
  return [
    ...(named.length === 0 ? [] : [page(data, net(sweep), ...named)]),
    ...(others.length === 0 ? [] : [page(data, net(), ...others)]),
  ];
}

const reports = [...pages].flatMap(([file, text]) =>
  reportsOf(text).map((one, index) => ({ name: `${file}, report ${index + 1}`, text: one })),
);

it('the guide has examples on many pages, and a kind for each of its blocks', () => {
  expect(reports.length).toBeGreaterThan(4);
  const titled = /^(`{3,})(?:markdown|yaml|bibtex|js|ts|python) title=/gm;
  const languages = [...pages.values()].flatMap((text) =>
    [...text.replace(titled, '').matchAll(/^(`{3,})([a-z]+)[^\n`]*\n[\s\S]*?^\1$/gm)].map(([, , language]) => language),
  );
  // The last is the kind that a page of the guide defines.
  const known = [
    'markdown',
    'yaml',
    'sh',
    'css',
    'python',
    'reference',
    ...directiveKinds.map(({ kind }) => kind),
    'permute',
  ];
  expect(languages.filter((language) => !known.includes(language ?? ''))).toEqual([]);
});

it.each(reports)(
  'the examples of $name build',
  ({ text }) => {
    const references = readFileSync(join(report, 'references.bib'), 'utf8');
    const folder = reportFolder({ 'report/index.md': text, 'report/references.bib': references });
    const { code, err } = colophon(folder, 'build', 'report', '--device', 'cpu');
    expect(err.split('\n').filter((line) => line.startsWith('report/'))).toEqual([]);
    expect(code).toBe(0);
  },
  120_000,
);
