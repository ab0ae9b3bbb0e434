/** What a directive kind means: its options, what it needs, what it costs and how it is computed. */
import type { z } from 'zod';
import type { Artifact, Json } from '../shared/artifact.js';
import type { Engine, Needs } from '../engine/engine.js';
import type { Compare } from './comparison.js';
import type { Limits } from '../shared/limits.js';
import type { Rule } from '../shared/problem.js';

/** A step this one is computed from. */
export type InputReference =
  /** Named by an option of the directive. */
  | { readonly role: string; readonly id: string; readonly path: OptionPath; readonly kinds: readonly string[] | 'any' }
  /** An input of another input: the dataset that a training was trained on. */
  | { readonly role: string; readonly via: string; readonly input: string };

/** Where an option lies inside a directive: ["network", "hidden", 0]. */
export type OptionPath = readonly (string | number)[];

/** An input while planning: what it was asked to be, and what is known of its result before it runs. */
export interface PlannedInput {
  readonly options: unknown;
  readonly facts: Facts;
  /** What its kind says of its arrays, for kinds that take inputs of many kinds. */
  readonly kind?: Pick<StepKind, 'shapes'>;
}

/** What is known of a result before it is computed; other kinds check their options against it. */
export type Facts = Readonly<Record<string, Json>>;

/** An input while running. */
export interface RunInput extends PlannedInput {
  readonly artifact: Artifact;
}

/** Something wrong with one option in the light of the others or of the inputs. */
export interface OptionIssue {
  readonly path: OptionPath;
  readonly rule: Rule;
  readonly message: string;
  readonly hint: string;
  /** Where in a file of the report it comes from, when the option names one. */
  readonly inFile?: { readonly file: string; readonly line: number; readonly column: number };
  /** The part of the option's text that it is about. */
  readonly part?: { readonly text: string; readonly start: number; readonly end: number };
  /** A warning is said, and the step is planned all the same. */
  readonly severity?: 'warning';
}

/** A file of the report that a step is computed from. */
export interface NamedFile {
  readonly file: string;
  /** The option that names it. */
  readonly path: OptionPath;
  /** Read by `decodeText`: how its lines end, and a byte order mark, mean nothing. */
  readonly isText?: true;
}

/** A file of the report as a step sees it: its bytes, and a name for messages. */
export interface FileReader {
  (path: string): Uint8Array;
}

/** The folders and files of the report, as a kind sees them that finds its files itself. */
export interface FolderReader {
  /** What lies in a folder; nothing where there is none. */
  readonly names: (path: string) => readonly string[] | { readonly refused: string };
  readonly read: (path: string) => Uint8Array | { readonly refused: string };
}

/** One of the steps that a directive stands for. */
export interface FoundStep<Options> {
  readonly options: Options;
  readonly coordinates: readonly { readonly axis: string; readonly value: Json; readonly label: string }[];
}

/** One dimension of an array of a result: what it runs over, and how long it is. */
export interface Dimension {
  readonly name: string;
  readonly size: number;
}

/** The dimensions of each array, by its name. */
export type Shapes = Readonly<Record<string, readonly Dimension[]>>;

/** Why a result has no value where one is asked for, and what to do. */
export interface Lack {
  readonly message: string;
  readonly hint: string;
}

export interface Cost {
  /** Floating-point operations, roughly. */
  readonly operations: number;
  /** Seconds on one thread of the processor, where they are not what a usual rate of operations makes them. */
  readonly processorSeconds?: number;
  /** Peak memory in bytes, roughly. */
  readonly bytes: number;
  /** Of them, what one operation of the engine needs at once. */
  readonly engineBytes: number;
}

/**
 * Where a step leaves what a later run of the same computation can go on from: a longer training, or one that was killed.
 * Parts follow each other, each reaching from the end of the one before to its own last step.
 */
export interface Continuation {
  /** The parts that earlier runs left, in order. */
  readonly parts: () => readonly Artifact[];
  /** Keeps a part that starts where the last one ended. `last` is its last step. Absent where nothing is to be left. */
  readonly keep?: (from: number, last: number, part: Artifact) => void;
}

/** What a picture of a report's own is planned from: names and sizes, no numbers. */
export interface OwnPicture {
  readonly columns: readonly string[];
  readonly specification: (planned: {
    readonly columns: readonly string[];
    readonly coordinates: readonly string[];
    readonly sizes: Readonly<Record<string, number>>;
  }) => unknown;
}

