/** What the guide lists of each kind is what the program knows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { picturesOf } from '../src/figures/pictures/index.js';
import { problemGroups, problemRules, rulesOf } from '../src/reference/problem-rules.js';
import { kindReferenceOf, referenceOf } from '../src/reference/reference-of.js';
import { referenceHtml } from '../src/render/blocks.js';
import { directiveKinds, stepKinds } from '../src/steps/kinds.js';

it('every kind has its options; what computes something also its pictures and results', () => {
  for (const kind of [...directiveKinds.map((one) => one.kind), 'front-matter', 'colophon.yaml']) {
    const { description = '', options = [], makes } = kindReferenceOf(kind) ?? {};
    expect(description, kind).not.toBe('');
    expect(options.length, kind).toBeGreaterThan(0);
    expect(
      options.filter(({ description }) => description === '').map(({ name }) => name),
      kind,
    ).toEqual([]);
    expect(makes !== undefined, kind).toBe(stepKinds.some((one) => one.kind === kind));
  }
  expect(referenceOf('trian')).toBeUndefined();
});

it('options inside others have rows of their own, with what they are, their defaults, and of which kind they are', () => {
  const rows = new Map(
    (kindReferenceOf('train')?.options ?? []).map((row) => [
      row.of === undefined ? row.name : `${row.name} ${row.of}`,
      row,
    ]),
  );
  expect(rows.get('network.activation')).toMatchObject({
    value: 'relu | leaky-relu | tanh | gelu | softplus | identity | sigmoid | silu | erf | sine | […]',
    fallback: 'relu',
  });
  expect(rows.get('optimizer.rate sgd')).toMatchObject({ fallback: 'needed' });
  expect(rows.get('optimizer.rate adam')).toMatchObject({ fallback: '0.001' });
  expect(kindReferenceOf('dataset')?.options.find(({ name }) => name === 'function.csv.inputs')?.fallback).toBe('[x]');
  expect(rows.get('optimizer')).toMatchObject({
    value: ['sgd', 'adam', 'adamw', 'rmsprop', 'ridge', 'least-squares']
      .map((kind) => `{kind: ${kind}, …}`)
      .join(' | '),
  });
  const table = kindReferenceOf('table')?.options.map(({ name }) => name) ?? [];
  expect(table.filter((name) => name.startsWith('rows'))).toEqual(['rows', 'rows.of', 'rows.label']);
});

it('a result says what there is one for each of', () => {
  const reference = referenceOf('svd');
  const html = referenceHtml('svd', reference ?? { description: '', options: [] });
  expect(html).toContain('<code>singular-values</code> (by step, component)');
  expect(html).toMatch(
    /Pictures: <code>singular-values<\/code>, .*, <code>parameters<\/code>, <code>diverged-at<\/code>\./,
  );
});

it('the guide tells of every picture, and of no other', () => {
  const guide = readFileSync(join(import.meta.dirname, '../report/guide/figures.md'), 'utf8');
  const [, table = ''] = /## The pictures\n\n([\s\S]*?)\n\n/.exec(guide) ?? [];
  const told = table.split('\n').flatMap((line) => (line.split('|')[1] ?? '').match(/(?<=`)[a-z-]+(?=`)/g) ?? []);
  // Two kinds may have a picture of one name.
  expect([...new Set(told)].sort()).toEqual([...new Set(stepKinds.flatMap(({ kind }) => picturesOf(kind)))].sort());
});

it('the guide’s page of problems has a section for each group, and so every rule, with its cause and its cure in sentences', () => {
  const guide = readFileSync(join(import.meta.dirname, '../report/guide/problems.md'), 'utf8');
  const shown = [...guide.matchAll(/^```reference problems of ([a-z]+)$/gm)].map(([, group]) => group);
  expect(shown).toEqual([...problemGroups]);
  expect(problemGroups.flatMap((group) => rulesOf(group)).length).toBe(Object.keys(problemRules).length);
  for (const [rule, { cause, cure }] of Object.entries(problemRules)) {
    for (const text of [cause, cure]) {
      expect(text, rule).toMatch(/^[A-Z`‘“][^]*\.$/);
      expect(text.split('`').length % 2, rule).toBe(1);
    }
  }
  const html = referenceHtml('problems of data', referenceOf('problems of data') ?? { rules: [] });
  expect(html).toContain('<tr id="problem-csv-column"><th scope="row"><code>csv-column</code></th>');
});
