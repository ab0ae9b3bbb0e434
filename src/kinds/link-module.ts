/**
 * A module of the report and all that it imports, as one address that `import()` takes, in any thread, and a digest of all their bytes.
 * Types are taken away, so TypeScript runs where Node does not read it. A module has no place on the disk: what it reads without
 * saying so is in no key, and `import.meta.url` names nothing.
 */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { transform } from 'sucrase';
import { sha256 } from '../shared/hash.js';
import type { Place } from '../shared/problem.js';
import { compiledFile } from '../shared/program-folder.js';
import { findPackage } from '../source/plugins/find-plugin.js';
import type { ReportFiles } from '../source/report.js';

export interface LinkedModule {
  readonly url: string;
  /** SHA-256 of the code: of the bytes of every module of the report, and of the packages they import. */
  readonly digest: string;
}

/** What is wrong with a module, and where; without a place, where it is named. */
export interface ModuleFault {
  readonly message: string;
  readonly hint: string;
  readonly place?: Place;
}

const extensions = ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js'];

/** The module at a path of the report. */
export async function linkModule(path: string, files: ReportFiles): Promise<LinkedModule | ModuleFault> {
  await init;
  const linked = new Map<string, LinkedModule | ModuleFault | 'under way'>();

  const link = (file: string, from?: Place): LinkedModule | ModuleFault => {
    const known = linked.get(file);
    if (known === 'under way')
      return at(from, `${file} imports itself in a circle`, 'take what both need into a third module');
    if (known !== undefined) return known;
    linked.set(file, 'under way');
    const made = linkNew(file, from);
    linked.set(file, made);
    return made;
  };
  const linkNew = (file: string, from?: Place): LinkedModule | ModuleFault => {
    const bytes = files.read(file, 'plugin');
    if ('refused' in bytes)
      return at(
        from,
        `the module ${file} cannot be read: ${bytes.refused}`,
        'name a TypeScript or JavaScript file of the report',
      );
    const source = new TextDecoder().decode(bytes);
    const plain = withoutTypes(file, source);
    if ('message' in plain) return plain;
    const imports = importsOf(file, plain.code);
    if ('message' in imports) return imports;
    // Git may write other line ends on another system.
    const digests = [sha256(source.replaceAll('\r\n', '\n'))];
    let code = plain.code;
    for (const { name, start, end } of imports.toReversed()) {
      const place = placeAt(file, plain.code, start);
      const target = isRelative(name) ? link(resolved(name, file, files), place) : packageOf(name, files, place);
      if ('message' in target) return target;
      digests.push(target.digest);
      code = `${code.slice(0, start)}${target.url}${code.slice(end)}`;
    }
    const url = `data:text/javascript;base64,${Buffer.from(`${code}\n//# sourceURL=${file}`).toString('base64')}`;
    return { url, digest: sha256(digests.join()) };
  };
  return link(posix.normalize(path));
}

function at(place: Place | undefined, message: string, hint: string): ModuleFault {
  return { message, hint, ...(place !== undefined && { place }) };
}

/** Lines stay where they are. */
function withoutTypes(file: string, source: string): { readonly code: string } | ModuleFault {
  try {
    const { code } = transform(source, {
      transforms: /\.m?ts$/.test(file) ? ['typescript'] : [],
      disableESTransforms: true,
      keepUnusedImports: true,
      preserveDynamicImport: true,
    });
    return { code };
  } catch (error) {
    const { message, loc } = error as { readonly message: string; readonly loc?: { line: number; column: number } };
    const place = { file, line: loc?.line ?? 1, column: loc?.column ?? 1 };
    return { place, message: `${file}: ${message.replace(/ \(\d+:\d+\)$/, '')}`, hint: 'mend the module' };
  }
}

interface WrittenImport {
  readonly name: string;
  /** Of its name in the code, without the quotes. */
  readonly start: number;
  readonly end: number;
}

function importsOf(file: string, code: string): readonly WrittenImport[] | ModuleFault {
  let found: ReturnType<typeof parse>[0];
  try {
    [found] = parse(code);
  } catch (error) {
    const { idx = 0 } = error as { readonly idx?: number };
    return { place: placeAt(file, code, idx), message: `${file} is no module`, hint: 'mend the module' };
  }
  const written: WrittenImport[] = [];
  for (const { n: name, s: start, e: end, d: dynamic } of found) {
    // -2 is import.meta.
    if (dynamic === -2) continue;
    if (dynamic >= 0) {
      const message = `${file} imports something while it runs`;
      return { place: placeAt(file, code, start), message, hint: 'write the import at the top of the module' };
    }
    written.push({ name: name ?? '', start, end });
  }
  return written;
}

function isRelative(name: string): boolean {
  return /^\.{1,2}\//.test(name);
}

/** The file that an import means: itself, or with one of the usual endings. */
function resolved(name: string, from: string, files: ReportFiles): string {
  const path = posix.join(posix.dirname(from), name);
  // TypeScript's own way is to name the JavaScript that a .ts file would become.
  const candidates = [path, ...extensions.map((one) => path + one), path.replace(/\.(m?)js$/, '.$1ts')];
  return candidates.find((one) => !('refused' in files.read(one, 'plugin'))) ?? path;
}

function packageOf(name: string, files: ReportFiles, place: Place): LinkedModule | ModuleFault {
  // The copy that is part of this program, wherever it is installed. What it does has its own versions.
  if (name === 'colophon/kinds')
    return { url: pathToFileURL(compiledFile('kinds/api.js')).href, digest: 'colophon/kinds' };
  if (isBuiltin(name)) return { url: name.startsWith('node:') ? name : `node:${name}`, digest: name };
  const found = findPackage(name, files.folder);
  return 'refused' in found ? at(place, `the package ${name}: ${found.refused}`, found.hint) : found;
}

function placeAt(file: string, code: string, offset: number): Place {
  const before = code.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
