/** The search's words, counted at build time page by page: what MiniSearch would have made of all the text at once. */
import MiniSearch from 'minisearch';
import { expect, it } from 'vitest';
import { findSections } from '../../src/client/search/find.js';
import { openIndex } from '../../src/client/search/open-index.js';
import { searchIndex, searchLine } from '../../src/render/search-index.js';
import { countWords, type SearchPage, type SearchSection, searchOptions } from '../../src/shared/search-options.js';

const pages = [
  {
    title: 'Singular values',
    address: 'a b/index.html',
    sections: [
      {
        anchor: '',
        heading: '',
        text: 'The spectrum of the features: wide, then narrow. Constructor, __proto__ and 1:2.',
      },
      {
        anchor: 'rank',
        heading: 'The rank',
        text: 'The rank is the number of singular values above a tolerance; the RANK.',
      },
    ],
  },
  {
    title: 'Über <Training>',
    address: 'b.html',
    sections: [{ anchor: 'x', heading: 'Ranks', text: 'Größe \u2028 wide' }],
  },
  { title: 'Nothing', address: 'c.html', sections: [{ anchor: 'y', heading: 'Empty', text: '' }] },
];

it('finds the same parts in the same order with the same scores', () => {
  const lines = pages.map(({ title, address, sections }) => searchLine(title, address, sections));
  const script = Buffer.from(searchIndex(lines)).toString();
  const written = JSON.parse(/\.provide\("search",([\s\S]*)\);\n$/.exec(script)?.[1] ?? '') as SearchPage[];
  const ours = openIndex(written);
  const theirs = new MiniSearch<SearchSection>(searchOptions);
  const all = pages.flatMap(({ title, address, sections }) =>
    sections.map(({ anchor, heading, text }) => ({
      ...{ title, heading, text },
      address: encodeURI(address) + (anchor === '' ? '' : `#${anchor}`),
    })),
  );
  theirs.addAll(all.map((section, id) => ({ id, ...section })));
  for (const words of ['rank', 'singular values', 'wide', 'größe', 'constructor', 'proto', 'über', '1', 'nothing']) {
    const [found, expected] = [ours.search(words), theirs.search(words)];
    expect(expected.length, words).toBeGreaterThan(0);
    expect(found.map(({ id }) => id as number)).toEqual(expected.map(({ id }) => id as number));
    found.forEach(({ score }, place) => {
      expect(score).toBeCloseTo(expected[place]?.score ?? 0, 9);
    });
    expect(findSections(ours, words)).toEqual(findSections(theirs, words));
  }
});

const indexOf = (title: string, text: string): ReturnType<typeof openIndex> =>
  openIndex([['a.html', title, [['', '', text, countWords(text)]]]]);

it.each([
  ['飛ぶ', '無人機が空を飛ぶ様子を観察した。', '飛ぶ'],
  ['無人', '無人機が空を飛ぶ様子を観察した。', '無人'],
  ['机器学习', '我们用机器学习的方法研究神经网络。', '机器'],
  ['神经', '我们用机器学习的方法研究神经网络。', '神经'],
  ['ภาษา', 'ฉันเรียนภาษาไทยทุกวัน', 'ภาษา'],
  ['grosse', 'Die Größe des Netzes', 'Größe'],
  ['Größe', 'DIE GROESSE? Nein: die GRÖSSE.', 'GRÖSSE'],
  ['cafe', 'Un café noir', 'café'],
  ['Schrodinger', 'La equación de Schrödinger', 'Schrödinger'],
  ['العربية', 'اللغة العَرَبِيَّة جميلة', 'العَرَبِيَّة'],
  ['ＡＢＣ', 'abc を学ぶ', 'abc'],
])('%s is found in "%s", and marked there', (words, text, marked) => {
  const [found] = findSections(indexOf('T', text), words);
  expect(found?.excerpt.filter((piece) => piece.marked).map((piece) => piece.text)).toContain(marked);
});

it('what is found far inside a text without spaces is shown', () => {
  const [found] = findSections(
    indexOf('T', `${'これは長い文章です。'.repeat(60)}無人機が飛ぶ。${'続き。'.repeat(90)}`),
    '無人',
  );
  expect(found?.excerpt.map(({ text }) => text).join('')).toContain('無人機');
  expect(found?.excerpt.map(({ text }) => text).join('').length).toBeLessThan(200);
});
