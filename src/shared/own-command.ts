/** How the program is called where a person stands: what it prints and writes for people to type works there. */
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { programFolder } from './program-folder.js';

/** The name of the command, and of the package's folder where npm installs it. */
const name = 'colophon';
const script = join(programFolder, 'dist', 'cli.js');

/** The words that start the program; a shell's line is `asLine` of them. */
export interface OwnCommand {
  readonly program: string;
  readonly words: readonly string[];
  /** Whether it works on every machine that has the same folder with what it needs installed. */
  readonly isPortable: boolean;
}

/**
 * `npx colophon` where this very program is installed in the project that the folder belongs to, `colophon` where it is on the path,
 * else Node with the place of the program. Anywhere else `npx` would ask the registry for a package of that name.
 */
export function ownCommand(folder: string = process.cwd()): OwnCommand {
  // Without its option npx would fetch what is not installed yet.
  if (isInstalledFor(resolve(folder))) return { program: 'npx', words: ['--no-install', name], isPortable: true };
  if (isOnPath()) return { program: name, words: [], isPortable: true };
  const short = relative(folder, script);
  const way = short.split('..').length > 3 || short.length > script.length ? script : short;
  return { program: 'node', words: [way], isPortable: false };
}

/** A line that people can type: `npx colophon dev report`. */
export function commandLine(words: readonly string[], folder: string = process.cwd()): string {
  const { program, words: first } = ownCommand(folder);
  return [program, ...first.filter((word) => word !== '--no-install'), ...words]
    .map((word) => shellWord(word))
    .join(' ');
}

/** A word as a shell takes it for one; as it is where nothing in it means anything to a shell. */
export function shellWord(text: string, platform: NodeJS.Platform = process.platform): string {
  if (/^[\p{L}\p{M}\p{N}_@%+=:,./\\-]+$/u.test(text) && (platform === 'win32' || !text.includes('\\'))) return text;
  return platform === 'win32' ? `"${text.replaceAll('"', '""')}"` : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether npx finds this program from there: in the nearest folder above that has a package of its name installed. */
function isInstalledFor(folder: string): boolean {
  const installed = join(folder, 'node_modules', name);
  if (existsSync(installed)) return isProgram(installed);
  return dirname(folder) !== folder && isInstalledFor(dirname(folder));
}

/** Whether a global installation or a link of it answers to the name; what npm adds to the path for a while does not count. */
function isOnPath(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((one) => one !== '' && !/[\\/]\.bin$/.test(one));
  for (const folder of folders) {
    if (existsSync(join(folder, `${name}.cmd`))) return isProgram(join(folder, 'node_modules', name));
    const command = join(folder, name);
    if (existsSync(command)) return realpathSync(command) === realpathSync(script);
  }
  return false;
}

function isProgram(folder: string): boolean {
  return existsSync(folder) && realpathSync(folder) === realpathSync(programFolder);
}
