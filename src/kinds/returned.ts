/** What code of the report's own returned, checked against what it declared, as an artifact. */
import type { Artifact, Json, NdArray } from '../shared/artifact.js';
import { suggestion } from '../shared/suggest.js';
import type { OutputDeclaration } from './api.js';

const longestText = 10_000;

/** Throws, in words, for what is not as declared. */
export function toArtifact(
  returned: unknown,
  outputs: Readonly<Record<string, OutputDeclaration>>,
  sizes: Readonly<Record<string, number>>,
): Artifact {
  if (typeof returned !== 'object' || returned === null)
    throw new Error('it returns nothing; return an object with its outputs');
  const given = returned as Readonly<Record<string, unknown>>;
  const names = Object.keys(outputs);
  const foreign = Object.keys(given).find((name) => !names.includes(name));
  if (foreign !== undefined)
    throw new Error(`it returns "${foreign}", which is none of its outputs; ${suggestion(foreign, names)}`);
  const arrays: Record<string, NdArray> = {};
  const values: Record<string, Json> = {};
  for (const [name, output] of Object.entries(outputs)) {
    const value = given[name];
    if (value === undefined) throw new Error(`it returns no "${name}", which is among its outputs`);
    if (output === 'number') values[name] = numberIn(name, value);
    else if (output === 'text') values[name] = textIn(name, value);
    else arrays[name] = arrayIn(name, value, output, sizes);
  }
  return { arrays, values };
}

function numberIn(name: string, value: unknown): Json {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
  const what = typeof value === 'number' ? String(value) : `a ${typeof value}`;
  throw new Error(`its "${name}" is ${what}; return a finite number, or null where there is none`);
}

function textIn(name: string, value: unknown): Json {
  if (typeof value === 'string' && value.length <= longestText && value.isWellFormed()) return value;
  throw new Error(`its "${name}" is no text of at most ${longestText} characters; return a string`);
}

function arrayIn(
  name: string,
  value: unknown,
  dimensions: readonly string[],
  sizes: Readonly<Record<string, number>>,
): NdArray {
  const numbers = numbersIn(value);
  if (numbers === undefined)
    throw new Error(`its "${name}" is no array of numbers; return a Float64Array or a list of numbers`);
  const shape = dimensions.map((dimension) => sizes[dimension] ?? 0);
  const size = shape.reduce((product, length) => product * length, 1);
  if (numbers.length === size) return { shape, data: numbers };
  const needed = dimensions.map((dimension, index) => `${shape[index] ?? 0} (${dimension})`).join(' x ');
  throw new Error(`its "${name}" has ${numbers.length} numbers, and its sizes say ${needed}; mend "run" or "sizes"`);
}

/** In the precision that it has; undefined for what is no array of numbers. */
function numbersIn(value: unknown): NdArray['data'] | undefined {
  if (value instanceof Float64Array || value instanceof Float32Array || value instanceof Int32Array) return value;
  const isSmall = value instanceof Int8Array || value instanceof Int16Array || value instanceof Uint16Array;
  if (isSmall || value instanceof Uint8Array || value instanceof Uint8ClampedArray) return Int32Array.from(value);
  if (value instanceof Uint32Array) return Float64Array.from(value);
  if (!Array.isArray(value)) return undefined;
  const flat = value.flat(Number.POSITIVE_INFINITY) as unknown[];
  return flat.every((one) => typeof one === 'number') ? Float64Array.from(flat) : undefined;
}
