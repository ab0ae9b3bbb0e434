/** Failures of the file system inside this process: the k-th call below a folder fails, or every call from there on. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

const names = [
  ...[
    'chmodSync',
    'closeSync',
    'copyFileSync',
    'cpSync',
    'existsSync',
    'fstatSync',
    'fsyncSync',
    'linkSync',
    'lstatSync',
    'mkdirSync',
    'openSync',
  ],
  ...[
    'readFileSync',
    'readSync',
    'readdirSync',
    'readlinkSync',
    'realpathSync',
    'renameSync',
    'rmSync',
    'rmdirSync',
    'statSync',
    'unlinkSync',
  ],
  'writeSync',
  'open',
  'fsync',
] as const;

type Call = (...args: unknown[]) => unknown;

/**
 * Runs `act` while call `at` (from 1) on files below `folder` throws an error with this code; with `forever` every later
 * one too, which leaves the disk as a process does that is killed there. Gives the number of calls, and what was thrown.
 */
export async function withFault(
  folder: string,
  { at, code, forever }: { at: number; code: string; forever: boolean },
  act: () => Promise<unknown>,
): Promise<{ calls: number; thrown: unknown }> {
  const module = fs as unknown as Record<string, Call>;
  const real = new Map(names.map((name) => [name, module[name] as Call]));
  const opened = new Set<unknown>();
  let calls = 0;
  let inside = false;
  const below = (path: unknown): boolean => typeof path === 'string' && (resolve(path) + sep).startsWith(folder + sep);
  for (const [name, call] of real) {
    module[name] = (...args) => {
      const [first] = args;
      if (inside || !(typeof first === 'number' ? opened.has(first) : below(first))) return call(...args);
      calls += 1;
      if (calls === at || (forever && calls > at)) {
        if (name === 'closeSync') {
          call(...args);
          opened.delete(first);
        }
        // It throws nothing: what cannot be looked at is not there.
        if (name === 'existsSync') return false;
        const syscall = name.replace('Sync', '');
        const error = Object.assign(new Error(`${code}: injected, ${syscall} '${String(first)}'`), { code, syscall });
        if (name !== 'open' && name !== 'fsync') throw error;
        const done = args.at(-1) as Call;
        queueMicrotask(() => done(error));
        return undefined;
      }
      if (name === 'open') {
        const done = args.at(-1) as Call;
        return call(...args.slice(0, -1), (error: unknown, file: unknown) => {
          if (error === null) opened.add(file);
          done(error, file);
        });
      }
      inside = true;
      try {
        const result = call(...args);
        if (name === 'openSync') opened.add(result);
        if (name === 'closeSync') opened.delete(first);
        return result;
      } finally {
        inside = false;
      }
    };
  }
  syncBuiltinESMExports();
  let thrown: unknown;
  try {
    await act();
  } catch (error) {
    thrown = error;
  } finally {
    for (const [name, call] of real) module[name] = call;
    syncBuiltinESMExports();
  }
  return { calls, thrown };
}
