/** What a set of runs differs in. */

interface Placed {
  readonly coordinates: readonly { readonly axis: string; readonly label: string }[];
}

/** The labels that these runs have of each axis, each once, in the order in which they come. */
export function labelsByAxis(runs: Iterable<Placed>): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>();
  for (const { coordinates } of runs)
    for (const { axis, label } of coordinates) labels.set(axis, (labels.get(axis) ?? new Set()).add(label));
  return labels;
}
