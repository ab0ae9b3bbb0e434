/**
 * What a module of a report takes from `colophon/kinds` to define kinds of directive of its own. Types, `z`, and the two functions
 * without which few kinds do: the parameters of a training, and a random stream that is the same everywhere.
 */
import type * as zod from 'zod';
import type { Accuracy, Engine, Svd, Training, TrainingResult } from '../engine/engine.js';
import type { Network } from '../model/network.js';
import { NumpyRandom } from '../model/numpy-random.js';
import { parameterLayout } from '../model/network.js';
import { definitionMark } from './definition-mark.js';

export * as z from 'zod';
export { parameterCount, parameterLayout } from '../model/network.js';
export type { Accuracy, Network, Svd, Training, TrainingResult };

/** Any JSON. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A dense row-major array of numbers. */
export interface KindArray {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | Int32Array;
}

/**
 * What an option of the directive names, besides the options of the schema: a step of this kind or of one of these kinds; an input
 * of another input, which no option names (`{ of: 'model', input: 'data' }`, the dataset of a training); or a file of the report.
 */
export type InputDeclaration = string | readonly string[] | { readonly of: string; readonly input: string };

/** An array by the names of its dimensions, a number, or a text. */
export type OutputDeclaration = readonly string[] | 'number' | 'text';

/** An input before anything has run. */
export interface PlannedKindInput {
  /** Of its directive, with the defaults; of a file none. */
  readonly options: Readonly<Record<string, Json>>;
  /** What is known of its result before it is computed: of a training its `network`. */
  readonly facts: Readonly<Record<string, Json>>;
  /** How long the dimensions of its arrays are, by their names: `sample`, `feature`. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** An input while the kind runs. */
export interface KindInput extends PlannedKindInput {
  /** By name, as `colophon results ID` lists them: `inputs`, `targets`, `0.weight`. */
  readonly arrays: Readonly<Record<string, KindArray>>;
  readonly values: Readonly<Record<string, Json>>;
  /** Of a file. */
  readonly bytes: Uint8Array;
}

/** The program's engine on the CPU, which gives the same bits everywhere. Matrices are row-major and flat. */
export interface KindEngine extends Pick<Engine, 'accuracy' | 'profile' | 'predict' | 'jacobian' | 'gram' | 'product'> {
  train(training: Training): Promise<TrainingResult>;
  svd(matrix: Float64Array, rows: number, columns: number): Promise<Svd>;
}

export interface KindWorld<Options, Roles extends string> {
  readonly options: Options;
  readonly inputs: Readonly<Record<Roles, KindInput>>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly engine: KindEngine;
  /** How far it is, 0 to 1. */
  readonly progress: (fraction: number) => void;
  /** Aborted when the build is interrupted; the thread ends soon after it. */
  readonly signal: AbortSignal;
}

/** An array as it is returned: its numbers, row-major; how many there are its `sizes` say. */
export type ReturnedArray = ArrayLike<number>;

/** By the names of its outputs; null is a number that there is not. */
export type Returned<Outputs extends string> = Readonly<Record<Outputs, ReturnedArray | number | string | null>>;

export interface KindDefinition<
  Schema extends zod.ZodObject = zod.ZodObject,
  Roles extends string = string,
  Outputs extends string = string,
> {
  /** The word after the fence. */
  readonly name: string;
  /** What pages call one of it; the name where it is left out. */
  readonly noun?: string;
  /** Of the options, `z.object({...})`. An option `seed` may be several. */
  readonly options: Schema;
  /** By the option that names each. */
  readonly inputs?: Readonly<Record<Roles, InputDeclaration>>;
  readonly outputs: Readonly<Record<Outputs, OutputDeclaration>>;
  /** How long each dimension of the outputs is; known before anything runs. */
  readonly sizes?: (planned: {
    readonly options: zod.output<Schema>;
    readonly inputs: Readonly<Record<Roles, PlannedKindInput>>;
  }) => Readonly<Record<string, number>>;
  /** How far two runs may be apart, in parts of the largest number of each output; 1e-6 where it is left out. */
  readonly tolerance?: number;
  /** Computes the outputs, in a thread of its own. */
  readonly run: (world: KindWorld<zod.output<Schema>, Roles>) => Returned<Outputs> | Promise<Returned<Outputs>>;
}

/** A kind of directive, to be exported by a module that colophon.yaml names under `kinds`. */
export function defineKind<Schema extends zod.ZodObject, Roles extends string, Outputs extends string>(
  definition: KindDefinition<Schema, Roles, Outputs>,
): KindDefinition<Schema, Roles, Outputs> {
  return Object.assign({ ...definition }, { [definitionMark]: 'kind' });
}

/** What a picture knows of the results that it is to draw: of their columns the names, no numbers. */
export interface PlannedPicture {
  readonly columns: readonly string[];
  /** The swept options in which the runs differ, `seed` too; each is a column. */
  readonly coordinates: readonly string[];
  readonly sizes: Readonly<Record<string, number>>;
}

export interface PictureDefinition {
  /** After the dot in `show`. */
  readonly name: string;
  /** The kind that it draws, one of the report's own. */
  readonly of: string;
  /** The outputs, and the positions along their dimensions, that become columns; the coordinates are columns always. */
  readonly columns: readonly string[];
  /** A Vega-Lite specification over these columns, without its data. */
  readonly specification: (planned: PlannedPicture) => Readonly<Record<string, unknown>>;
}

/** A picture of a kind of the report's own, to be exported beside it or by another module under `kinds`. */
export function definePicture(definition: PictureDefinition): PictureDefinition {
  return Object.assign({ ...definition }, { [definitionMark]: 'picture' });
}

/**
 * The parameters of a training, flat, in the order of `parameterLayout(network)`: at its last checkpoint, or at the one of this
 * step. Throws where the training recorded none.
 */
export function parametersAt(training: KindInput, step: number | 'last' = 'last'): Float64Array {
  const steps = Array.from(training.arrays['step']?.data ?? []);
  const index = step === 'last' ? steps.length - 1 : steps.indexOf(step);
  if (index < 0) throw new Error(`this training has no checkpoint at step ${step}; it has ${steps.join(', ')}`);
  const layout = parameterLayout(networkOf(training));
  const flat = new Float64Array(layout.reduce((sum, { size }) => sum + size, 0));
  for (const { name, offset, size } of layout)
    flat.set(training.arrays[name]?.data.subarray(index * size, (index + 1) * size) ?? [], offset);
  return flat;
}

/** The network of a training, as the engine takes it. */
export function networkOf({ facts }: PlannedKindInput): Network {
  const { network } = facts;
  if (typeof network !== 'object' || network === null) throw new Error('only a training has a network');
  return network as unknown as Network;
}

/** NumPy's `RandomState(seed)`: uniform numbers in [0, 1) and normal ones, the same bits on every machine. */
export function randomStream(seed: number): { readonly uniform: () => number; readonly normal: () => number } {
  const random = NumpyRandom.fromSeed(seed);
  return { uniform: () => random.randomSample(), normal: () => random.gauss() };
}
