/** Classes: the names of a target column of words. */

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
