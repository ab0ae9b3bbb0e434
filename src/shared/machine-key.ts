/**
 * A secret that only this user of this machine has, in a folder that no report can write to. What is sealed with it was
 * written here; a digest says only that bytes are as they were, whoever wrote them.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from './message-of.js';
import { once } from './lazy.js';
import { makeFolder } from './make-folder.js';
import { stateFolder } from './state-folder.js';

export interface MachineKey {
  /** 64 characters that only this machine can make of these bytes, for one use. */
  readonly seal: (use: string, content: Uint8Array | string) => string;
  readonly isSealed: (use: string, content: Uint8Array | string, seal: string) => boolean;
  /** Why it will be another one in the next process; absent when it is kept. */
  readonly unkept?: string;
}

/** This user's; made when there is none yet. Never throws. */
export const machineKey = once((): MachineKey => {
  const file = join(stateFolder(process.env), 'key');
  try {
    return keyed(readKey(file) ?? makeKey(file));
  } catch (error) {
    const why = messageOf(error);
    return { ...keyed(randomBytes(keyBytes)), unkept: why };
  }
});

const keyBytes = 32;

function keyed(key: Uint8Array): MachineKey {
  const seal = (use: string, content: Uint8Array | string): string =>
    createHmac('sha256', key).update(`${use}\0`).update(content).digest('hex');
  return {
    seal,
    isSealed: (use, content, written) => {
      const [own, theirs] = [Buffer.from(seal(use, content)), Buffer.from(written)];
      return own.length === theirs.length && timingSafeEqual(own, theirs);
    },
  };
}

/** Undefined when there is none. Throws when it is not fit to be used. */
function readKey(file: string): Uint8Array | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { uid, mode } = fstatSync(handle);
    if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o077) !== 0))
      throw new Error(`${file} must be this user's alone; remove it, and another is made`);
    const text = readFileSync(handle, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} is damaged; remove it, and another is made`);
    return Buffer.from(text, 'hex');
  } finally {
    closeSync(handle);
  }
}

/** Under its name only when it is whole; of two processes that make one, both take the first. */
function makeKey(file: string): Uint8Array {
  makeFolder(dirname(file), 0o700);
  const beside = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const handle = openSync(beside, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(keyBytes).toString('hex')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(beside, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(beside);
  }
  const made = readKey(file);
  if (made === undefined) throw new Error(`${file} is gone again`);
  return made;
}
