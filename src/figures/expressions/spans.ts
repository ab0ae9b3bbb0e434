/** Where a mark's channels say its two ends, or its middle, along an axis: its items get a beginning and a length. */

/** An item of Vega's scenegraph, seen as what its channels said. */
export type Item = Record<string, unknown>;

const axes = [
  { start: 'x', end: 'x2', middle: 'xc', length: 'width' },
  { start: 'y', end: 'y2', middle: 'yc', length: 'height' },
] as const;

/** Numbers, or what JavaScript takes for them. */
type Span = Record<(typeof axes)[number]['start' | 'end' | 'middle' | 'length'], number>;

/** Marks with an area, whose ends may come in either order. */
const areas = new Set(['group', 'image', 'rect']);

/** What remains to be done to an item with these channels; undefined for most marks. */
export function spansOf(marktype: string, channels: object): ((item: Item) => void) | undefined {
  // A rule goes from one end to the other.
  const spanned = axes.filter(({ end, middle }) => marktype !== 'rule' && (end in channels || middle in channels));
  if (spanned.length === 0) return undefined;
  const swap = areas.has(marktype);
  return (item) => {
    const its = item as Span;
    for (const { start, end, middle, length } of spanned) {
      if (end in channels && start in channels) {
        if (swap && its[start] > its[end]) [its[start], its[end]] = [its[end], its[start]];
        its[length] = its[end] - its[start];
      } else if (end in channels) its[start] = its[end] - (its[length] || 0);
      if (middle in channels) its[start] = its[middle] - (its[length] || 0) / 2;
    }
  };
}
