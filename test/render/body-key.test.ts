/** A page is rendered again when something that it shows has changed, and not when a number of another page has. */
import { expect, it } from 'vitest';
import { bodyKey } from '../../src/render/body-key.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { page, reportFolder, small, waves } from '../report-folder.js';
import { nothing } from './render-report.js';

it('the key of a body changes with the numbers and claims of its own page', () => {
  const folder = reportFolder({
    'a.md': page(waves, small, 'It is `= small[hidden=4].test-error .3f`.'),
    'b.md': page('It is `= small[hidden=5].test-error .3f` and `claim small[hidden=5].test-error < 9`.'),
  });
  const { report } = readReport(folder, directiveKinds);
  const [a, b] = report.pages;
  if (a === undefined || b === undefined) throw new Error('two pages were written');
  const keys = (values: readonly string[], claim: string): string[] => {
    const parts = {
      ...nothing,
      values: new Map([a, b].map(({ inline }, index) => [inline[0]?.at ?? '', values[index] ?? ''])),
      claims: new Map([[b.inline[1]?.at ?? '', claim]]),
    };
    return [a, b].map((one) => bodyKey(one, '', parts));
  };
  const [first, second] = keys(['1', '2'], 'x < 9');
  expect(keys(['1', '3'], 'x < 9')[0]).toBe(first);
  expect(keys(['1', '3'], 'x < 9')[1]).not.toBe(second);
  expect(keys(['1', '2'], 'x < 8')[0]).toBe(first);
  expect(keys(['1', '2'], 'x < 8')[1]).not.toBe(second);
  expect(keys(['0', '2'], 'x < 9')[0]).not.toBe(first);
  expect(keys(['0', '2'], 'x < 9')[1]).toBe(second);
});
