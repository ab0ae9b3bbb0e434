/** Colours of the series of a picture, and their entries in its key. */
import type { Specification } from './draw-specification.js';
import type { KeyEntry } from './frame.js';
import { seriesColour } from './theme.js';

/** A colour by the field `series`, the number of a series. */
export function seriesEncoding(series: readonly string[]): Specification {
  const domain = series.map((_, index) => index);
  return { field: 'series', type: 'nominal', scale: { domain, range: domain.map(seriesColour) }, legend: null };
}

/** One entry for each series that has a name; none when there is nothing to tell apart. */
export function seriesKey(series: readonly string[], shape: KeyEntry['shape']): KeyEntry[] {
  if (series.length < 2) return [];
  return series.map((label, index) => ({
    label: label === '' ? 'one run' : label,
    colour: seriesColour(index),
    shape,
  }));
}
