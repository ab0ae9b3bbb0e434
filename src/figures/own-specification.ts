/** A Vega-Lite specification of the author's own, over columns of results. */
import type { Json } from '../shared/artifact.js';
import type { FigureRequest } from '../plan/plan.js';
import type { Problem } from '../shared/problem.js';
import type { Specification } from './drawing.js';
import { suggestion } from '../shared/suggest.js';
import { allowedNames, namedByAuthors, refusedNames, refusedValue } from './specification-list.js';
import { misfitsOf } from './specification-schema.js';
import type { Picture } from './pictures/picture.js';
import { type Run, shownNames } from './subject.js';
import { type TidyRow, tidyRows } from './tidy.js';
import { count, countOf, factOf, list, number, say, sentences, type Spoken } from './words.js';

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
  const unlisted: OptionPath[] = [];
  const derived = new Set<string>(columns);
  type See = (key: string, inner: Json, path: OptionPath, around: Readonly<Record<string, Json>>) => void;
  const visit = (value: Json, path: OptionPath, see: See): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (!Array.isArray(value)) see(key, inner, at, value as Readonly<Record<string, Json>>);
      visit(inner, at, see);
    }
  };
  const whole = specification as Json;
  // A transform may name new columns.
  visit(whole, [], (key, inner) => {
    if (key === 'as') for (const name of Array.isArray(inner) ? inner : [inner]) derived.add(String(name));
    if (key === 'fold') for (const name of ['key', 'value']) derived.add(name);
  });
  visit(whole, [], (key, inner, path, around) => {
    const why = refusedNames.get(key);
    const named = path.some((name, index) => index < path.length - 1 && namedByAuthors.has(String(name)));
    if (why !== undefined && !named) wrong(path, 'key', `"${path.join('.')}" is refused: ${why}`, `leave "${key}" out`);
    if (why === undefined && !named && !allowedNames.has(key)) unlisted.push(path);
    const value = refusedValue(key, inner, around);
    if (value !== undefined) wrong(path, 'value', value.message, value.hint);
    if (key === 'field' && typeof inner === 'string' && !derived.has(inner)) {
      wrong(path, 'value', `"${inner}" is not one of the columns`, suggestion(inner, columns));
    }
  });
  const misfits = misfitsOf(whole, new Set(refusedNames.keys()));
  for (const { path, part, message, hint } of misfits) wrong(path, part, message, hint);
  for (const path of unlisted) {
    const [key, name] = [String(path.at(-1)), path.join('.')];
    // What Vega-Lite does not know either has been said.
    if (misfits.some((misfit) => name.startsWith(misfit.path.join('.')))) continue;
    wrong(path, 'key', `"${name}" is refused: it is not on the list of what a figure may hold`, `leave "${key}" out`);
  }
  return problems;
}

/** Draws it over the rows of all the runs that are shown. */
export function drawOwn({ options, language }: FigureRequest, runs: readonly Run[], narrow = false): Picture {
  const { own } = language.words.drawings;
  const columns = options.columns ?? [];
  const rows = runs.flatMap((run) => tidyRows(run, columns, options.at));
  const told = columns.map((name) => {
    const values = describeColumn(
      rows.map((row) => row[name] ?? null),
      language,
    );
    return say(own.column, { name, values });
  });
  const shown = countOf(language, own.rows, rows.length, { names: shownNames({ runs, language }) });
  const description = sentences(language, factOf(language, shown, told.join(own.between)));
  const specification = ownSpecification(options, rows);
  return { specification: narrow ? withinWidth(specification, options.width ?? 0) : specification, description };
}

/** The same with no panel wider than `width`, and those of a facet that may be in any order below each other. */
function withinWidth(whole: Specification, width: number): Specification {
  const { facet, spec } = whole as { readonly facet?: { readonly field?: Json }; readonly spec?: Specification };
  const fitting = (one: Specification): Specification =>
    typeof one['width'] === 'number' ? { ...one, width: Math.min(width, one['width']) } : one;
  if (facet?.field === undefined || spec === undefined) return fitting(whole);
  return {
    ...whole,
    columns: 1,
    spec: fitting(spec),
    resolve: { axis: { x: 'independent' }, ...(whole['resolve'] ?? {}) },
  };
}

/** The author's specification with its data and, unless it says otherwise, its size. */
export function ownSpecification(options: FigureRequest['options'], rows: readonly TidyRow[]): Specification {
  const { width = 480, height = 280 } = options;
  return { width, height, ...options['vega-lite'], data: { values: rows } };
}

/** So many different values are named. */
const mostNamed = 6;

/** "10, 20 and 40", "from 0.002 to 0.4", "12 different values": what is in a column. */
function describeColumn(column: readonly Json[], language: Spoken): string {
  const { own, text } = language.words.drawings;
  const values = [...new Set(column)].filter((value) => value !== null);
  const numbers = values.filter((value) => typeof value === 'number');
  const shown = (value: Json): string => {
    if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
    return Number.isInteger(value) && Math.abs(value) < 1e7 ? count(value) : number(value);
  };
  if (values.length === 0) return own.none;
  if (values.length <= mostNamed) return list(language, values.map(shown), mostNamed);
  if (numbers.length < values.length) return say(own.different, { count: count(values.length) });
  const [low, high] = numbers.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  return say(text.range, { low: shown(low), high: shown(high) });
}
