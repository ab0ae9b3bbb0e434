/** Arrays as one file of NumPy's: what `numpy.load` opens by their names. */
import { zipSync } from 'fflate';
import type { NdArray } from '../shared/artifact.js';
import { toNpy } from '../shared/npy.js';

/** The first day that ZIP knows, so that the same arrays give the same bytes. */
const noDay = new Date(1980, 0, 1);

/** A .npz file as `numpy.savez_compressed` writes it. */
export function toNpz(arrays: Readonly<Record<string, NdArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, toNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { level: 6, mtime: noDay });
}
