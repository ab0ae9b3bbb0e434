/** The account of how an artifact came to be. */
import type { Artifact, Json } from '../shared/artifact.js';

export interface StoredArray {
  /** SHA-256 of the .npy bytes, which are the object's name. */
  readonly digest: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

/** How a result was made this once: never part of a page that must be the same twice. */
export interface Made {
  readonly seconds: number;
  /** The time of day when it was there, as the machine believed. Nothing is ever decided by it. */
  readonly at: string;
  readonly colophon: string;
  /** SHA-256 of the program's own files. */
  readonly program: string;
  readonly node: string;
  /** "linux-x64". */
  readonly platform: string;
  /** The highest resident memory of the whole process meanwhile, in bytes, and how many other steps it also served. */
  readonly memory?: number;
  readonly beside?: number;
  /** What it was reckoned to cost before it ran. */
  readonly reckoned?: { readonly operations: number; readonly bytes: number };
  /** How much of it an earlier run had left: "continued from step 5000". */
  readonly remark?: string;
}

/** A directive as someone wrote it, the first that asked for a result. */
export interface Asked {
  /** "one-layer[hidden=10]". */
  readonly name: string;
  /** "train #one-layer". */
  readonly info: string;
  /** The body as written. */
  readonly text: string;
}

/** What determines and identifies a result, and how it came to be. */
export interface RecordBody {
  readonly key: string;
  readonly kind: string;
  readonly version: number;
  /** SHA-256 of the code of a kind of the report's own. */
  readonly code?: string;
  /** As resolved, with every default. */
  readonly options: Json;
  /** By role: the key of each input, and the digest of the artifact that was used. */
  readonly inputs: Readonly<Record<string, { readonly key: string; readonly digest: string }>>;
  readonly profile: string;
  readonly device: string;
  /** The machine epsilon of each operation of the engine, by its name; absent in older records and where none took part. */
  readonly accuracy?: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, StoredArray>>;
  readonly values: Readonly<Record<string, Json>>;
  readonly divergedAt?: number;
  /** Absent for what no directive asks for by itself, such as a drawing. */
  readonly asked?: Asked;
  readonly made: Made;
}

/** The kind of what is kept of a figure so that it need not be drawn again. */
export const drawingKind = 'drawing';

/** That a result was computed again, and how it compared: `verify` writes it. */
const verification = 'verification';

/** Whether a record is no result, but what this machine knows of one: it is never taken from another. */
export function isMemo({ kind }: Pick<RecordBody, 'kind'>): boolean {
  return kind === drawingKind || kind === verification;
}

/** A record with its artifact in memory. */
export interface StoredResult {
  readonly record: RecordBody;
  readonly artifact: Artifact;
  readonly digest: string;
}

const digestPattern = /^[0-9a-f]{64}$/;

/** The value as a record when it has a record's form; undefined otherwise. It may come from anyone. */
export function checkedRecord(value: unknown): RecordBody | undefined {
  if (!isObject(value)) return undefined;
  const { key, kind, version, options, inputs, profile, device, accuracy, arrays, values, divergedAt, made } = value;
  const texts = [kind, profile, device].every((text) => typeof text === 'string');
  const well =
    texts &&
    isDigest(key) &&
    Number.isInteger(version) &&
    isObject(options) &&
    isObject(inputs) &&
    Object.values(inputs).every((input) => isObject(input) && isDigest(input['key']) && isDigest(input['digest'])) &&
    (accuracy === undefined || (isObject(accuracy) && Object.values(accuracy).every(Number.isFinite))) &&
    isObject(arrays) &&
    Object.values(arrays).every(isStoredArray) &&
    isObject(values) &&
    (divergedAt === undefined || Number.isInteger(divergedAt)) &&
    isObject(made) &&
    typeof made['seconds'] === 'number';
  return well ? (value as unknown as RecordBody) : undefined;
}

function isStoredArray(value: unknown): boolean {
  return (
    isObject(value) &&
    isDigest(value['digest']) &&
    isCount(value['bytes']) &&
    Array.isArray(value['shape']) &&
    value['shape'].every(isCount)
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && digestPattern.test(value);
}

/** An object whose members cannot be mistaken for its prototype's. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.hasOwn(value, '__proto__');
}
