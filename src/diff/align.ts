/** Which entries of two lists are the same one, by a name that need not be unique. */
import { diffArrays } from 'diff';

/** An entry of one list or of both. */
export interface Pair<Entry> {
  readonly before?: Entry;
  readonly after?: Entry;
}

/**
 * Pairs entries of the same name in an order that both lists have, by the fewest insertions and removals (Myers, as npm's `diff`);
 * what stands in one place in both lists under different names is a pair too.
 */
export function align<Entry>(
  before: readonly Entry[],
  after: readonly Entry[],
  nameOf: (entry: Entry) => string,
): Pair<Entry>[] {
  const pairs: Pair<Entry>[] = [];
  let removed: Entry[] = [];
  let added: Entry[] = [];
  const close = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      const [one, other] = [removed[index], added[index]];
      pairs.push({ ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) });
    }
    removed = [];
    added = [];
  };
  let [at, other] = [0, 0];
  for (const part of diffArrays(before.map(nameOf), after.map(nameOf))) {
    const { length } = part.value;
    if (part.removed) {
      removed.push(...before.slice(at, at + length));
      at += length;
    } else if (part.added) {
      added.push(...after.slice(other, other + length));
      other += length;
    } else {
      close();
      for (let index = 0; index < length; index += 1) {
        const [one, two] = [before[at + index], after[other + index]];
        if (one !== undefined && two !== undefined) pairs.push({ before: one, after: two });
      }
      at += length;
      other += length;
    }
  }
  close();
  return pairs;
}

/** Pairs entries by a name that is unique in each list: first those that were there before, in their order. */
export function alignByName<Entry>(
  before: readonly Entry[],
  after: readonly Entry[],
  nameOf: (entry: Entry) => string,
): Pair<Entry>[] {
  const [olds, news] = [before, after].map((list) => new Map(list.map((entry) => [nameOf(entry), entry])));
  const pairs = Array.from(olds ?? [], ([name, old]): Pair<Entry> => {
    const now = news?.get(name);
    return { before: old, ...(now !== undefined && { after: now }) };
  });
  const added = Array.from(news ?? []).flatMap(([name, now]): Pair<Entry>[] =>
    olds?.has(name) === true ? [] : [{ after: now }],
  );
  return [...pairs, ...added];
}
