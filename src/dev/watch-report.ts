/** Files that change, a few milliseconds later and all at once. */
import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';

/** An editor saves a file in several moves; they come this many milliseconds apart at most. */
const settles = 8;
/** Chokidar passes over what changes again within 50 ms, so each change is looked at once more after that. */
const looksAgain = 70;

/** Watches a report's folder and calls `changed` with the files that did, until it is closed. */
export async function watchReport(
  folder: string,
  changed: (files: readonly string[]) => void,
  followLinks = false,
): Promise<{ readonly close: () => Promise<void> }> {
  const files = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let settling: NodeJS.Timeout | undefined;
  const later = (action: () => void, milliseconds: number): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, milliseconds);
    timers.add(timer);
    return timer;
  };
  const tell = (told: readonly string[]): void => {
    const seen = new Map(told.map((file) => [file, stamp(join(folder, file))]));
    changed(told);
    later(() => {
      const missed = told.filter((file) => stamp(join(folder, file)) !== seen.get(file));
      if (missed.length > 0) tell(missed);
    }, looksAgain);
  };
  const watcher = watch(folder, {
    ignoreInitial: true,
    // A link may lead to the whole disk.
    followSymlinks: followLinks,
    ignored: (path) => /(?:^|[\\/])(?:node_modules|\.[^\\/.][^\\/]*)(?:[\\/]|$)/.test(relative(folder, path)),
  });
  watcher.on('all', (_event, path) => {
    files.add(relative(folder, path).split(sep).join('/'));
    clearTimeout(settling);
    settling = later(() => {
      const all = [...files];
      files.clear();
      tell(all);
    }, settles);
  });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return {
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      await watcher.close();
    },
  };
}

/** Differs when a file was written in between. */
function stamp(path: string): string {
  try {
    const { mtimeNs, size, ino } = statSync(path, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch {
    return '';
  }
}
