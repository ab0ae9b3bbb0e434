/** The index of a site from the counted words of its pages: put together where a reader searches, in milliseconds. */
import MiniSearch, { type AsPlainObject } from 'minisearch';
import { countWords, type SearchPage, searchOptions, type SearchSection } from '../../shared/search-options.js';

/** The index that MiniSearch would make of the pages' parts. */
export function openIndex(pages: readonly SearchPage[]): MiniSearch<SearchSection> {
  const sections = pages.flatMap(([address, title, parts]) =>
    parts.map(([anchor, heading, text, words]) => ({
      stored: { title, heading, text, address: anchor === '' ? address : `${address}#${anchor}` },
      words: [countWords(title), countWords(heading), words],
    })),
  );
  const terms = new Map<string, Record<string, Record<string, number> | undefined>>();
  const lengths = sections.map(({ words }, section) =>
    words.map((counted, field) => {
      const [length = '0', ...all] = counted.split(' ');
      for (const written of all) {
        const colon = written.indexOf(':');
        const term = colon < 0 ? written : written.slice(0, colon);
        let fields = terms.get(term);
        if (fields === undefined) terms.set(term, (fields = {}));
        (fields[field] ??= {})[section] = colon < 0 ? 1 : Number(written.slice(colon + 1));
      }
      return Number(length);
    }),
  );
  const byNumber = <Value>(values: readonly Value[]): Record<string, Value> => Object.fromEntries(values.entries());
  const average = (field: number): number =>
    lengths.reduce((sum, one) => sum + (one[field] ?? 0), 0) / Math.max(1, sections.length);
  const plain: AsPlainObject = {
    documentCount: sections.length,
    nextId: sections.length,
    documentIds: byNumber(sections.map((_section, id) => id)),
    fieldIds: Object.fromEntries(searchOptions.fields.map((name, field) => [name, field])),
    fieldLength: byNumber(lengths),
    averageFieldLength: searchOptions.fields.map((_name, field) => average(field)),
    storedFields: byNumber(sections.map(({ stored }) => stored)),
    dirtCount: 0,
    index: [...terms] as AsPlainObject['index'],
    serializationVersion: 2,
  };
  return MiniSearch.loadJS(plain, searchOptions);
}
