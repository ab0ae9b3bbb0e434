/** In place of node:crypto in what pages compute: they have a SHA-256 of their own only over HTTPS. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** As `hash` of node:crypto, for SHA-256 alone. */
export function hash(algorithm: string, content: Uint8Array | string): string {
  if (algorithm !== 'sha256') throw new Error(`a page has no ${algorithm}`);
  return bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content));
}
