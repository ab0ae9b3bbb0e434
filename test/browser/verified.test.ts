/** Under a figure stands how the results that it shows fared when they were last computed again. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { directoryStore } from '../../src/store/directory-store.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => browser.close());

it('the same bytes, or another result than the recorded one; nothing before any verification', async () => {
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      small,
      block('figure #fig-fit', 'show: small.fit', 'caption: The fit.'),
      block('figure #fig-four', 'show: small.fit', 'where: { hidden: 4 }', 'caption: Of one.'),
    ),
  });
  const folds = async (): Promise<string[]> => {
    expect(colophon(folder, 'build', 'report')).toMatchObject({ code: 0 });
    const { open, complaints, close } = await visit(browser, join(folder, 'site'), 'file');
    const here = await open('index.html');
    const texts: string[] = [];
    for (const fold of await here.locator('figure details.origin').all()) {
      await fold.locator('summary').click();
      await fold
        .getByText(/Computed in/)
        .first()
        .waitFor();
      texts.push(await fold.innerText());
    }
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
    return texts;
  };
  for (const text of await folds()) expect(text).not.toContain('again on');

  expect(colophon(folder, 'verify', 'report').code).toBe(0);
  const [both = '', one = ''] = await folds();
  expect(both).toContain('2 of these 2 results were computed again: 2 the same bytes.');
  expect(both.match(/Computed again on \w+ \d+, \d{4} by wasm-f32\/\d+: the same bytes\./g)).toHaveLength(2);
  expect(one.match(/: the same bytes\./g)).toHaveLength(1);

  // Someone keeps other numbers under the key of one training, with true digests.
  const store = directoryStore(join(folder, '.colophon'), () => undefined);
  const json = JSON.parse(colophon(folder, 'results', 'small[hidden=4]', '--record', '--json').out) as [
    { record: { key: string } },
  ];
  const found = store.find(json[0].record.key, () => true);
  const loss = found?.artifact.arrays['train-error'];
  if (found === undefined || loss === undefined) throw new Error('no record');
  loss.data.set([(loss.data.at(-1) ?? 0) * 3], loss.data.length - 1);
  store.keep(found.record, found.artifact);
  expect(colophon(folder, 'verify', 'report').code).toBe(1);
  const [wrong = '', alone = ''] = await folds();
  expect(wrong).toContain('2 of these 2 results were computed again: 1 the same bytes, 1 other.');
  expect(alone).toMatch(/by wasm-f32\/\d+: another result \([\d.]+ of what is allowed, train-error at step 20\)/);
});
