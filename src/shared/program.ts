/** The program itself: its version for people, and a digest for what must not outlive a change of its code. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './hash.js';
import { fileDigest } from './read-regular.js';
import { compiledFile, programFolder } from './program-folder.js';

const root = programFolder;

/** From package.json. */
export function colophonVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}

/** What made something, for records. */
export function versions(): { colophon: string; program: string; node: string; platform: string } {
  return {
    colophon: colophonVersion(),
    program: programDigest(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}

/** The versions of the libraries that pages and figures come from: those that are bundled, and those that are installed. */
export function libraryVersions(): Readonly<Record<string, string>> {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const bundled = read(compiledFile('libraries.json')) as Readonly<Record<string, string>>;
  const { dependencies } = read(join(root, 'package.json')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return { ...bundled, ...dependencies };
}

let digest: string | undefined;

/** What runs of the compiled program; these files name their chunks by what is in them. */
const bundles = ['cli.js', 'engine/pool/worker.js', 'engine/wasm/kernels.wasm', 'figures/drawing-process.js'];

/**
 * SHA-256 of all that the program's drawings and pages come from: its compiled code, its templates, and package.json,
 * which pins every library to one version.
 */
export function programDigest(): string {
  digest ??= sha256(
    [
      ...[join(root, 'package.json'), ...bundles.map(compiledFile)].map((file) => sha256(readFileSync(file))),
      folderDigest(compiledFile('client')),
      folderDigest(join(root, 'templates')),
    ].join(),
  );
  return digest;
}

/** What is larger is no file that anything is made of. */
const mostBytes = 2 ** 28;

/**
 * SHA-256 of every file below a folder by its relative path, and of where its links point; they are not followed. What is
 * hidden is no part of a report or a program, nor are installed packages.
 */
export function folderDigest(folder: string): string {
  const found: string[] = [];
  const walk = (relative: string): void => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      const place = join(folder, path);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) found.push(`${path}\0${fileDigest(place, mostBytes) ?? ''}`);
      else if (entry.isSymbolicLink()) found.push(`${path}\0-> ${readlinkSync(place)}`);
    }
  };
  walk('');
  return sha256(found.sort().join('\n'));
}
