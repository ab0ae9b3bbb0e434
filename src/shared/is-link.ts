import { lstatSync } from 'node:fs';

/** Whether a path is a symbolic link, wherever it leads; not where nobody can look. */
export function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
