/** How long the contents are that a site's pages show: each lists its own folder and those above it, so they grow together. */

/** The lines of the contents of all pages together. `files` are the pages, with forward slashes. */
export function contentsLines(files: readonly string[]): number {
  /** Of each folder, how many pages and folders are in it. */
  const inside = new Map<string, Set<string>>();
  const foldersOf = (file: string): string[] => [
    '',
    ...[...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index)),
  ];
  for (const file of files) {
    const folders = foldersOf(file);
    for (const [depth, folder] of folders.entries()) {
      const known = inside.get(folder) ?? new Set<string>();
      known.add(folders[depth + 1] ?? file);
      inside.set(folder, known);
    }
  }
  return files.reduce(
    (sum, file) => sum + foldersOf(file).reduce((lines, folder) => lines + (inside.get(folder)?.size ?? 0), 0),
    0,
  );
}
