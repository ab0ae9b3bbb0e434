/**
 * What builds leave each other besides results: bytes under a name, sealed by this machine. Anything of it may be gone at
 * any time, and what is damaged, or comes from another machine, is as if it were not there.
 */
import { join } from 'node:path';
import { sha256 } from '../shared/hash.js';
import { machineKey } from '../shared/machine-key.js';
import { bytesOf, namesIn } from './layout.js';
import { writeWhole } from './write-whole.js';

const sealLength = 64;
const use = 'note';

/** Names are hashed, so that no name can lead out of the folder. */
function notePath(root: string, name: string): string {
  const hash = sha256(name);
  return join(root, 'notes', hash.slice(0, 2), hash.slice(2));
}

/** The bytes under a name, if they are as this machine wrote them. */
export function readNote(root: string, name: string): Uint8Array | undefined {
  const sealed = bytesOf(notePath(root, name));
  if (sealed === undefined) return undefined;
  const content = sealed.subarray(sealLength);
  const seal = sealed.toString('latin1', 0, sealLength);
  return machineKey().isSealed(`${use} ${sha256(name)}`, content, seal) ? content : undefined;
}

/** Throws the file system's error. */
export function writeNote(root: string, name: string, content: Uint8Array): void {
  const sealed = new Uint8Array(sealLength + content.length);
  sealed.set(Buffer.from(machineKey().seal(`${use} ${sha256(name)}`, content)));
  sealed.set(content, sealLength);
  writeWhole(root, notePath(root, name), sealed, { wait: false });
}

/** The places of all notes. */
export function noteFiles(root: string): string[] {
  const notes = join(root, 'notes');
  return namesIn(notes).flatMap((start) => namesIn(join(notes, start)).map((rest) => join(notes, start, rest)));
}
