/** The shapes of a result's arrays, known before it is computed. */
import type { Shapes } from './step.js';

/** Of arrays by the names of their dimensions, and how long each of those is. */
export function shapesOf(
  dimensions: Readonly<Record<string, readonly string[]>>,
  sizes: Readonly<Record<string, number>>,
): Shapes {
  return Object.fromEntries(
    Object.entries(dimensions).map(([array, names]) => [
      array,
      names.map((name) => ({ name, size: sizes[name] ?? 0 })),
    ]),
  );
}
