/** The GPU interface of Node: Dawn, from the optional package `webgpu`. */
import { messageOf } from '../../shared/message-of.js';
/// <reference types="@webgpu/types" />

export type NodeGpu = { readonly gpu: GPU } | { readonly missing: string };

/** Dawn's GPU, that of the adapter of this name where one is given, or the reason why it cannot be had, in words. */
export function nodeGpu(adapter = ''): Promise<NodeGpu> {
  const known = opened.get(adapter) ?? load(adapter);
  opened.set(adapter, known);
  return known;
}

// One of each for the process, kept as long as it lives: devices do not survive the interface that they come from.
const opened = new Map<string, Promise<NodeGpu>>();

/**
 * Workgroups' memory is zeroed by a loop, not by the driver: of an array that is declared zero SwiftShader writes out one
 * instruction for each element, and takes four to ten times as long to compile a kernel.
 */
const toggles = 'disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension';

async function load(adapter: string): Promise<NodeGpu> {
  try {
    const { create } = await import('webgpu');
    return { gpu: create([toggles, ...(adapter === '' ? [] : [`adapter=${adapter}`])]) };
  } catch (error) {
    return { missing: whyNot(error) };
  }
}

/** What of the package is missing, by name. */
function whyNot(error: unknown): string {
  const [message = ''] = messageOf(error).split('\n');
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ERR_MODULE_NOT_FOUND':
      return 'the optional package webgpu is not installed (npm install webgpu)';
    case 'MODULE_NOT_FOUND':
      return `the package webgpu has no library for ${process.platform}-${process.arch}`;
  }
  const version = /version `(\w+?)_([\d.]+)' not found/.exec(message);
  const library = /(?:^|: )([\w.+-]+): cannot open shared object file/.exec(message)?.[1];
  const lacking =
    version !== null
      ? `it needs ${version[1] === 'GLIBC' ? 'glibc' : version[1]} ${version[2]} or newer, and this system has an older one`
      : library !== undefined
        ? `${library} is not installed`
        : message;
  return `the library of the package webgpu does not load: ${lacking}`;
}
