/** Classes: the names of a target column of words, and what a training makes of them. */
import type { Artifact } from '../shared/artifact.js';
import type { Loss } from '../model/loss.js';
import type { OptionIssue } from './step.js';

/** More than a table or a drawing could show; every checkpoint counts each against each. */
export const mostClasses = 1000;

/**
 * The different names in order, as numpy.unique gives them: numbers by their size where all are, else by their code points. And
 * the place of each name in it.
 */
export function classesOf(names: readonly string[]): { classes: string[]; targets: Float64Array } {
  const different = [...new Set(names)];
  const areNumbers = different.every((name) => Number.isFinite(Number(name)));
  const classes = areNumbers
    ? different.sort((a, b) => Number(a) - Number(b))
    : different.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const places = new Map(classes.map((name, place) => [name, place]));
  return { classes, targets: Float64Array.from(names, (name) => places.get(name) ?? Number.NaN) };
}

/** How many outputs a network has that is trained with this loss on data of these classes. */
export function outputsFor(loss: Loss, classes: readonly string[] | undefined): number {
  return classes === undefined || loss === 'logistic' ? 1 : classes.length;
}

/** Targets of mse over classes: 1 for the own class, 0 for every other; n x count, row-major. */
export function oneHot(targets: Float64Array, count: number): Float64Array {
  const rows = new Float64Array(targets.length * count);
  targets.forEach((target, row) => {
    rows[row * count + target] = 1;
  });
  return rows;
}

/** What is wrong with a loss for data of these classes, or of none. */
export function checkLoss(loss: Loss, classes: readonly string[] | undefined): OptionIssue[] {
  const wrong = (message: string, hint: string): OptionIssue[] => [
    { path: ['loss'], rule: 'invalid-option', message, hint },
  ];
  if (classes === undefined) {
    if (loss === 'mse') return [];
    return wrong(
      `the loss ${loss} is of classes, and the targets of these data are numbers`,
      'take a target column of words, write "classes: true" beside the column, or leave the loss out',
    );
  }
  if (classes.length < 2)
    return wrong('the data are all of one class, so that there is nothing to tell apart', 'give them rows of another');
  if (loss === 'logistic' && classes.length !== 2)
    return wrong(
      `the loss logistic tells two classes apart, and these data have ${classes.length}`,
      'write loss: cross-entropy',
    );
  return [];
}

/** The share of samples, checkpoint by checkpoint, that are on the diagonal of [checkpoint, true, predicted] counts. */
export function accuracies(counts: readonly (Int32Array | undefined)[], classes: number): Float64Array {
  return Float64Array.from(counts, (table) => {
    if (table === undefined) return Number.NaN;
    let right = 0;
    for (let k = 0; k < classes; k += 1) right += table[k * classes + k] ?? 0;
    return right / table.reduce((sum, count) => sum + count, 0);
  });
}

/** The names of the classes of a dataset or a training; undefined where there are none. */
export function classNames({ values }: Artifact): readonly string[] | undefined {
  const { classes } = values;
  return Array.isArray(classes) ? classes.map(String) : undefined;
}
