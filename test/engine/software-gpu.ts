/**
 * A GPU on every machine: Dawn with the software Vulkan driver (SwiftShader) that @sparticuz/chromium carries. What cannot
 * be loaded is said, and then the tests that need it are skipped.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Device } from '../../src/engine/webgpu/device.js';
import { nodeGpu } from '../../src/engine/webgpu/node-gpu.js';
import { openDevice } from '../../src/engine/webgpu/open-device.js';
import { unpackChromium } from '../browser/unpack-chromium.js';
import { temporaryFolder } from '../report-folder.js';

/** Keeps a library that is no addon of Node in the process after Node has refused it. */
const noDelete = 0x1000;

async function open(): Promise<{ readonly device: Device; readonly name: string } | { readonly missing: string }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: `the software driver is built for linux-x64, not ${process.platform}-${process.arch}` };
  }
  const { folder } = unpackChromium();
  process.env['VK_ICD_FILENAMES'] = join(folder, 'vk_swiftshader_icd.json');
  try {
    // Dawn asks for libvulkan.so.1 by name, and the loader knows this one by then.
    process.dlopen({ exports: {} }, join(folder, 'libvulkan.so.1'), constants.dlopen.RTLD_NOW | noDelete);
  } catch {
    // It is no addon; it is loaded all the same.
  }
  const found = await nodeGpu();
  if ('missing' in found) return found;
  return openDevice(found.gpu);
}

/** The environment in which another process finds the software driver. */
export function softwareEnvironment(): NodeJS.ProcessEnv {
  const { folder } = unpackChromium();
  return {
    ...process.env,
    LD_LIBRARY_PATH: folder,
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
  };
}

/** The environment of a machine with three: the software driver, itself under another name, and once more under its own. */
export function severalEnvironment(): NodeJS.ProcessEnv {
  const { folder: driver } = unpackChromium();
  const folder = temporaryFolder();
  const library = join(driver, 'libvk_swiftshader.so');
  const second = readFileSync(library, 'latin1').replaceAll('SwiftShader Device', 'SwiftShader Second');
  writeFileSync(join(folder, 'second.so'), second, 'latin1');
  copyFileSync(library, join(folder, 'third.so'));
  const manifest = readFileSync(join(driver, 'vk_swiftshader_icd.json'), 'utf8');
  const manifests = ['second', 'third'].map((name) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, manifest.replace('./libvk_swiftshader.so', join(folder, `${name}.so`)));
    return file;
  });
  const own = join(driver, 'vk_swiftshader_icd.json');
  return { ...softwareEnvironment(), VK_ICD_FILENAMES: [own, ...manifests].join(delimiter) };
}

let first: Promise<{ readonly missing: string } | undefined> | undefined;

/** Why there is no software GPU here; undefined where there is one. */
export function missingGpu(): Promise<{ readonly missing: string } | undefined> {
  first ??= open().then((found) => {
    if (!('missing' in found)) return undefined;
    process.stderr.write(`no software GPU, so the tests of the webgpu engine are skipped: ${found.missing}\n`);
    return found;
  });
  return first;
}

/** A new device. Throws where there is none. */
export async function softwareDevice(): Promise<Device> {
  const found = await open();
  if ('missing' in found) throw new Error(found.missing);
  return found.device;
}
