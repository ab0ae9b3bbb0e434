/** The names by which a person asks for a device, on the command line, in front matter and in directives. */

/**
 * - `auto`: a GPU where there is one and it pays, else the processor.
 * - `cpu`, `gpu`: the best engine of either.
 * - the others: that engine and no other.
 */
export const deviceNames = ['auto', 'cpu', 'gpu', 'wasm', 'webgpu', 'tfjs', 'reference'] as const;
export type DeviceName = (typeof deviceNames)[number];
