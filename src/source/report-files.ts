/**
 * The files of a report: the one door through which anything of its folder is read. A report may come from a stranger, so
 * nothing outside the folder is read, whatever links say, nothing that is no regular file, nothing hidden, and nothing that
 * is larger than its kind can be.
 */
import {
  existsSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  type Stats,
  type Dirent,
} from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { isLink } from '../shared/is-link.js';
import type { Allowed } from '../shared/allowed.js';
import { readRegular } from '../shared/read-regular.js';
import { isOtherSpelling, otherSpelling, spelledOtherwise } from './other-spelling.js';
import type { FileKind, PassedOver, Refused, ReportFiles } from './report.js';

const MiB = 2 ** 20;

/** The most bytes that a file may have, by what it is read as. */
const largest = {
  /** Its longest text is decoded and checked once it is read. */
  page: 16 * MiB,
  settings: MiB,
  bibliography: 32 * MiB,
  'citation-style': MiB,
  /** Numbers of an experiment. */
  data: 256 * MiB,
  /** What a page links to or shows. */
  published: 256 * MiB,
  stylesheet: MiB,
  plugin: 4 * MiB,
  template: MiB,
  icon: MiB,
} satisfies Readonly<Record<FileKind, number>>;

export const absent: Refused = { refused: 'there is no such file', isAbsent: true };

const outside = "it is a link that leaves the report's folder";
const hidden = 'it is hidden, and what is hidden is never read';

/** The files of the report in a folder, which must be there. */
export function openReport(folder: string, { followLinks }: Pick<Allowed, 'followLinks'>): ReportFiles {
  const root = realpathSync.native(folder);
  const repository = followLinks ? repositoryOf(root) : undefined;

  /** Where a path really leads, if that may be read. Throws the file system's error. */
  const follow = (path: string): { readonly real: string } | Refused => {
    if (path.includes('\0')) return { refused: 'its name holds a NUL character' };
    if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(path)) return { refused: 'it is an address, and a build reads no network' };
    const target = resolve(root, path);
    if (!isInside(target, root)) return { refused: "it lies outside the report's folder" };
    if (isHidden(target, root)) return { refused: hidden };
    const real = realpathSync.native(target);
    const why = refusal(real);
    return why === undefined ? { real } : { refused: why };
  };
  const refusal = (real: string): string | undefined => {
    if (isInside(real, root)) return isHidden(real, root) ? hidden : undefined;
    if (repository === undefined)
      return followLinks
        ? `${outside}, which lies in no repository`
        : `${outside}; --follow-links allows links inside its repository`;
    if (!isInside(real, repository)) return "it is a link that leaves the report's repository";
    return isHidden(real, repository) ? hidden : undefined;
  };
  /** The same of what was opened: the path may lead elsewhere by now. */
  const isStillThere =
    (real: string) =>
    (file: number, opened: Stats): boolean => {
      const place = placeOfOpen(file);
      if (place !== undefined) return refusal(place) === undefined;
      const now = lstatSync(real);
      return realpathSync.native(real) === real && now.ino === opened.ino && now.dev === opened.dev;
    };
  const attempt = <Value>(path: string, act: () => Value | Refused): Value | Refused => {
    try {
      return act();
    } catch (error) {
      const why = explain(error);
      if (why !== absent) return why;
      if (isLink(join(root, path))) return { refused: 'it is a link that leads nowhere' };
      const there = path.includes('..') ? undefined : otherSpelling(root, path);
      return there === undefined ? absent : { refused: spelledOtherwise(there), isAbsent: true };
    }
  };

  return {
    folder,
    read: (path, kind) =>
      attempt(path, () => {
        const place = follow(path);
        if ('refused' in place) return place;
        // What this system finds another would not.
        const there = relative(root, place.real).replaceAll(sep, '/');
        if (isOtherSpelling(there, posix.normalize(path))) return { refused: spelledOtherwise(there) };
        const bytes = readRegular(place.real, largest[kind], isStillThere(place.real));
        if (!('is' in bytes)) return bytes;
        return {
          refused:
            bytes.is === 'too large'
              ? `it is ${bytes.bytes} bytes large, more than ${largest[kind]}`
              : 'it is not a regular file',
        };
      }),
    names: (path) => {
      const found = attempt(path, () => {
        const place = follow(path);
        return 'refused' in place ? place : readdirSync(place.real).sort();
      });
      return 'refused' in found && found.isAbsent === true ? [] : found;
    },
    pages: () => {
      const files: string[] = [];
      const passedOver: PassedOver[] = [];
      const unreadable: PassedOver[] = [];
      const walked = new Set([root]);
      const walk = (inner: string, place: string): void => {
        for (const entry of entriesOf(inner, place)) {
          const path = posix.join(inner, entry.name);
          if (entry.name.startsWith('.') || entry.name === 'node_modules' || path === 'templates') continue;
          if (entry.isDirectory()) walk(path, join(place, entry.name));
          else if (entry.isSymbolicLink() && isFolder(join(place, entry.name))) walkBehind(path);
          else if (entry.name.toLowerCase().endsWith('.md')) files.push(path);
        }
      };
      const entriesOf = (path: string, place: string): readonly Dirent[] => {
        const entries = attempt(path, () => readdirSync(place, { withFileTypes: true }));
        if (!('refused' in entries)) return entries;
        // What has gone since it was listed is no part of the report.
        if (entries.isAbsent !== true) unreadable.push({ path, ...entries });
        return [];
      };
      const walkBehind = (path: string): void => {
        const found = attempt(path, () => follow(path));
        if ('refused' in found) passedOver.push({ path, ...found });
        // What lies in the report is found where it is.
        else if (!isInside(found.real, root) && !walked.has(found.real)) {
          walked.add(found.real);
          walk(path, found.real);
        }
      };
      walk('', root);
      return { files: files.sort(), passedOver, unreadable };
    },
  };
}

/** Why the file system does not give what was asked for. Throws what is no error of the file system. */
function explain(error: unknown): Refused {
  const code = error instanceof Error && 'code' in error && 'syscall' in error ? error.code : undefined;
  if (typeof code !== 'string') throw error;
  return explanations.get(code) ?? { refused: `the system cannot read it (${code})` };
}

const unreadable: Refused = { refused: 'it may not be read' };
const explanations: ReadonlyMap<string, Refused> = new Map([
  ['ENOENT', absent],
  ['ENOTDIR', absent],
  ['ELOOP', { refused: 'it is a link that leads to itself' }],
  ['ENAMETOOLONG', { refused: 'its name is too long' }],
  ['EACCES', unreadable],
  ['EPERM', unreadable],
]);

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Behind a link too. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isHidden(path: string, folder: string): boolean {
  return relative(folder, path)
    .split(sep)
    .some((name) => name.startsWith('.'));
}

/** The repository that a folder lies in. */
function repositoryOf(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (current === dirname(current)) return undefined;
  }
}

/** Where an open file lies, as far as this system says it. */
function placeOfOpen(file: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readlinkSync(`/proc/self/fd/${file}`);
  } catch {
    return undefined;
  }
}
