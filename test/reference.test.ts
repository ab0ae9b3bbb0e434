/** What the guide lists of each kind is what the program knows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { referenceOf } from '../src/reference/reference-of.js';
import { referenceHtml } from '../src/render/blocks.js';
import { directiveKinds, stepKinds } from '../src/steps/kinds.js';

it('every kind has its options; what computes something also its pictures and results', () => {
  for (const kind of [...directiveKinds.map((one) => one.kind), 'front-matter', 'colophon.yaml']) {
    const { options = [], makes } = referenceOf(kind) ?? {};
    expect(options.length, kind).toBeGreaterThan(0);
    expect(
      options.filter(({ description }) => description === '').map(({ name }) => name),
      kind,
    ).toEqual([]);
    expect(makes !== undefined, kind).toBe(stepKinds.some((one) => one.kind === kind));
  }
  expect(referenceOf('trian')).toBeUndefined();
});

it('a result says what there is one for each of', () => {
  const reference = referenceOf('svd');
  const html = referenceHtml('svd', reference ?? { options: [] });
  expect(html).toContain('<code>singular-values</code> (by step, component)');
  expect(html).toMatch(
    /Pictures: <code>singular-values<\/code>, .*, <code>parameters<\/code>, <code>diverged-at<\/code>\./,
  );
});

it('the guide tells of every picture, and of no other', () => {
  const guide = readFileSync(join(import.meta.dirname, '../report/guide/figures.md'), 'utf8');
  const [, table = ''] = /## The pictures\n\n([\s\S]*?)\n\n/.exec(guide) ?? [];
  const told = table.split('\n').flatMap((line) => (line.split('|')[1] ?? '').match(/(?<=`)[a-z-]+(?=`)/g) ?? []);
  expect(told.sort()).toEqual(stepKinds.flatMap(({ pictures }) => pictures).sort());
});
