/** What a change of a printed number amounts to. */
import { mean, standardDeviation } from '../shared/summary.js';
import type { SnapshotCell } from './snapshot.js';

export interface NumberChange {
  /** As printed; absent on the side that does not have it. */
  readonly before?: string;
  readonly after?: string;
  /** Of the mean over the seeds, in parts of what it was; absent where there is none. */
  readonly relative?: number;
  /** How many seeds there are, and the change in parts of their spread: the larger of the two standard deviations. */
  readonly seeds?: { readonly count: number; readonly spreads: number };
}

/** Undefined where the numbers are the same, whatever they are printed as. */
export function changeOf(before: SnapshotCell | undefined, after: SnapshotCell | undefined): NumberChange | undefined {
  const said = {
    ...(before !== undefined && { before: before.text }),
    ...(after !== undefined && { after: after.text }),
  };
  if (before === undefined || after === undefined) return said;
  const [olds, news] = [before.numbers, after.numbers];
  const isSame = olds.length === news.length && olds.every((number, index) => number === news[index]);
  if (isSame) return before.text === after.text ? undefined : said;
  const [old, now] = [olds, news].map((numbers) => (numbers.includes(null) ? Number.NaN : mean(numbers as number[])));
  if (old === undefined || now === undefined || !Number.isFinite(now - old)) return said;
  const seeds = seedsOf(olds as number[], news as number[], Math.abs(now - old));
  return {
    ...said,
    ...(old !== 0 && { relative: (now - old) / Math.abs(old) }),
    ...(seeds !== undefined && { seeds }),
  };
}

function seedsOf(olds: readonly number[], news: readonly number[], change: number): NumberChange['seeds'] {
  const count = Math.min(olds.length, news.length);
  if (count < 2) return undefined;
  const spread = Math.max(standardDeviation(olds), standardDeviation(news));
  return spread > 0 ? { count, spreads: change / spread } : undefined;
}
