/** Where this program was installed from, as the package.json of a project has to say it. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { colophonVersion } from '../shared/program.js';
import { compiledFile, programFolder } from '../shared/program-folder.js';

export type ProgramSource =
  /** What npm finds again anywhere: a version, a commit, an address. */
  | { readonly specifier: string }
  /** A packed program on this machine. */
  | { readonly tarball: string }
  /** A folder on this machine: a clone. */
  | { readonly folder: string };

/** What npm noted when it installed the program; a clone is its own source. */
export function programSource(): ProgramSource {
  const packages = dirname(programFolder);
  const own = realpathSync(programFolder);
  if (basename(packages) !== 'node_modules') return packedIn(own) ?? { folder: own };
  const resolved = resolvedIn(join(packages, '.package-lock.json'));
  if (resolved === undefined) return { specifier: colophonVersion() };
  const [, local] = /^file:(.*)$/.exec(resolved) ?? [];
  if (local !== undefined) {
    const place = resolve(dirname(packages), local);
    return existsSync(place) ? { tarball: place } : { folder: own };
  }
  const isOfRegistry = /^https:\/\/registry\.npmjs\.org\//.test(resolved);
  return { specifier: isOfRegistry ? colophonVersion() : resolved };
}

/** What `npm run release` packed of a clone, when that was after it was compiled. */
function packedIn(clone: string): ProgramSource | undefined {
  const tarball = join(clone, 'release', `colophon-${colophonVersion()}.tgz`);
  const changed = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changed(tarball) > changed(compiledFile('libraries.json')) ? { tarball } : undefined;
}

function resolvedIn(lock: string): string | undefined {
  if (!existsSync(lock)) return undefined;
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as {
    readonly packages?: Readonly<Record<string, { readonly resolved?: string }>>;
  };
  return packages?.[`node_modules/${basename(programFolder)}`]?.resolved;
}
