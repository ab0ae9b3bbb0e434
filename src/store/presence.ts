/**
 * How processes on one folder know of each other: each one that is at something has a file of its own in it, whose name
 * says which process it is. A name is never used twice, so the file of a dead process can be removed by anyone.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../shared/hash.js';
import { makeFolder } from '../shared/make-folder.js';

/** A live process that is there. */
export interface Present {
  readonly path: string;
  readonly pid: number;
  /** What it wrote of itself; undefined while it is writing. */
  readonly said: unknown;
}

export interface Announcement {
  readonly path: string;
  readonly withdraw: () => void;
}

/** pid, the process's start, the machine, and a number that is drawn once. */
const named = /^(\d+)-([0-9a-z]*)-([0-9a-f]{8})-[0-9a-f]{16}$/;

/** Says that this process is there, with something about it that JSON can say. Throws the file system's error. */
export function announce(folder: string, about: unknown): Announcement {
  const path = join(folder, `${process.pid}-${bornOf(process.pid)}-${machine()}-${randomBytes(8).toString('hex')}`);
  const file = openInside(folder, path);
  try {
    writeSync(file, JSON.stringify(about));
  } finally {
    closeSync(file);
  }
  return {
    path,
    withdraw() {
      attempt(() => {
        unlinkSync(path);
      });
      // Whoever is there still keeps the folder.
      attempt(() => {
        rmdirSync(folder);
      });
    },
  };
}

/** The live processes that are there. What the dead left is removed where that is possible. */
export function whoIsThere(folder: string): Present[] {
  return (attempt(() => readdirSync(folder)) ?? []).flatMap((name): Present[] => {
    const [, pid = '', born = '', where = ''] = named.exec(name) ?? [];
    if (pid === '') return [];
    const path = join(folder, name);
    if (isInteractive(Number(pid), born, where)) {
      const said = attempt((): unknown => JSON.parse(readFileSync(path, 'utf8')));
      return [{ path, pid: Number(pid), said }];
    }
    attempt(() => {
      unlinkSync(path);
    });
    return [];
  });
}

/** Another may remove the folder between its making and the file's. */
function openInside(folder: string, path: string): number {
  for (let tries = 0; ; tries += 1) {
    makeFolder(folder);
    try {
      return openSync(path, 'wx');
    } catch (error) {
      if (tries === 20 || !(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

/** A process on another machine cannot be asked: it counts as alive. */
function isInteractive(pid: number, born: string, where: string): boolean {
  if (where !== machine()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  // The number may have gone to another process since.
  const now = bornOf(pid);
  return born === '' || now === '' || born === now;
}

/** When a process started, in ticks since this machine did, with a part of the name of that start; '' where that is not known. */
function bornOf(pid: number): string {
  return (
    attempt(() => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
      return /^\d+$/.test(ticks) ? `${boot}z${ticks}` : '';
    }) ?? ''
  );
}

function machine(): string {
  return sha256(hostname()).slice(0, 8);
}

function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
