/**
 * What builds leave each other besides results: bytes under a name, sealed with their digest. Anything of it may be gone at
 * any time, and what is damaged is as if it were not there.
 */
import { join } from 'node:path';
import { sha256 } from '../hash.js';
import { bytesOf, namesIn } from './layout.js';
import { writeWhole } from './write-whole.js';

const digestLength = 64;

/** Names are hashed, so that no name can lead out of the folder. */
function notePath(root: string, name: string): string {
  const hash = sha256(name);
  return join(root, 'notes', hash.slice(0, 2), hash.slice(2));
}

/** The bytes under a name, if they are as they were written. */
export function readNote(root: string, name: string): Uint8Array | undefined {
  const sealed = bytesOf(notePath(root, name));
  if (sealed === undefined) return undefined;
  const content = sealed.subarray(digestLength);
  const digest = new TextDecoder().decode(sealed.subarray(0, digestLength));
  return digest === sha256(content) ? content : undefined;
}

/** Throws the file system's error. */
export function writeNote(root: string, name: string, content: Uint8Array): void {
  const sealed = new Uint8Array(digestLength + content.length);
  sealed.set(new TextEncoder().encode(sha256(content)));
  sealed.set(content, digestLength);
  writeWhole(root, notePath(root, name), sealed, { wait: false });
}

/** The places of all notes. */
export function noteFiles(root: string): string[] {
  const notes = join(root, 'notes');
  return namesIn(notes).flatMap((start) => namesIn(join(notes, start)).map((rest) => join(notes, start, rest)));
}
