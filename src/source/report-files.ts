/** The files of a report's folder, and nothing outside it. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, resolve, sep } from 'node:path';

const largestDataFile = 256 * 1024 * 1024;
/** Of a page: its longest text is decoded and checked once it is read. */
export const largestPageFile = 16 * 1024 * 1024;

/** Every Markdown file below the folder, as sorted relative paths. Hidden folders, templates/ and node_modules/ are left out; links are not followed. */
export function markdownFiles(folder: string): string[] {
  const found: string[] = [];
  const walk = (relative: string): void => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = posix.join(relative, entry.name);
      if (entry.isDirectory() && path !== 'templates') walk(path);
      else if (entry.isFile() && entry.name.toLowerCase().endsWith('.md')) found.push(path);
    }
  };
  walk('');
  return found.sort();
}

/** Why a file is not read that is not there. */
export const noSuchFile = 'there is no such file';

/** The bytes of a regular file inside the folder, or a sentence on why it is not read. */
export function readInside(
  folder: string,
  path: string,
  largest = largestDataFile,
): Uint8Array | { readonly refused: string } {
  if (path.includes('\0')) return { refused: 'its name holds a NUL character' };
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(path)) return { refused: 'it is an address, and a build reads no network' };
  const root = resolve(folder);
  const target = resolve(root, path);
  if (target !== root && !target.startsWith(root + sep)) return { refused: "it lies outside the report's folder" };
  try {
    const file = statSync(target);
    if (!file.isFile()) return { refused: 'it is not a file' };
    // The operating system's own: a report of many pages asks for each.
    if (!realpathSync.native(target).startsWith(realpathSync.native(root) + sep)) {
      return { refused: "it is a link that leaves the report's folder" };
    }
    const { size } = file;
    if (size > largest) return { refused: `it is ${size} bytes large, more than ${largest}` };
    return readFileSync(target);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { refused: noSuchFile };
    if (code === 'EACCES' || code === 'EPERM') return { refused: 'it may not be read' };
    throw error;
  }
}
