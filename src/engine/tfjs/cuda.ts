/** Whether TensorFlow can compute on a CUDA device here, and what is missing when it cannot. */
import { spawnSync } from 'node:child_process';
import { compiledFile } from '../../shared/program-folder.js';
import { commandLine } from '../../shared/own-command.js';
import { findNative, nativeEnvironment, nativePackage } from './native.js';

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

/** Looks for a device with the real package in a real process: that of a folder, or the one that engines load. */
export function findCuda(folder?: string): Cuda {
  if (findNative(folder) === undefined)
    return { missing: [`the package ${nativePackage} ("${commandLine(['gpu', 'setup'])}" installs it)`] };
  const probe = [compiledFile('engine/tfjs/probe.js'), ...(folder === undefined ? [] : [folder])];
  const found = readProbe(run(process.execPath, probe));
  if ('missing' in found) return found;
  const card = findCard();
  const name = card === undefined ? 'CUDA device' : `${card.name} (driver ${card.driver})`;
  return { device: `${name}, TensorFlow ${found.version}` };
}

function run(command: string, words: readonly string[]): Ended {
  return spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, ...nativeEnvironment },
    timeout: patience,
  });
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

/** A card of NVIDIA's as its driver calls it. */
export interface Card {
  readonly name: string;
  readonly driver: string;
  /** Its compute capability, as 9.0 of Hopper; of old drivers NaN. */
  readonly capability: number;
}

/** The first card of nvidia-smi's list; undefined without NVIDIA's driver, or without a card. */
export function findCard(): Card | undefined {
  const ask = (...fields: readonly string[]): Ended =>
    run('nvidia-smi', [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader']);
  const newer = ask('name', 'driver_version', 'compute_cap');
  // Drivers before 510 do not know the last, and then say nothing.
  const { status, stdout } = newer.status === 0 ? newer : ask('name', 'driver_version');
  const [name = '', driver = '', capability = ''] = (status === 0 ? (stdout.split('\n')[0] ?? '') : '').split(',');
  return name.trim() === ''
    ? undefined
    : { name: name.trim(), driver: driver.trim(), capability: Number.parseFloat(capability) };
}
