/** The columns of a figure of an author's own, checked before anything has run: whether each is there, and what rows they make. */
import type { PlannedStep } from '../plan/plan.js';
import { suggestion } from '../shared/suggest.js';

/** What is wrong with one of the columns. */
export interface ColumnFault {
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** `inputs[feature=0]`, as one writes in the text. */
const selector = /^(.+)\[([a-z-]+)=(\d+)\]$/;

/**
 * How many rows the columns make of a run: one for each combination of the dimensions of their arrays. A dimension that two
 * arrays share has one position in a row, so it has to be as long in both. Of checkpoints only those `at` the given steps.
 */
export function countRows(step: PlannedStep, columns: readonly string[], at?: readonly number[]): number | ColumnFault {
  const { kind, facts, options } = step;
  const shapes = new Map(Object.entries(kind.shapes(options, facts)));
  const axes = step.coordinates.map(({ axis }) => axis);
  const values = [...kind.numbers, ...kind.words];
  /** Of each dimension, how long it is and the first array that has it. */
  const met = new Map<string, { readonly size: number; readonly array: string }>();
  for (const [column, name] of columns.entries()) {
    const lack = kind.lacks?.(facts, name, undefined);
    if (lack !== undefined)
      return { column, message: `"${step.name}" has no ${name}: ${lack.message}`, hint: lack.hint };
    for (const { name: dimension, size } of shapes.get(name) ?? []) {
      const before = met.get(dimension);
      if (before !== undefined && before.size !== size) {
        const counts = `${before.size} and ${size} positions of "${dimension}"`;
        const message = `"${before.array}" and "${name}" of "${step.name}" have ${counts}, so no row can hold both`;
        return { column, message, hint: 'draw them in two figures' };
      }
      met.set(dimension, before ?? { size, array: name });
    }
  }
  for (const [column, name] of columns.entries()) {
    if (shapes.has(name) || axes.includes(name) || values.includes(name) || met.has(name)) continue;
    const having = [...shapes].flatMap(([array, shape]) => (shape.some((one) => one.name === name) ? [array] : []));
    if (having.length > 0) {
      const message = `"${name}" is a position along an array of "${step.name}", and none of the columns has it`;
      return { column, message, hint: `add ${having.slice(0, 4).join(' or ')}` };
    }
    const [, array = '', written = '', position = ''] = selector.exec(name) ?? [];
    const dimension = written === 'step' ? 'checkpoint' : written;
    if (shapes.get(array)?.some((one) => one.name === dimension)) {
      // Positions count from 1 in a column, and in the text only those of components do.
      const shown = written === 'step' || written === 'component' ? position : String(Number(position) + 1);
      const message = `a column is a whole array, and "${name}" is a part of one`;
      const hint = `write "${array}" and "${written}" as columns, and filter: datum['${written}'] == ${shown} in the specification`;
      return { column, message, hint };
    }
    const known = [...shapes.keys(), ...values, ...axes, ...met.keys()];
    return { column, message: `"${step.name}" has no result "${name}"`, hint: suggestion(name, known) };
  }
  const checkpoints = kind.checkpoints(options, facts).filter((one) => at?.includes(one) ?? true);
  return [...met].reduce(
    (product, [dimension, { size }]) => product * (dimension === 'checkpoint' ? checkpoints.length : size),
    1,
  );
}
