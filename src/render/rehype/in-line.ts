/** What stands in a line of text; every other element starts a new one. */
export const inLine: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code data del dfn em i ins kbd mark q ruby s samp small span strong sub sup time tt u var'.split(
    ' ',
  ),
);
