/** What a drawn value says: names and values as Vega-Lite gives them, and the names of our own pictures. */
import type { VegaFigure } from '../../figures/vega-figure.js';
import { readable } from '../numbers.js';
import { say, words } from '../words.js';
import type { Item } from './scene.js';

/**
 * Rows of a name and a value. Of our own pictures only x, y and what a shade tells, whose names may stand on another
 * panel's axis; each may be a range.
 */
export function rowsOf({ tooltip }: Item, titles: VegaFigure['titles']): [string, string][] {
  if (typeof tooltip !== 'object' || tooltip === null)
    return typeof tooltip === 'string' ? [[words.figure.value, tooltip]] : [];
  const said = Object.entries(tooltip).map(([name, value]): [string, string] => [name, readable(String(value))]);
  if (titles === undefined) return said;
  const find = (...names: readonly string[]): string | undefined => said.find(([name]) => names.includes(name))?.[1];
  return (['x', 'y', 'value'] as const).flatMap((field): [string, string][] => {
    const title = titles[field] ?? field;
    const [from, to] = [find(field, title), find(`${field}2`)];
    return from === undefined ? [] : [[title, to === undefined ? from : say(words.figure.range, { from, to })]];
  });
}

/** What one value of our own pictures is called by itself, such as a parameter. */
export function nameOf({ tooltip }: Item): string | undefined {
  const name: unknown = typeof tooltip === 'object' && tooltip !== null && 'name' in tooltip ? tooltip.name : undefined;
  return typeof name === 'string' ? name : undefined;
}
