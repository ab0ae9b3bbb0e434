/** Finding a device among what a GPU interface offers. */
/// <reference types="@webgpu/types" />
import { messageOf } from '../../shared/message-of.js';
import { Device } from './device.js';

export interface FoundDevice {
  readonly device: Device;
  /** "NVIDIA H100 (Vulkan)", as the driver calls it. */
  readonly name: string;
  /** Whether it is a software driver on the CPU. */
  readonly software: boolean;
}

/** What the kernels need at least; every WebGPU device promises it, so a device below it is broken. */
const needed = {
  maxComputeWorkgroupStorageSize: 16_384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxStorageBuffersPerShaderStage: 8,
} as const;

/** A device on the fastest adapter with the largest limits it allows, or the reason why there is none, in words. */
export async function openDevice(gpu: GPU): Promise<FoundDevice | { readonly missing: string }> {
  try {
    return await request(gpu);
  } catch (error) {
    return { missing: `the device cannot be opened: ${messageOf(error)}` };
  }
}

async function request(gpu: GPU): Promise<FoundDevice | { readonly missing: string }> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return { missing: 'no adapter: no GPU, or no driver for it, was found' };
  const { info, limits } = adapter;
  const name =
    info.description === '' ? [info.vendor, info.architecture, info.device].join(' ').trim() : describe(info);
  for (const [limit, least] of Object.entries(needed)) {
    const offered = limits[limit as keyof typeof needed];
    // One that the driver does not have reads as undefined.
    if (!(offered >= least)) return { missing: `${name} has ${limit} ${offered}, and ${least} is needed` };
  }
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
    },
  });
  return { device: new Device(device), name, software: isSoftware(info) };
}

/** Drivers name the device in one of two fields: "NVIDIA H100 80GB HBM3" or "driver 550.54". */
function describe({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  // The device is a normalised name, which may end in the place of a bracket.
  const known =
    device === '' ? [vendor, architecture].filter((part) => part !== '').join(' ') : device.replace(/-+$/, '');
  return description.includes(known) || known === '' ? description : `${known} (${description})`;
}

/** The names of processors that play a GPU: SwiftShader, Mesa's llvmpipe and Microsoft's WARP. */
function isSoftware(info: GPUAdapterInfo): boolean {
  const names = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`;
  return info.isFallbackAdapter || /swiftshader|llvmpipe|softpipe|lavapipe|warp|basic render/i.test(names);
}
