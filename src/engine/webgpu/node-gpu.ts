/** The GPU interface of Node: Dawn, from the optional package `webgpu`. */
/// <reference types="@webgpu/types" />

export type NodeGpu = { readonly gpu: GPU } | { readonly missing: string };

/** Dawn's GPU, or the reason why it cannot be had, in words. */
export function nodeGpu(): Promise<NodeGpu> {
  opened ??= load();
  return opened;
}

// One for the process, kept as long as it lives: devices do not survive the interface that they come from.
let opened: Promise<NodeGpu> | undefined;

async function load(): Promise<NodeGpu> {
  try {
    const { create } = await import('webgpu');
    return { gpu: create([]) };
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { missing: `the package webgpu cannot be loaded: ${message}` };
  }
}
