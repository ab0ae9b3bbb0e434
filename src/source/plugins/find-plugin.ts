/** Finds the code of a plugin: a file of the report, or a package as Node finds it from the report's folder. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../../shared/message-of.js';
import { sha256 } from '../../shared/hash.js';
import type { ReportFiles } from '../report.js';

export interface FoundPlugin {
  /** What `import()` takes; another one when the code has changed. */
  readonly url: string;
  /** SHA-256 of its code. */
  readonly digest: string;
}

export interface NotFound {
  readonly refused: string;
  readonly hint: string;
}

/** Code, and what code reads. */
const code = /\.(?:[cm]?js|json)$/;

/** `name` is that of a package, or starts with "./". */
export function findPlugin(name: string, files: ReportFiles): FoundPlugin | NotFound {
  return /^\.{0,2}\//.test(name) ? fileOf(name, files) : findPackage(name, files.folder);
}

/** With a plugin of several files, those beside it belong to it. */
function fileOf(name: string, files: ReportFiles): FoundPlugin | NotFound {
  const path = posix.normalize(name);
  const hint = 'name a JavaScript file of the report, as in ./plugins/mine.mjs';
  const own = files.read(path, 'plugin');
  if ('refused' in own) return { refused: own.refused, hint };
  const folder = posix.dirname(path);
  const beside = files.names(folder);
  const digests = ('refused' in beside ? [] : beside)
    .filter((one) => code.test(one))
    .map((one) => {
      const bytes = files.read(posix.join(folder, one), 'plugin');
      return [one, 'refused' in bytes ? bytes.refused : sha256(bytes)];
    });
  const digest = sha256(JSON.stringify([sha256(own), digests]));
  return { url: `${pathToFileURL(resolve(files.folder, path)).href}?${digest}`, digest };
}

/** A package as Node finds it from a folder. */
export function findPackage(name: string, folder: string): FoundPlugin | NotFound {
  if (isBuiltin(name)) return { refused: 'it is a part of Node', hint: 'name a package or a file that is a plugin' };
  try {
    return installed(name, folder);
  } catch (error) {
    // Of its files one is missing, or its package.json is none.
    return {
      refused: messageOf(error),
      hint: `reinstall it: npm install ${name}`,
    };
  }
}

function installed(name: string, folder: string): FoundPlugin | NotFound {
  const require = createRequire(pathToFileURL(join(resolve(folder), 'colophon.yaml')));
  const hint = `install it: npm install ${name}`;
  let entry: string | undefined;
  try {
    entry = require.resolve(name);
  } catch {
    // A package for `import` alone is hidden from `require`.
    entry = importEntry(name, require.resolve.paths(name) ?? []);
  }
  if (entry === undefined) return { refused: `there is no package "${name}" to be found from ${folder}`, hint };
  const manifest = manifestOf(entry);
  const digest = sha256(JSON.stringify([manifest, sha256(readFileSync(entry))]));
  return { url: pathToFileURL(entry).href, digest };
}

function importEntry(name: string, folders: readonly string[]): string | undefined {
  const folder = folders.map((one) => join(one, name)).find((one) => existsSync(join(one, 'package.json')));
  if (folder === undefined) return undefined;
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly exports?: unknown };
  const target = forImport(exports);
  return target === undefined ? undefined : join(folder, target);
}

/** Of the "exports" of a package, what importing it by its name gives. */
function forImport(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const by = exports as Readonly<Record<string, unknown>>;
  return forImport(by['.'] ?? by['node'] ?? by['import'] ?? by['default']);
}

/** The text of the package.json that is nearest above a file. */
function manifestOf(file: string): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return readFileSync(manifest, 'utf8');
  }
  return '';
}
