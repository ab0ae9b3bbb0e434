/** An artifact that a page carries, because it cannot compute it. */
import type { Artifact, Json, NdArray } from '../shared/artifact.js';

export interface CarriedArray {
  readonly shape: readonly number[];
  /** Of what its numbers are; float64 where nothing is said. */
  readonly type?: 'f4' | 'i4';
  /** Their bytes. */
  readonly base64: string;
}

export interface Carried {
  readonly arrays: Readonly<Record<string, CarriedArray>>;
  readonly values: Readonly<Record<string, Json>>;
  readonly divergedAt?: number;
}

export function artifactOf({ arrays, ...rest }: Carried): Artifact {
  const unpacked = Object.entries(arrays).map(([name, array]) => [name, arrayOf(array)] as const);
  return { arrays: Object.fromEntries(unpacked), ...rest };
}

function arrayOf({ shape, type, base64 }: CarriedArray): NdArray {
  const { buffer } = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (type === 'f4') return { shape, data: new Float32Array(buffer) };
  if (type === 'i4') return { shape, data: new Int32Array(buffer) };
  return { shape, data: new Float64Array(buffer) };
}
