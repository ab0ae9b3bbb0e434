/** `colophon doctor`: whether this machine has what a build needs, and what it would use; or whether a host has what a site needs. */
import { accessSync, constants, existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { messageOf } from '../shared/message-of.js';
import { checkHost } from './check-host.js';
import { findChromium } from './chromium.js';
import type { Finding } from './finding.js';
import { colophonVersion, libraryVersions } from '../shared/program.js';
import { installedFonts } from '../render/fonts.js';
import { type Shell, storeOption, type StorePlaces } from './shell.js';

/** Adds the command to the program. */
export function addDoctor(program: Command, { print, paint, exitWith, signal }: Shell): void {
  program
    .command('doctor')
    .description('look at Node, devices, the store, fonts and versions, and say what is missing')
    .addOption(storeOption())
    .option('--json', 'for programs')
    .option(
      '--host <address>',
      'in place of this machine, ask the host of a published site whether its pages can run there',
      webAddress,
    )
    .action(async ({ store, json, host }: { store: StorePlaces; json?: true; host?: string }) => {
      const findings =
        host !== undefined
          ? await checkHost(host, signal)
          : [
              node(),
              { name: 'processor', found: `${availableParallelism()} threads, ${gigabytes(totalmem())} of memory` },
              await kernels(),
              storeFinding(store.folder),
              fonts(),
              chromium(),
              { name: 'colophon', found: colophonVersion() },
              ...Object.entries(libraryVersions()).map(([name, found]): Finding => ({ name, found })),
            ];
      if (json === true) print(JSON.stringify(findings, null, 1));
      else {
        const width = Math.max(...findings.map(({ name }) => name.length));
        for (const { name, found, advice } of findings)
          print(`${name.padEnd(width)}  ${found}${advice === undefined ? '' : `; ${paint.warning(advice)}`}`);
      }
      if (findings.some(({ advice, optional }) => advice !== undefined && optional !== true)) exitWith('environment');
    });
}

/** The address of a page on the web, as written. */
function webAddress(written: string): string {
  if (URL.canParse(written) && /^https?:$/.test(new URL(written).protocol)) return written;
  throw new InvalidArgumentError('write the address of a page, as in https://example.org/course/');
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return { name: 'node', found: process.version, ...(!enough && { advice: 'Colophon needs Node 20.19 or newer' }) };
}

/** Whether the kernels load here and give the bits that they give everywhere. */
async function kernels(): Promise<Finding> {
  try {
    const { openEngine } = await import('../engine/open-engine.js');
    const engine = openEngine('wasm');
    const { s } = await engine.svd(Float64Array.of(3, 0, 0, 4), 2, 2);
    const right = s[0] === 4 && s[1] === 3;
    return {
      name: 'engine',
      found: `${engine.profile} on ${engine.device}`,
      ...(!right && { advice: 'its arithmetic is wrong on this machine: please report it' }),
    };
  } catch (error) {
    return {
      name: 'engine',
      found: messageOf(error),
      advice: 'a Node with WebAssembly SIMD is needed',
    };
  }
}

function storeFinding(store: string): Finding {
  const place = resolve(store);
  let there = place;
  while (!existsSync(there)) there = dirname(there);
  try {
    accessSync(there, constants.W_OK);
    return { name: 'store', found: there === place ? place : `${place} (not there yet)` };
  } catch {
    return { name: 'store', found: place, advice: `${there} cannot be written to; results would not be kept` };
  }
}

function fonts(): Finding {
  const missing = installedFonts().filter(({ path }) => path === undefined);
  return missing.length === 0
    ? { name: 'fonts', found: `all ${installedFonts().length}` }
    : {
        name: 'fonts',
        found: `without ${missing.map(({ name }) => name).join(', ')}`,
        advice: 'install Colophon again',
      };
}

function chromium(): Finding {
  const found = findChromium();
  return found === undefined
    ? { name: 'chromium', found: 'none', advice: 'only "colophon pdf" needs one', optional: true }
    : { name: 'chromium', found };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
