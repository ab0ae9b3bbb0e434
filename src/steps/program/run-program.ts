/** Runs a program of the report's own in a folder that holds what it declares and nothing else, and reads what it writes there. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Artifact, Json, NdArray } from '../../shared/artifact.js';
import { standardLimits } from '../../shared/limits.js';
import { toNpy } from '../../shared/npy.js';
import { suggestion } from '../../shared/suggest.js';
import { FormatFault } from '../formats/format-fault.js';
import { readNpy } from '../formats/npy.js';
import type { StepWorld } from '../step.js';
import { spawned } from './spawned.js';

interface ProgramRun {
  readonly command: readonly string[];
  readonly seed: number;
  readonly with: Json;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly inputs: readonly { readonly role: string; readonly artifact: Artifact }[];
  readonly outputs: readonly { readonly output: string; readonly shape: readonly number[] }[];
}

/** Of a header of .npy, at most. */
const headerBytes = 65_536;

/** The arrays that it wrote, each of the shape that was declared. Throws, in words, for everything else. */
export async function runProgram(
  run: ProgramRun,
  { limits = standardLimits, print, remark, signal }: StepWorld,
): Promise<Record<string, NdArray>> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-program-'));
  try {
    layOut(folder, run);
    const { printed, hasNetwork } = await spawned(run.command, {
      folder,
      seed: run.seed,
      seconds: limits['kind-time'],
      signal,
    });
    if (printed !== '') print(printed);
    remark(hasNetwork ? 'with the network in reach' : 'without network');
    return await outputsIn(join(folder, 'outputs'), run.outputs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function layOut(folder: string, { files, inputs, with: own }: ProgramRun): void {
  const write = (path: string, bytes: Uint8Array | string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  for (const { path, bytes } of files) write(path, bytes);
  write('with.json', JSON.stringify(own));
  for (const { role, artifact } of inputs) {
    for (const [name, array] of Object.entries(artifact.arrays)) write(`inputs/${role}/${name}.npy`, toNpy(array));
    write(`inputs/${role}/values.json`, JSON.stringify(artifact.values));
  }
  mkdirSync(join(folder, 'outputs'));
}

async function outputsIn(folder: string, outputs: ProgramRun['outputs']): Promise<Record<string, NdArray>> {
  const names = outputs.map(({ output }) => `${output}.npy`);
  const foreign = readdirSync(folder).find((name) => !names.includes(name));
  if (foreign !== undefined)
    throw new Error(`it writes outputs/${foreign}, which is none of its outputs; ${suggestion(foreign, names)}`);
  const arrays: Record<string, NdArray> = {};
  for (const { output, shape } of outputs) arrays[output] = await arrayIn(folder, output, shape);
  return arrays;
}

async function arrayIn(folder: string, output: string, shape: readonly number[]): Promise<NdArray> {
  const path = join(folder, `${output}.npy`);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true)
    throw new Error(`it leaves outputs/${output}.npy out; write it with np.save, or take it out of "outputs"`);
  const size = shape.reduce((product, length) => product * length, 1);
  const is = `outputs/${output}.npy`;
  // The largest elements that are read have 8 bytes.
  if (found.size > 8 * size + headerBytes)
    throw new Error(`${is} has ${found.size} bytes, more than ${said(shape)} numbers take`);
  try {
    const array = readNpy(await readFile(path), `${output}.npy`, new Set()).arrays.get(output);
    if (array instanceof FormatFault || array === undefined) throw array ?? new FormatFault('is empty', 'write it');
    if (array.shape.join() !== shape.join())
      throw new FormatFault(`is ${said(array.shape)}, and "outputs" says ${said(shape)}`, 'mend the one or the other');
    return { shape: [...shape], data: array.numbers() };
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error;
    throw new Error(`${is} ${error.message}; ${error.hint}`, { cause: error });
  }
}

function said(shape: readonly number[]): string {
  return shape.length === 0 ? 'a single number' : shape.join(' x ');
}
