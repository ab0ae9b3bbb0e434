/** Files that code of the report's own is given: text as it is on every system, whatever line ends Git wrote on this one. */
import { decodeText } from '../shared/decode.js';

const text = /\.(?:py|r|jl|[cm]?[jt]s|m|c|h|cpp|rs|go|sh|txt|md|toml|lock|json|jsonl|ya?ml|cfg|ini|csv|tsv|bib)$/i;

/** For the key: `isText` where it is one, by its name. */
export function textMark(file: string): { readonly isText?: true } {
  return text.test(file) ? { isText: true } : {};
}

/** The bytes that are in the key, and so those that the code gets. */
export function givenBytes(file: string, bytes: Uint8Array): Uint8Array {
  if (!text.test(file)) return bytes;
  const decoded = decodeText(file, bytes);
  return 'text' in decoded ? new TextEncoder().encode(decoded.text) : bytes;
}
