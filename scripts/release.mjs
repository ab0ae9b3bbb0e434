#!/usr/bin/env node
/**
 * Makes what is published of a version: the package, its checksum, and its notes from CHANGELOG.md.
 *
 *     npm run release                  # into release/
 *     npm run release -- --out DIR --unreleased
 *
 * `--unreleased` takes the notes of what has no version yet, to try a package before it is one. The package holds what `files`
 * in package.json names, and of package.json what those need who install it: a `prepare` script, which compiles a clone, would make
 * npm warn of a script that never runs.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'release' }, unreleased: { type: 'boolean', default: false } },
});
const out = resolve(values.out);
const { scripts: _scripts, devDependencies: _tools, overrides: _pins, ...manifest } = readJson('package.json');

/** The section of the changelog under a heading such as "## [0.2.0] - 2026-11-30". */
function notesOf(heading) {
  const [, ...sections] = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m);
  const section = sections.find((one) => one.startsWith(`[${heading}]`));
  if (section === undefined) {
    console.error(`CHANGELOG.md has no section "## [${heading}]"; give what is under Unreleased its version and date`);
    process.exit(1);
  }
  return `${section.slice(section.indexOf('\n')).trim()}\n`;
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/** What npm says of a package that it packs. */
function npmPack(cwd, ...options) {
  const words = ['pack', '--ignore-scripts', '--json', ...options];
  // What started this script, where npm did; on Windows npm itself is no program that can be started.
  const npm = process.env.npm_execpath;
  const said =
    npm === undefined ? execFileSync('npm', words, { cwd }) : execFileSync(process.execPath, [npm, ...words], { cwd });
  return JSON.parse(said)[0];
}

const notes = notesOf(values.unreleased ? 'Unreleased' : manifest.version);
const staged = mkdtempSync(join(tmpdir(), 'colophon-release-'));
for (const { path } of npmPack(root, '--dry-run').files) {
  mkdirSync(dirname(join(staged, path)), { recursive: true });
  cpSync(join(root, path), join(staged, path));
}
writeFileSync(join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
mkdirSync(out, { recursive: true });
const { filename, size, unpackedSize, entryCount } = npmPack(staged, '--pack-destination', out);
rmSync(staged, { recursive: true });
const digest = createHash('sha256')
  .update(readFileSync(join(out, filename)))
  .digest('hex');
writeFileSync(join(out, 'SHA256SUMS'), `${digest}  ${filename}\n`);
writeFileSync(join(out, 'NOTES.md'), notes);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
console.log(`${join(out, filename)}: ${entryCount} files, ${megabytes(size)}, ${megabytes(unpackedSize)} unpacked`);
console.log(`sha256 ${digest}`);
