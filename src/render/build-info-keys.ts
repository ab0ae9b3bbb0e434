/**
 * How a page asks `build-info.js` for what it tells of results: by their keys; of more than are listed by the name of their
 * sum, so that neither the page nor that file grows with the runs of a sweep.
 */
import { sha256 } from '../shared/hash.js';
import type { RenderParts } from './parts.js';

/** Of more runs no page tells one by one. */
export const mostListed = 20;

/** The start of a key that names it among those of a report. */
export function startOf(key: string): string {
  return key.slice(0, 16);
}

/** The attribute of an element that shows what is told of the results under these keys. */
export function keysAttribute(keys: readonly string[]): string {
  return keys.length > mostListed ? `data-sum="${sumName(keys)}"` : `data-keys="${keys.map(startOf).join(' ')}"`;
}

/** What names the sum over these results. */
export function sumName(keys: readonly string[]): string {
  return sha256(keys.map(startOf).join(' ')).slice(0, 16);
}

/** Every list of keys that pages ask for. */
export function keyLists({ figures, tables, experiments }: RenderParts): string[][] {
  const shown = [...figures.values(), ...tables.values()];
  const ways = shown.flatMap(({ way }) => way.flat().map(({ keys }) => [...keys]));
  const runs = [...shown.map((part) => part.runs), ...experiments.values()];
  return [...ways, ...runs.map((list) => list.map(({ key }) => key))].filter((keys) => keys.length > 0);
}
