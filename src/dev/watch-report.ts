/** Files that change, a few milliseconds later and all at once. */
import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** An editor saves a file in several moves; they come this many milliseconds apart at most. */
const settles = 8;
/** Chokidar passes over what changes again within 50 ms, so each change is looked at once more after that. */
const looksAgain = 70;
/** Milliseconds between two looks at whether the folder has gone, or has come back. */
const looksForFolder = 500;

/**
 * Watches a report's folder and calls `changed` with the files that did, until it is closed. When the folder comes and goes, or
 * a part of it could not be watched and now can, it calls `changed` with nothing: anything may differ.
 */
export async function watchReport(
  folder: string,
  changed: (files?: readonly string[]) => void,
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
  const note = (path: string): void => {
    files.add(relative(folder, path).split(sep).join('/'));
    clearTimeout(settling);
    settling = later(() => {
      const all = [...files];
      files.clear();
      tell(all);
    }, settles);
  };

  /** The folder and what of it could not be watched, as they are while the watcher stands. */
  let watched = new Map<string, string>();
  let watcher: FSWatcher | undefined;
  const open = async (): Promise<void> => {
    const access = new Map([[folder, accessTo(folder)]]);
    watched = access;
    if (access.get(folder) === '') return;
    watcher = await watching(folder, followLinks, note, (path) => access.set(path, accessTo(path)));
  };
  await open();
  let reopening: Promise<void> = Promise.resolve();
  const looking = setInterval(() => {
    if ([...watched].every(([path, access]) => accessTo(path) === access)) return;
    watched = new Map();
    reopening = reopening.then(async () => {
      await watcher?.close();
      watcher = undefined;
      await open();
      changed();
    });
  }, looksForFolder);
  return {
    close: async () => {
      clearInterval(looking);
      for (const timer of timers) clearTimeout(timer);
      await reopening;
      await watcher?.close();
    },
  };
}

/** A watcher that is ready. `failed` hears of what cannot be watched. */
async function watching(
  folder: string,
  followLinks: boolean,
  changed: (path: string) => void,
  failed: (path: string) => void,
): Promise<FSWatcher> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    // A link may lead to the whole disk.
    followSymlinks: followLinks,
    ignored: (path) => /(?:^|[\\/])(?:node_modules|\.[^\\/.][^\\/]*)(?:[\\/]|$)/.test(relative(folder, path)),
  });
  watcher.on('all', (_event, path) => {
    changed(path);
  });
  watcher.on('error', (error) => {
    failed(typeof error === 'object' && error !== null && 'path' in error ? String(error.path) : folder);
  });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return watcher;
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

/** Differs when it is another file or folder than before, or another person may read it; empty when it is not there. */
function accessTo(path: string): string {
  try {
    const { dev, ino, mode, uid } = statSync(path, { bigint: true });
    return `${dev} ${ino} ${mode} ${uid}`;
  } catch {
    return '';
  }
}
