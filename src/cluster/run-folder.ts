/** The files of one run on a cluster: its plan, scripts, the keys of each job, logs, and how jobs ended. They lie in the store's folder. */
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { makeFolder } from '../shared/make-folder.js';
import { endFile, keysFile, logFile } from './script.js';

const about = z.object({ name: z.string().regex(/^colophon-[0-9a-f]{8}$/), on: z.string() });

export interface RunFolder extends z.output<typeof about> {
  /** Its path. */
  readonly folder: string;
}

const runsOf = (store: string): string => join(resolve(store), 'cluster');

/** A new one. Throws the file system's error. */
export function makeRunFolder(store: string, on: string): RunFolder {
  const name = `colophon-${randomBytes(4).toString('hex')}`;
  const folder = join(runsOf(store), name);
  for (const inner of ['tasks', 'logs', 'ends']) makeFolder(join(folder, inner));
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ name, on }));
  return { folder, name, on };
}

/** Those that are there, the oldest first. */
export function runFolders(store: string): RunFolder[] {
  const names = attempt(() => readdirSync(runsOf(store))) ?? [];
  const found = names.flatMap((name) => {
    const folder = join(runsOf(store), name);
    const read = about.safeParse(attempt((): unknown => JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))));
    const made = attempt(() => statSync(join(folder, 'run.json')).mtimeMs) ?? 0;
    return read.success && read.data.name === name ? [{ ...read.data, folder, made }] : [];
  });
  return found.sort((a, b) => a.made - b.made).map(({ name, on, folder }) => ({ name, on, folder }));
}

/** Whether it was made so long ago that whoever made it has submitted its jobs, or is no more. */
export function isOld({ folder }: RunFolder): boolean {
  const hour = 3_600_000;
  return Date.now() - (attempt(() => statSync(join(folder, 'run.json')).mtimeMs) ?? 0) > hour;
}

export function removeRun({ folder }: RunFolder): void {
  attempt(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}

/** Writes what a job computes. */
export function writeTask({ folder }: RunFolder, task: string, keys: readonly string[]): void {
  writeFileSync(keysFile(folder, task), `${keys.join('\n')}\n`);
}

/** What a job computes, and how it ended; the code is undefined while that is not known. */
export function taskOf(
  { folder }: RunFolder,
  task: string,
): { readonly keys: readonly string[]; readonly code: number | undefined } {
  const keys = (attempt(() => readFileSync(keysFile(folder, task), 'utf8')) ?? '')
    .split('\n')
    .filter((key) => key !== '');
  const end = attempt(() => readFileSync(endFile(folder, task), 'utf8').trim()) ?? '';
  return { keys, code: /^\d+$/.test(end) ? Number(end) : undefined };
}

/** All of them, as "group-task". */
export function tasksOf({ folder }: RunFolder): string[] {
  return attempt(() => readdirSync(join(folder, 'tasks'))) ?? [];
}

/** Lines that say the most, and bytes in which they are looked for. */
const tail = { lines: 12, bytes: 8192 };

/** The end of a job's log, without the lines of steps that went well. */
export function endOfLog({ folder }: RunFolder, task: string): string[] {
  const text = attempt(() => {
    const file = openSync(logFile(folder, task), 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, tail.bytes));
      readSync(file, bytes, 0, bytes.length, Math.max(0, size - bytes.length));
      return bytes.toString('utf8');
    } finally {
      closeSync(file);
    }
  });
  const lines = (text ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\[ *\d+\/\d+\] .* ran[, ]/.test(line));
  return lines.slice(-tail.lines);
}

/** Notes the name that a scheduler without a memory of its own gave a job. */
export function noteJob({ folder }: RunFolder, group: string, task: number, id: string): void {
  attempt(() => {
    appendFileSync(join(folder, 'jobs'), `${JSON.stringify([group, task, id])}\n`);
  });
}

const noted = z.tuple([z.string(), z.int(), z.string()]);

export function notedJobs({
  folder,
}: RunFolder): { readonly group: string; readonly task: number; readonly id: string }[] {
  const lines = (attempt(() => readFileSync(join(folder, 'jobs'), 'utf8')) ?? '').split('\n');
  return lines.flatMap((line) => {
    const read = noted.safeParse(attempt((): unknown => JSON.parse(line)));
    return read.success ? [{ group: read.data[0], task: read.data[1], id: read.data[2] }] : [];
  });
}

function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
