/** TensorFlow.js's native package in a folder of this user's machine: whole and tried, or not there. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Cuda, findCuda } from '../../engine/tfjs/cuda.js';
import { nativeFolder, nativePackage, nativePlace, nativeVersion } from '../../engine/tfjs/native.js';
import { makeFolder } from '../../shared/make-folder.js';
import { EnvironmentError } from '../../shared/problem.js';
import { npmCommand } from '../npm-command.js';
import type { Way } from './choose-way.js';
import type { InstalledTensorFlow } from './found.js';

/**
 * Installs it and says what it sees; one that was there before stays until the new one loads. Rejects with an
 * EnvironmentError, and leaves nothing, when npm or the compiler fails, whose own words stand on the error stream, or when
 * the library does not load.
 */
export async function installNative(
  way: Extract<Way, { kind: 'build' | 'install' }>,
  signal: AbortSignal,
): Promise<Cuda> {
  const folder = nativeFolder();
  const beside = `${folder}.${process.pid}`;
  try {
    makeFolder(dirname(folder), 0o700);
    mkdirSync(beside);
    writeFileSync(join(beside, 'package.json'), '{ "private": true }\n');
    // Its own install script would download the old library over what is linked here.
    const scripts = way.kind === 'build' ? ['--ignore-scripts'] : [];
    const words = ['install', '--no-audit', '--no-fund', '--loglevel=error', ...scripts];
    await npm(beside, [...words, `${nativePackage}@${nativeVersion}`], {}, signal);
    if (way.kind === 'build') await buildAddon(nativePlace(beside), way.tensorflow, signal);
    const seen = findCuda(beside);
    const broken = 'missing' in seen ? seen.missing.find((what) => what.startsWith('its native library')) : undefined;
    if (broken !== undefined)
      throw new EnvironmentError(`it was ${way.kind === 'build' ? 'built' : 'installed'}, but ${broken}`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
    return seen;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Takes it away, with what ended installations left; whether there was anything. */
export function removeNative(): boolean {
  const folder = nativeFolder();
  const name = basename(folder);
  const all = existsSync(dirname(folder)) ? readdirSync(dirname(folder)) : [];
  const own = all.filter((entry) => entry === name || entry.startsWith(`${name}.`));
  for (const entry of own) rmSync(join(dirname(folder), entry), { recursive: true, force: true });
  return own.length > 0;
}

async function buildAddon(place: string, { folder }: InstalledTensorFlow, signal: AbortSignal): Promise<void> {
  // The linker looks for libtensorflow.so; the library itself asks for its real name, which is found in TensorFlow's own
  // folder, so that it finds the CUDA libraries that were installed beside it.
  const libraries = join(place, 'deps', 'lib');
  makeFolder(libraries);
  symlinkSync(join(folder, 'libtensorflow_cc.so.2'), join(libraries, 'libtensorflow.so'));
  symlinkSync(join(folder, 'libtensorflow_framework.so.2'), join(libraries, 'libtensorflow_framework.so'));
  symlinkSync(join(folder, 'include'), join(place, 'deps', 'include'));
  // With Node's headers beside it nothing has to be fetched.
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
  const words = ['exec', '--no', '--', 'node-pre-gyp', 'install', '--build-from-source', ...headers];
  await npm(place, words, { LDFLAGS: `${process.env['LDFLAGS'] ?? ''} -Wl,-rpath,${folder}` }, signal);
}

/** Runs npm, which speaks on the error stream. */
async function npm(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const command = npmCommand();
  const child = spawn(command.program, [...command.words, ...words], {
    ...{ cwd: folder, env: { ...process.env, ...environment }, shell: command.shell },
    ...{ stdio: ['ignore', 2, 2], signal },
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  signal.throwIfAborted();
  if (code !== 0)
    throw new EnvironmentError(
      `"npm ${words.join(' ')}" failed in ${folder}; its own words stand above, and nothing was kept`,
    );
}
