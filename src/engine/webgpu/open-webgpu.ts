/** The WebGPU engine in Node: Dawn on whatever driver the machine has. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../engine.js';
import type { Device } from './device.js';
import { webgpuEngine } from './index.js';
import { nodeGpu } from './node-gpu.js';
import { openDevice } from './open-device.js';

/** Where Linux looks for Vulkan drivers, but for those that the environment names. */
const driverFolders = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/** Why Dawn need not be loaded at all. Without a driver it says so itself, in its own way, each time. */
function missingDriver(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const named = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'].some((name) => process.env[name]);
  const home = [process.env['XDG_DATA_HOME'] ?? join(process.env['HOME'] ?? '/', '.local/share')].map((folder) =>
    join(folder, 'vulkan/icd.d'),
  );
  const listed = [...driverFolders, ...home].some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
  if (!named && !listed) return `no Vulkan driver is installed (${driverFolders.join(', ')} name none)`;
  return loaderLoads() ? undefined : 'the Vulkan loader libvulkan.so.1 is not installed (package libvulkan1)';
}

/** Whether there is a Vulkan loader, without which Dawn finds no driver. */
function loaderLoads(): boolean {
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
  } catch (error) {
    // Once it is there, Node only refuses it as an addon.
    return !(error instanceof Error && error.message.includes('cannot open shared object file'));
  }
  return true;
}

/** The engine on the best device, or why there is none. */
export async function openWebgpu(
  processor: Engine,
): Promise<
  | { readonly engine: Engine; readonly hardware: boolean; readonly close: () => Promise<void> }
  | { readonly missing: string }
> {
  const missing = missingDriver();
  if (missing !== undefined) return { missing };
  const found = await nodeGpu();
  if ('missing' in found) return found;
  const { gpu } = found;
  const first = await openDevice(gpu);
  if ('missing' in first) return first;
  let device = first.device;
  const reopen = async (): Promise<Device> => {
    const again = await openDevice(gpu);
    if ('missing' in again) throw new Error(again.missing);
    device = again.device;
    return device;
  };
  const engine = webgpuEngine({ ...first, reopen, processor });
  return {
    engine,
    hardware: !first.software,
    close: async () => {
      device.destroy();
      return Promise.resolve();
    },
  };
}
