/** Whether TensorFlow can compute on a CUDA device here, and what is missing when it cannot. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { compiledFile } from '../../shared/program-folder.js';
import { nativeEnvironment, nativePackage } from './native.js';
import { isMissing } from './tensorflow.js';

const require = createRequire(import.meta.url);

/** What was found: a device in words, or what to mend, by name. */
export type Cuda = { readonly device: string } | { readonly missing: readonly string[] };

/** How a process went; what `spawnSync` gives. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds that loading may take: half a gigabyte of library, and a first look at the device. */
const patience = 120_000;

/** Looks for a device with the real package in a real process. */
export function findCuda(): Cuda {
  try {
    require.resolve(nativePackage);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { missing: [`the package ${nativePackage} (npm install --no-save ${nativePackage}@4.22.0)`] };
  }
  const run = (command: string, words: readonly string[]): Ended =>
    spawnSync(command, words, {
      encoding: 'utf8',
      env: { ...process.env, ...nativeEnvironment },
      timeout: patience,
    });
  const found = readProbe(run(process.execPath, [compiledFile('engine/tfjs/probe.js')]));
  if ('missing' in found) return found;
  const cards = run('nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader']);
  return { device: `${cardOf(cards)}, TensorFlow ${found.version}` };
}

/** Reads what the probe and TensorFlow wrote. */
export function readProbe({ status, stdout, stderr }: Ended): { version: string } | { missing: string[] } {
  if (status !== 0) {
    const said = [/^Error: (.+)$/m, /^\s*(\S.*)$/m].flatMap((pattern) => pattern.exec(stderr)?.[1] ?? []);
    return {
      missing: [`its native library does not load: ${said[0] ?? `the process ended with ${status ?? 'a signal'}`}`],
    };
  }
  const { version, gpu } = JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as { version: string; gpu: boolean };
  if (gpu) return { version };
  const libraries = [...stderr.matchAll(/(?:Could not load dynamic library|dlopen failed for) '([^']+)'/g)].flatMap(
    ([, library]) => library ?? [],
  );
  const reasons = [
    /Could not find cuda drivers[^.\n]*/,
    /failed call to cuInit[^\n]*/,
    /Cannot dlopen some GPU libraries/,
  ];
  const said = reasons.flatMap((pattern) => pattern.exec(stderr)?.[0] ?? []);
  const found = [...new Set([...libraries, ...said])];
  return { missing: found.length > 0 ? found : [`a CUDA device: TensorFlow ${version} sees none`] };
}

/** The first card of nvidia-smi's list, with its driver. */
function cardOf({ status, stdout }: Ended): string {
  const [name = '', driver = ''] = (status === 0 ? (stdout.split('\n')[0] ?? '') : '').split(',');
  return name.trim() === '' ? 'CUDA device' : `${name.trim()} (driver ${driver.trim()})`;
}