export interface StepWorld {
  readonly engine: Engine;
  readonly file: FileReader;
  /** How far the step is, 0 to 1. */
  readonly progress: (fraction: number) => void;
  readonly signal: AbortSignal;
  /** For kinds that say what they `continue`. */
  readonly continuation: Continuation;
  /** Something that a reader of the progress should know: "continued from step 5000". */
  readonly remark: (text: string) => void;
  /** What code of the report's own may cost. */
  readonly limits?: Limits;
  /** What code of the report's own printed, for whoever watches. */
  readonly print: (text: string) => void;
  /** Seconds, from any start. */
  readonly clock: () => number;
  /** Told of seconds in which an engine computed other steps: they are no part of what this one takes. */
  readonly waited?: (seconds: number) => void;
}

/**
 * One kind of step. The functions are written as methods so that a list can hold kinds with different options: the plan
 * only ever passes a kind the options that its own schema gave.
 */
export interface StepKind<Options = unknown> {
  readonly kind: string;
  /** What pages call one of it: "Training". */
  readonly noun: string;
  /** Raised whenever a result changes for the same options; part of every key. A test holds it honest. */
  readonly version: number;
  /** SHA-256 of its code, of a kind that is the report's own: part of every key, as the version of the others. */
  readonly code?: string;
  /** Whether code of the report's own computes it, which pages say. */
  readonly isOwnCode?: true;
  /** Pictures of the report's own, by their names. */
  readonly ownPictures?: Readonly<Record<string, OwnPicture>>;
  /** Checks the options and fills in the defaults. */
  readonly options: z.ZodType<Options>;
  /** The steps it is computed from. */
  inputs(options: Options): readonly InputReference[];
  /** The options that change no result, and so are in no key, besides those that name directives and files. */
  readonly unkeyed?: readonly OptionPath[];
  /**
   * The steps that a directive stands for by the files that it finds, each with its coordinates; only for kinds whose sweeps
   * lie in files. Warnings may come with them.
   */
  findSteps?(
    options: Options,
    folder: FolderReader,
  ): { readonly steps: readonly FoundStep<Options>[]; readonly issues: readonly OptionIssue[] };
  /** By whose word its results stand; only of a kind whose results something else computed. */
  source?(options: Options): string;
  /** Files of the report whose bytes it is computed from, with the option that names each. */
  files(options: Options): readonly NamedFile[];
  /** Whatever the schema alone cannot see, given the inputs. Throws nothing; returns what is wrong. */
  check(options: Options, inputs: Readonly<Record<string, PlannedInput>>, file: FileReader): readonly OptionIssue[];
  /** What is known of the result before it is computed. Only called when `check` found nothing. */
  facts(options: Options, inputs: Readonly<Record<string, PlannedInput>>, file: FileReader): Facts;
  cost(options: Options, facts: Facts): Cost;
  /** What it asks of an engine that not every engine has; one that lacks it does not get the step. Absent for most kinds. */
  needs?(options: Options, facts: Facts): Needs;
  /** The options without those that only say how long to go on and what to record of it; absent for most kinds. */
  continues?(options: Options): Json;
  /** The share of the work that is left, at most, when an earlier run has come as far as the step `reached`. */
  left?(options: Options, reached: number): number;
  run(options: Options, inputs: Readonly<Record<string, RunInput>>, world: StepWorld): Promise<Artifact>;
  /** How far a result that was computed again is from the recorded one, in parts of what its mathematics allows. */
  readonly compare: Compare;
  /**
   * The names of the dimensions of each array of its artifact. A dimension `checkpoint` has the array `step` as its
   * coordinate. Arrays of parameters (0.weight) are not listed: they are [checkpoint, out, in] or [checkpoint, out].
   */
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  /** The same of a kind whose arrays are not the same in every result. */
  dimensionsIn?(facts: Facts): Readonly<Record<string, readonly string[]>>;
  /** Every array that its artifact will have, those of parameters too. A training that diverges has fewer checkpoints. */
  shapes(options: Options, facts: Facts): Shapes;
  /** The steps of a training that it records or looks at, ascending; none for what is no part of a training. */
  checkpoints(options: Options, facts: Facts): readonly number[];
  /**
   * Why a number of its artifact can have no value, whatever the data are; undefined where it may have one. `at` is the
   * checkpoint that is asked for, undefined for all of them or the last.
   */
  lacks?(facts: Facts, name: string, at: number | undefined): Lack | undefined;
  /** The names of those values of its artifact that are single numbers. */
  readonly numbers: readonly string[];
  /** And of those that are words, which a figure of one's own may have as a column. */
  readonly words: readonly string[];
}

/** Whether an engine takes part in computing it: not in what was read from files, nor in a program of the report's own. */
export function usesEngine({ kind, options }: { readonly kind: StepKind; readonly options: unknown }): boolean {
  return kind.source?.(options) === undefined && (kind.isOwnCode !== true || kind.code !== undefined);
}
