/** A page of a report's own templates is looked at once it is laid out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { programFolder } from '../../src/shared/program-folder.js';
import { renderPages } from '../../src/render/render-pages.js';
import { checkStylesheet } from '../../src/render/stylesheet.js';
import { loadTemplates } from '../../src/render/templates.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { reportFolder } from '../report-folder.js';
import { nothing, page, rules } from './render-report.js';

const builtIn = (name: string): string => readFileSync(join(programFolder, 'templates', name), 'utf8');

function found(templates: Readonly<Record<string, string>>): string[] {
  const { report } = readReport(reportFolder({ 'index.md': page('Text.'), ...templates }), directiveKinds);
  return rules(renderPages(report, nothing, { templates: loadTemplates(report.files, { trust: true }) }));
}

it('with our templates nothing is wrong', () => {
  expect(found({ 'templates/footer.hbs': builtIn('footer.hbs') })).toEqual([]);
});

const head = builtIn('head.hbs');
it.each([
  ['no policy', { 'templates/head.hbs': head.replace(/<meta http-equiv.*\n/, '') }, 'templates/head.hbs:'],
  ['a weaker policy', { 'templates/head.hbs': head.replace("'none'", '*') }, 'templates/head.hbs:'],
  [
    'a policy after a script',
    { 'templates/head.hbs': head.replace(/(<meta http-equiv.*\n)([\s\S]*)/, '$2$1') },
    'templates/head.hbs:',
  ],
  [
    'a script in the page',
    { 'templates/footer.hbs': '<footer>\n <script>alert(1)</script></footer>' },
    'templates/footer.hbs:2:2',
  ],
  [
    'a script of another',
    { 'templates/footer.hbs': '<footer><script src="https://example.org/x.js"></script></footer>' },
    'templates/footer.hbs:1:9',
  ],
  [
    'a script that says that it is data, too late',
    { 'templates/footer.hbs': '<footer><script type="module" type="application/ld+json">alert(1)</script></footer>' },
    'templates/footer.hbs:1:9',
  ],
  ['a handler', { 'templates/footer.hbs': '<footer onclick="alert(1)">x</footer>' }, 'templates/footer.hbs:1:1'],
  [
    'an image of another host',
    { 'templates/footer.hbs': '<footer><img src=//example.org/x.png></footer>' },
    'templates/footer.hbs:1:9',
  ],
  [
    'a stylesheet of another host',
    { 'templates/footer.hbs': '<link rel="stylesheet" href="https://example.org/x.css">' },
    'templates/footer.hbs:1:1',
  ],
  ['a frame', { 'templates/footer.hbs': '<iframe src="index.html"></iframe>' }, 'templates/footer.hbs:1:1'],
  ['a base', { 'templates/footer.hbs': '<base href="https://example.org/">' }, 'templates/footer.hbs:1:1'],
  [
    'a link that is a script',
    { 'templates/footer.hbs': '<a href="java\nscript:alert(1)">x</a>' },
    'templates/footer.hbs:1:1',
  ],
])('%s is a problem at its place', (_name, templates, place) => {
  const problems = found(templates);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]).toMatch(new RegExp(`^${place.replaceAll('.', '\\.')}.*unsafe-page`));
});

it.each([
  ['@import "x.css";', '1:1'],
  ['a {}\n@import url(https://example.org/x.css);', '2:1'],
  ['a { background: url(https://example.org/x.png) }', '1:17'],
  ['a { background: url( "//example.org/x.png" ) }', '1:17'],
  ['a { background: u\\72l(https://example.org/x.png) }', '1:17'],
  ['a { background: image-set("https://example.org/x.png" 1x) }', '1:17'],
  ['@font-face { src: url(https://example.org/f.woff2) }', '1:19'],
])('the stylesheet %j loads from elsewhere, and that is a problem', (css, place) => {
  expect(rules({ problems: checkStylesheet('theme.css', css) })).toEqual([`theme.css:${place} outside-load`]);
});

it('a stylesheet that loads nothing from elsewhere is left alone', () => {
  const css =
    '/* url(https://example.org) */ a { background: url(data:image/png;base64,AAAA); content: "\\2014" } b { mask: url(#a) }';
  expect(checkStylesheet('theme.css', css)).toEqual([]);
});
