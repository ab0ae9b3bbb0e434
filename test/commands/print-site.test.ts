/** The book of a site that a stranger made: it runs nothing, and nothing outside of the site is in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { printSite } from '../../src/commands/print-site.js';
import { reportFolder } from '../report-folder.js';

it('has a policy, and neither pages nor pictures from outside of the site', async () => {
  const main = (text: string): string =>
    `<html lang="en"><main id="x">${text}</main><a rel="next" href="../secret.html">`;
  const images = ['../secret.png', 'a/../../secret.png', 'file:///etc/secret.png', 'https://example.org/secret.png'];
  const folder = reportFolder({
    'site/index.html': main(
      `<script src="evil.js"></script>${images.map((src) => `<img src="${src}">`).join('')}<img src="a.png">`,
    ),
    'secret.html': main('a secret page'),
  });
  let book = '';
  await printSite(join(folder, 'site'), join(folder, 'book.pdf'), (document) => {
    book = readFileSync(fileURLToPath(document), 'utf8');
    return Promise.resolve();
  });
  expect(book).toContain("content=\"default-src 'none';");
  expect(book).not.toContain('secret');
  expect(book).toContain('site/a.png');
});

it('has the links of a stranger whose addresses are no valid encoding', async () => {
  const folder = reportFolder({
    'site/index.html': '<html lang="en"><main id="x"><a href="100%.html#5%">a</a></main><a rel="next" href="%zz.html">',
    'site/%zz.html': '<html lang="en"><main id="y">the second page</main>',
  });
  let book = '';
  await printSite(join(folder, 'site'), join(folder, 'book.pdf'), (document) => {
    book = readFileSync(fileURLToPath(document), 'utf8');
    return Promise.resolve();
  });
  expect(book).toContain('the second page');
});
