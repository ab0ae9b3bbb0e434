/** Colours of the series of a picture, and their entries in its key. */
import type { Specification } from './drawing.js';
import type { KeyEntry } from './frame.js';
import { seriesColour } from './theme.js';
import type { Spoken } from './words.js';

/** A colour by the field `series`, the number of a series. Without a scale, which would be the key's as well. */
export function seriesEncoding(series: readonly string[]): Specification {
  const condition = series.map((_, index) => ({
    test: { field: 'series', equal: index },
    value: seriesColour(index),
  }));
  return { condition, value: seriesColour(0) };
}

/** One entry for each series that has a name; none when there is nothing to tell apart. */
export function seriesKey(series: readonly string[], shape: KeyEntry['shape'], { words }: Spoken): KeyEntry[] {
  if (series.length < 2) return [];
  return series.map((label, index) => ({
    label: label === '' ? words.drawings.key.oneRun : label,
    colour: seriesColour(index),
    shape,
  }));
}
