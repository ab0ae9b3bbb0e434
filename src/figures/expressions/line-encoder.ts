/** Encodes a mark each of whose items is a whole line: its datum has the line's rows, it gets the line's points. */
import type { Evaluate } from './evaluator.js';
import type { Item } from './spans.js';

/** The type of the mark. */
export const polyline = 'polyline';

/** What each point has of its own; the rest is the line's, said of its first row. */
const ofPoints = new Set(['x', 'y', 'defined']);

/** Gives the item its channels, and as `points` itself, which is the first point, and the others. */
export function lineEncoder(channels: readonly (readonly [string, Evaluate])[], functions: object) {
  const points = channels.filter(([name]) => ofPoints.has(name));
  return (item: Item, params: Readonly<Record<string, unknown>>): boolean => {
    const [first, ...others] = (item['datum'] as { readonly rows: readonly unknown[] }).rows;
    for (const [name, evaluate] of channels) item[name] = evaluate({ params, functions, datum: first, item });
    const rest = others.map((datum) => {
      const point: Item = {};
      for (const [name, evaluate] of points) point[name] = evaluate({ params, functions, datum, item: point });
      return point;
    });
    item['points'] = [item, ...rest];
    return true;
  };
}
