/** Small .bib files in the manner of Zotero, Better BibTeX, JabRef, DBLP, the ACL's anthology, arXiv and others, each as a list prints it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { languageOf } from '../../src/languages/language.js';
import { describeWork, yearOf } from '../../src/render/citations/describe.js';
import { readBibtex } from '../../src/source/bibtex/read.js';

const english = languageOf('en');
const folder = 'test/fixtures/bibliography';

/** What a file's works look like, and what is wrong with it, when all of it is cited. */
function shown(name: string): string[] {
  const text = readFileSync(join(folder, name), 'utf8');
  const { keys } = readBibtex(name, text, new Set());
  const { works, formulas, problems } = readBibtex(name, text, new Set(keys));
  const described = [...works.values()].map((work) => {
    const year =
      work.dates.issued === undefined ? (work.texts['status'] ?? 'n.d.') : yearOf(work.dates.issued, english);
    return describeWork(work, year, formulas, english).replace(
      /<math[^>]*>.*?<\/math>/g,
      (math) => `<math>${math.replace(/<[^>]*>/g, '')}</math>`,
    );
  });
  const wrong = problems.map(
    ({ place, message, severity }) => `${severity ?? 'error'} ${place?.line ?? 0}:${place?.column ?? 0} ${message}`,
  );
  return [...described, ...wrong];
}

const files = readdirSync(folder).filter((name) => name.endsWith('.bib'));

it('sixty of them', () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
});

it.each(files)('%s', async (name) => {
  await expect(`${shown(name).join('\n')}\n`).toMatchFileSnapshot(
    join('..', '..', folder, name.replace('.bib', '.txt')),
  );
});

it('every flaw is told, however many entries have one; what is shown of many alike is bounded for all problems', () => {
  const entries = Array.from({ length: 30 }, (_, index) => `@book{key${index}, title = {A}, crossref = {none}}`);
  const { problems } = readBibtex('many.bib', entries.join('\n'), new Set());
  expect(problems.map(({ place }) => place?.line)).toEqual(entries.map((_, index) => index + 1));
});
