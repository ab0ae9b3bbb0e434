/** The files of a new project: a report, and all that builds and publishes it. What is there already stays as it is. */
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { makeFolder } from '../shared/make-folder.js';
import { programFolder } from '../shared/program-folder.js';
import { type ProgramSource, programSource } from './program-source.js';

export interface NewProject {
  /** Paths below the folder, with forward slashes, of what was written. */
  readonly files: readonly string[];
  /** Of what was there, and is as it was. */
  readonly kept: readonly string[];
  /** How package.json names the program: a version, an address, or a file. */
  readonly specifier: string;
}

/** What the project's package.json can do, by the names of its scripts. */
export const scripts = {
  start: 'colophon dev report',
  build: 'colophon build report --out site',
  test: 'colophon plan report --check && colophon build report --out site --check-external',
} as const;

/** Where templates/project/ has the files that are not pages, and where they go. */
const templates: Readonly<Record<string, string>> = {
  'README.md': 'README.md',
  gitignore: '.gitignore',
  'workflow.yml': '.github/workflows/report.yml',
};

/** Writes the files that are not there. Throws the file system's error. */
export function writeProject(folder: string, source: ProgramSource = programSource()): NewProject {
  const [files, kept]: [string[], string[]] = [[], []];
  const write = (path: string, content: string | Uint8Array): void => {
    const place = join(folder, path);
    if (existsSync(place)) {
      kept.push(path);
      return;
    }
    makeFolder(dirname(place));
    // Never over what appeared meanwhile.
    writeFileSync(place, content, { flag: 'wx' });
    files.push(path);
  };
  const name = basename(resolve(folder));
  const own = join(programFolder, 'templates', 'project');
  const { specifier, tarball } = pinOf(source, folder);
  if (tarball !== undefined) {
    const path = `vendor/${basename(tarball)}`;
    if (existsSync(join(folder, path))) kept.push(path);
    else {
      makeFolder(join(folder, 'vendor'));
      copyFileSync(tarball, join(folder, path));
      files.push(path);
    }
  }
  write('package.json', `${JSON.stringify(manifestOf(name, specifier), null, 2)}\n`);
  for (const [template, path] of Object.entries(templates))
    write(path, readFileSync(join(own, template), 'utf8').replaceAll('{{name}}', name));
  // A report that is there has pages and ids of its own.
  const report = join(folder, 'report');
  if (existsSync(report) && !(statSync(report).isDirectory() && readdirSync(report).length === 0)) kept.push('report');
  else
    for (const page of readdirSync(join(own, 'report')))
      write(`report/${page}`, readFileSync(join(own, 'report', page)));
  return { files, kept, specifier };
}

/** How package.json names the program, and the packed program that the project takes along. */
function pinOf(source: ProgramSource, folder: string): { readonly specifier: string; readonly tarball?: string } {
  if ('specifier' in source) return source;
  if ('tarball' in source) return { specifier: `file:vendor/${basename(source.tarball)}`, tarball: source.tarball };
  return { specifier: `file:${relative(resolve(folder), source.folder).replaceAll('\\', '/')}` };
}

function manifestOf(name: string, specifier: string): object {
  return {
    name: packageName(name),
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts,
    devDependencies: { colophon: specifier },
  };
}

/** A folder's name as npm takes it for a package's. */
function packageName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  // A package may not depend on one of its own name.
  return plain === '' || plain === 'colophon' ? 'report' : plain;
}
