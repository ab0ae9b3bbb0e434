/** Where the program lies on this machine; its code is bundled, so no file of it may count folders up from itself. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the program's package.json, above src/ and dist/. */
export const programFolder = findFolder();

/** A file that `npm run compile` makes, by its path below dist/. */
export function compiledFile(path: string): string {
  return join(programFolder, 'dist', path);
}

function findFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
