/** The bytes of a report's file as text. */
import type { Place, Problem } from './problem.js';

/**
 * Decodes UTF-8, without a byte order mark and with every line ending as LF, so that a file means the same however
 * it was saved. Bytes that are not UTF-8 are a problem with their line and byte offset.
 */
export function decodeText(
  file: string,
  bytes: Uint8Array,
): { text: string } | { problem: Problem & { readonly place: Place } } {
  const wrong = (offset: number, what: string): { problem: Problem & { readonly place: Place } } => {
    const before = bytes.subarray(0, offset);
    const line = before.reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 1);
    const column = offset - before.lastIndexOf(0x0a);
    return {
      problem: {
        place: { file, line, column },
        rule: 'invalid-encoding',
        message: `${what} (byte ${offset})`,
        hint: 'save the file as UTF-8',
      },
    };
  };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return wrong(0, 'the file is UTF-16, not UTF-8');
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) return wrong(nul, 'the file holds a NUL byte');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text };
  } catch {
    return wrong(firstInvalidByte(bytes), 'the file is not valid UTF-8');
  }
}

/** Bisects for the longest valid prefix; a prefix that only ends inside a character counts as valid. */
function firstInvalidByte(bytes: Uint8Array): number {
  const valid = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valid(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
