/**
 * Which plugins of a report were loaded, so that what they do outside of their turn is laid to them: end the process, fail in a
 * timer or a promise, keep the process waiting.
 */

/** By the address of the module. */
const loaded = new Map<string, string>();

export function rememberPlugin(name: string, url: string): void {
  loaded.set(url, name);
}

export function pluginsAreLoaded(): boolean {
  return loaded.size > 0;
}

/** "the plugin ./mine.mjs", by where an error was made, or else whichever was loaded; undefined where none is. */
export function blamed(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const names = [...new Set(loaded.values())];
  const [name, another] = [...loaded].filter(([url]) => stack.includes(url)).map(([, one]) => one);
  if (name !== undefined && another === undefined) return `the plugin ${name}`;
  if (names.length === 0) return undefined;
  return names.length === 1 ? `the plugin ${names.join('')}` : `one of the plugins ${names.join(', ')}`;
}

/** From now on code that is not this program's cannot end the process: where it tries, an error is thrown. */
export function keepRunning(): void {
  process.exit = (): never => {
    throw new Error('it calls process.exit, which would end the build');
  };
}
