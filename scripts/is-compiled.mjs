/**
 * Ends with 0 when dist/ is newer than all that it is compiled from, and with 1 when it has to be compiled: `npm ci` compiles, and
 * the script that comes after it need not do so again.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const madeFrom = ['src', 'templates', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];
const others = ['tsconfig.build.json', 'tsconfig.kinds.json', 'asconfig.json', 'node_modules/.package-lock.json'];
/** The file that is written last. */
const last = 'dist/libraries.json';

const changed = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newestBelow(path) {
  const times = readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs);
  return Math.max(changed(path), ...times);
}

const isFolder = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true;
const newest = Math.max(
  ...[...madeFrom, ...others].map((path) => (isFolder(path) ? newestBelow(path) : changed(path))),
);
process.exitCode = changed(last) > newest ? 0 : 1;
