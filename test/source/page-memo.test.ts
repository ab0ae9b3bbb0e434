/** A page that was read before is read from its note: also one that computes something. */
import { describe, expect, it } from 'vitest';
import { openMemo } from '../../src/shared/memo.js';
import { standardReader } from '../../src/source/markdown.js';
import { type PageNote, notedPages } from '../../src/source/page-memo.js';
import { type ParsedPage, parsePage } from '../../src/source/parse-page.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, small, waves } from '../report-folder.js';

const text = page(
  waves,
  small,
  `> ${block('figure #fig-fit', 'show: small.fit', 'caption: "Ends at `= small[hidden=4].test-error .3f`."').replaceAll('\n', '\n> ')}`,
  'As @one2020 has it, see @fig-fit.',
  'It is `= small[hidden=5].test-error .3f`, small `claim small[hidden=5].test-error < 9`.',
  block('claim', 'that: small[hidden=4].test-error < 9', 'sentence: "Both are *small*."'),
);

const parse = (): ReturnType<typeof parsePage> => parsePage('a.md', text, directiveKinds);

/** What a page holds, with its functions called. */
function plain({ tree, directives, inline, ...rest }: ParsedPage): unknown {
  return {
    ...rest,
    tree: tree(),
    directives: directives.map(({ placeOf, prose, ...directive }) => ({
      ...(JSON.parse(JSON.stringify(directive)) as object),
      prose: { ...prose },
      places: Object.keys(directive.body).map((name) => [placeOf([name], 'key'), placeOf([name], 'value')]),
    })),
    inline: inline.map(({ placeOf, ...request }) => ({ ...request, part: placeOf(2, 5) })),
  };
}

describe('a page with directives, numbers and claims', () => {
  it('is not read again by a later process, and is the same', () => {
    const first = openMemo<PageNote>();
    expect(notedPages(first).parsed('a.md', text, standardReader, parse).problems).toEqual([]);
    // As it is kept on the disk.
    const written = JSON.parse(JSON.stringify(Object.fromEntries(first.used()))) as Record<string, PageNote>;
    let reads = 0;
    const { page: known } = notedPages(openMemo([written])).parsed('a.md', text, standardReader, () => {
      reads += 1;
      return parse();
    });
    const fresh = parse().page;
    if (known === undefined || fresh === undefined) throw new Error('no page');
    expect(known.directives.map(({ kind }) => kind)).toEqual(['dataset', 'train', 'figure', 'claim']);
    expect(known.inline.map(({ what }) => what)).toEqual(['value', 'value', 'claim']);
    expect(known.cited).toEqual({ keys: ['one2020'], holdsList: false });
    expect(reads).toBe(0);
    expect(plain(known)).toEqual(plain(fresh));
    expect(reads).toBe(1);
  });

  it('names what it asks for by page and place, in captions too', () => {
    const { page: read } = parse();
    expect(read?.inline.map(({ at }) => at)).toEqual(['a.md:23:3.caption:1:9', 'a.md:30:7', 'a.md:30:49']);
    expect(read?.directives.map(({ at }) => at)).toEqual(['a.md:5:1', 'a.md:13:1', 'a.md:23:3', 'a.md:32:1']);
  });
});
