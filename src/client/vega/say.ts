/** What a drawn value says: names and values as Vega-Lite gives them, and the names of our own pictures. */
import type { VegaFigure } from '../../figures/vega-figure.js';
import type { Item } from './scene.js';

/** Rows of a name and a value. Of our own pictures only x and y, whose names may stand on another panel's axis. */
export function rowsOf({ tooltip }: Item, titles: VegaFigure['titles']): [string, string][] {
  if (typeof tooltip !== 'object' || tooltip === null) return typeof tooltip === 'string' ? [['value', tooltip]] : [];
  const said = Object.entries(tooltip).map(([name, value]): [string, string] => [name, readable(String(value))]);
  if (titles === undefined) return said;
  const value = (own: string, title: string): string | undefined =>
    said.find(([name]) => name === own || name === title)?.[1];
  const [x, y, y2] = [value('x', titles.x), value('y', titles.y), value('y2', 'y2')];
  return [
    ...(x === undefined ? [] : ([[titles.x, x]] as [string, string][])),
    ...(y === undefined ? [] : ([[titles.y, y2 === undefined ? y : `${y} to ${y2}`]] as [string, string][])),
  ];
}

const long = /^[-−]?\d+\.?\d*(?:e[-+−]?\d+)?$/;

/** Five digits of a long number: more than can be read from a drawing. */
function readable(text: string): string {
  if (!long.test(text)) return text;
  const value = Number(text.replaceAll('−', '-'));
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value.toLocaleString('en-US').replace('-', '−');
  return Number(value.toPrecision(5)).toString().replace('e+', 'e').replaceAll('-', '−');
}
