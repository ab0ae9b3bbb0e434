/** A Vega-Lite specification of the author's own, over columns of results. */
import type { Json } from '../artifact.js';
import type { FigureRequest } from '../plan/plan.js';
import type { Problem } from '../problem.js';
import { suggestion } from '../suggest.js';
import { misfitsOf } from './specification-schema.js';
import type { Picture } from './pictures/picture.js';
import { type Run, shownNames } from './subject.js';
import { tidyRows } from './tidy.js';
import { count, countOf, list, number, sentences } from './words.js';

/** What a specification may not name: everything it shows comes from the columns, and a page asks no other host. */
const refused: Readonly<Record<string, string>> = {
  url: 'a specification names no address',
  href: 'a specification makes no links',
  data: 'the data are the columns',
  datasets: 'the data are the columns',
  usermeta: 'it has no meaning here',
};

type OptionPath = readonly (string | number)[];

/** What is wrong with a figure's own specification, as far as that can be told before anything has run. */
export function checkSpecification({ options, directive }: FigureRequest): Problem[] {
  const specification = options['vega-lite'];
  const columns = options.columns ?? [];
  if (specification === undefined) return [];
  const problems: Problem[] = [];
  const wrong = (path: OptionPath, part: 'key' | 'value', message: string, hint: string): void => {
    problems.push({ place: directive.placeOf(['vega-lite', ...path], part), rule: 'specification', message, hint });
  };
  const derived = new Set<string>(columns);
  const visit = (value: Json, path: OptionPath, see: (key: string, inner: Json, path: OptionPath) => void): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (!Array.isArray(value)) see(key, inner, at);
      visit(inner, at, see);
    }
  };
  const whole = specification as Json;
  // A transform may name new columns.
  visit(whole, [], (key, inner) => {
    if (key === 'as') for (const name of Array.isArray(inner) ? inner : [inner]) derived.add(String(name));
    if (key === 'fold') for (const name of ['key', 'value']) derived.add(name);
  });
  visit(whole, [], (key, inner, path) => {
    const why = Object.hasOwn(refused, key) ? refused[key] : undefined;
    if (why !== undefined) wrong(path, 'key', `"${path.join('.')}" is refused: ${why}`, `leave "${key}" out`);
    const mark =
      key === 'mark' ? (typeof inner === 'string' ? inner : (inner as { type?: Json } | null)?.type) : undefined;
    if (mark === 'image')
      wrong(path, 'value', '"image" marks are refused: a figure loads nothing', 'choose another mark');
    if (key === 'field' && typeof inner === 'string' && !derived.has(inner)) {
      wrong(path, 'value', `"${inner}" is not one of the columns`, suggestion(inner, columns));
    }
  });
  for (const { path, part, message, hint } of misfitsOf(whole, new Set(Object.keys(refused)))) {
    wrong(path, part, message, hint);
  }
  return problems;
}

/** Draws it over the rows of all the runs that are shown. */
export function drawOwn({ options }: FigureRequest, runs: readonly Run[]): Picture {
  const columns = options.columns ?? [];
  const rows = runs.flatMap((run) => tidyRows(run, columns, options.at));
  const { width = 480, height = 280 } = options;
  const told = columns.map((name) => `${name} ${describeColumn(rows.map((row) => row[name] ?? null))}`);
  const description = sentences(`${countOf(rows.length, 'row')} of ${shownNames({ runs })}: ${told.join('; ')}`);
  return { specification: { width, height, ...options['vega-lite'], data: { values: rows } }, description };
}

/** So many different values are named. */
const mostNamed = 6;

/** "10, 20 and 40", "from 0.002 to 0.4", "12 different values": what is in a column. */
function describeColumn(column: readonly Json[]): string {
  const values = [...new Set(column)].filter((value) => value !== null);
  const numbers = values.filter((value) => typeof value === 'number');
  const say = (value: Json): string => {
    if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
    return Number.isInteger(value) && Math.abs(value) < 1e7 ? count(value) : number(value);
  };
  if (values.length === 0) return 'without a value';
  if (values.length <= mostNamed) return list(values.map(say), mostNamed);
  if (numbers.length < values.length) return `${count(values.length)} different values`;
  const [low, high] = numbers.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  return `from ${say(low)} to ${say(high)}`;
}
