/** Files that change, a few milliseconds later and all at once. */
import { relative, sep } from 'node:path';
import { watch } from 'chokidar';

/** An editor saves a file in several moves; they come this many milliseconds apart at most. */
const settles = 8;

/** Watches a report's folder and calls `changed` with the files that did, until it is closed. */
export async function watchReport(
  folder: string,
  changed: (files: readonly string[]) => void,
): Promise<{ readonly close: () => Promise<void> }> {
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => /(?:^|[\\/])(?:node_modules|\.git|\.colophon)(?:[\\/]|$)/.test(relative(folder, path)),
  });
  watcher.on('all', (_event, path) => {
    files.add(relative(folder, path).split(sep).join('/'));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const all = [...files];
      files.clear();
      changed(all);
    }, settles);
  });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
