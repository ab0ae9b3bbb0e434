/** The WebGPU engine in Node: Dawn on whatever driver the machine has. */
import type { Engine } from '../engine.js';
import { type Adapter, listAdapters } from './adapters.js';
import type { Device } from './device.js';
import { webgpuEngine } from './index.js';
import { nodeGpu } from './node-gpu.js';
import { openDevice } from './open-device.js';

const none = { missing: 'no adapter: no GPU, or no driver for it, was found' };

/** The adapter of that number, or of none where none is asked for; or why it cannot be had. */
async function chosen(number: number | undefined): Promise<{ readonly name?: string } | { readonly missing: string }> {
  if (process.platform === 'linux' && !loaderLoads())
    return { missing: 'the Vulkan loader libvulkan.so.1 is not installed (package libvulkan1)' };
  // Elsewhere than on Linux there is a driver, and no need to ask before a number is named.
  if (process.platform !== 'linux' && number === undefined) return {};
  const adapters = await listAdapters();
  // What else may be wrong is found, and said, when this process loads it.
  if (adapters === undefined) return {};
  if (adapters.length === 0) return none;
  return number === undefined ? {} : numbered(adapters, number);
}

function numbered(
  adapters: readonly Adapter[],
  number: number,
): { readonly name: string } | { readonly missing: string } {
  const adapter = adapters[number];
  const names = adapters.map(({ name }, index) => `${index} is ${name}`).join(', ');
  if (adapter === undefined) return { missing: `there is no GPU of number ${number}: ${names}` };
  const { name, hiddenBy } = adapter;
  if (hiddenBy === undefined) return { name };
  return {
    missing: `${name} cannot be chosen: Dawn tells GPUs by their names, and finds number ${hiddenBy} by this one`,
  };
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

/** The engine on the best device, or on that of a number, or why there is none. */
export async function openWebgpu(
  processor: Engine,
  number?: number,
): Promise<
  | { readonly engine: Engine; readonly hardware: boolean; readonly close: () => Promise<void> }
  | { readonly missing: string }
> {
  const found = await nodeGpu();
  if ('missing' in found) return found;
  const adapter = await chosen(number);
  if ('missing' in adapter) return adapter;
  const named = await nodeGpu(adapter.name);
  if ('missing' in named) return named;
  const { gpu } = named;
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
