/** The WebGPU engine in Node: Dawn on whatever driver the machine has. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Engine } from '../engine.js';
import type { Device } from './device.js';
import { webgpuEngine } from './index.js';
import { nodeGpu } from './node-gpu.js';
import { openDevice } from './open-device.js';

/** Why Dawn finds no device; undefined where it may. On Linux its loader looks for drivers in more places than can be listed here. */
async function missingDriver(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  if (!loaderLoads()) return 'the Vulkan loader libvulkan.so.1 is not installed (package libvulkan1)';
  return (await findsDevice()) ? undefined : 'no adapter: no GPU, or no driver for it, was found';
}

/** Exit code of a process that has found no device. */
const nothing = 3;

/** Whether Dawn finds a device, asked in a process of its own: where there is none it says so in its own way, on this terminal. */
async function findsDevice(): Promise<boolean> {
  const code = `const { create } = await import(${JSON.stringify(import.meta.resolve('webgpu'))});
process.exit((await create([]).requestAdapter()) === null ? ${nothing} : 0);`;
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
    return true;
  } catch (error) {
    // What else may be wrong is found, and said, when this process loads it.
    return !(error instanceof Error && 'code' in error && error.code === nothing);
  }
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
  const found = await nodeGpu();
  if ('missing' in found) return found;
  const missing = await missingDriver();
  if (missing !== undefined) return { missing };
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
