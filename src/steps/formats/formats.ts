/** Every format that results can be read from, by the ends of names. */
import type { Content, ReadFormat } from './content.js';
import { isEventFile, joinEvents, readEvents } from './events.js';
import { FormatFault } from './format-fault.js';
import { readNpy, readNpz } from './npy.js';
import { readParquet } from './parquet.js';
import { readSafetensors } from './safetensors.js';
import { readCsv, readJsonLines } from './texts.js';

const byEnding = {
  npz: readNpz,
  npy: readNpy,
  csv: readCsv,
  jsonl: readJsonLines,
  ndjson: readJsonLines,
  parquet: readParquet,
  safetensors: readSafetensors,
} as const satisfies Readonly<Record<string, ReadFormat>>;

/** For messages: ".npz, .npy, …". */
export const knownFormats = `${Object.keys(byEnding)
  .map((ending) => `.${ending}`)
  .join(', ')} and TensorBoard's event files`;

export { isEventFile } from './events.js';

function endingOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1).toLowerCase();
}

/** What reads a file; undefined for a format that is not known. */
function formatOf(file: string): ReadFormat | undefined {
  if (isEventFile(file)) return readEvents;
  const ending = endingOf(file);
  return Object.hasOwn(byEnding, ending) ? byEnding[ending as keyof typeof byEnding] : undefined;
}

/** Whether a file is of a format that is known. */
export function isResultsFile(file: string): boolean {
  return formatOf(file) !== undefined;
}

/** Whether a file means the same however its lines end. */
export function isTextFile(file: string): boolean {
  return !isEventFile(file) && ['csv', 'jsonl', 'ndjson'].includes(endingOf(file));
}

/** A file's name without its folder and its ending. */
export function stemOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return isEventFile(file) ? name : name.slice(0, name.length - endingOf(name).length - 1);
}

const known = new WeakMap<Uint8Array, Map<string, Content | FormatFault>>();

/** Read once for as long as its bytes are there: planning asks for every run of a table. Throws a FormatFault. */
function contentOf(file: string, bytes: Uint8Array, kept: readonly string[]): Content {
  const ofFile = known.get(bytes) ?? new Map<string, Content | FormatFault>();
  known.set(bytes, ofFile);
  const key = JSON.stringify(kept);
  const found = ofFile.get(key) ?? attempt(file, bytes, kept);
  ofFile.set(key, found);
  if (found instanceof FormatFault) throw found;
  return found;
}

function attempt(file: string, bytes: Uint8Array, kept: readonly string[]): Content | FormatFault {
  const read = formatOf(file);
  if (read === undefined) return new FormatFault('is of no format that can be read', `name ${knownFormats}`);
  if (bytes.length === 0) return new FormatFault('is empty', 'save it again');
  try {
    return read(bytes, file, new Set(kept));
  } catch (error) {
    if (error instanceof FormatFault) return error;
    throw error;
  }
}

/** A file among those of a run, and what is wrong with it. */
export interface FileFault {
  readonly file: string;
  readonly fault: FormatFault;
}

/** The content of the files of one run: of one file, or of the event files that a run has left. */
export function readFiles(
  files: readonly string[],
  read: (file: string) => Uint8Array,
  kept: readonly string[],
): Content | FileFault {
  const contents: Content[] = [];
  for (const file of files) {
    try {
      contents.push(contentOf(file, read(file), kept));
    } catch (error) {
      if (error instanceof FormatFault) return { file, fault: error };
      throw error;
    }
  }
  const [first] = contents;
  if (first !== undefined && contents.length === 1) return first;
  return joinEvents(contents);
}
