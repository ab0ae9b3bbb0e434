/** Packs an artifact for a page that cannot compute it. */
import type { Artifact, NdArray } from '../shared/artifact.js';
import type { Carried, CarriedArray } from './carried.js';

export function carry({ arrays, ...rest }: Artifact): Carried {
  const packed = Object.entries(arrays).map(([name, array]) => [name, packedArray(array)] as const);
  return { arrays: Object.fromEntries(packed), ...rest };
}

function packedArray({ shape, data }: NdArray): CarriedArray {
  const type = data instanceof Float32Array ? 'f4' : data instanceof Int32Array ? 'i4' : undefined;
  const base64 = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  return { shape, ...(type !== undefined && { type }), base64 };
}
