/** Addresses inside the site: always relative, so that every page opens from file:// and under any base path. */

import { posix } from 'node:path';
import { decodeAddress } from '../shared/decode-address.js';

/** The address of one file of the site as seen from another: "../assets/style.css" from "guide/index.html". */
export function relativeAddress(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to).split('/').map(encodeURIComponent).join('/');
}

/**
 * `relativeAddress` for many pages: each pair of a folder and a target is worked out once. Pages of one folder get the very
 * same function.
 */
export function addressesFrom(): (from: string) => (to: string) => string {
  const folders = new Map<string, (to: string) => string>();
  return (from) => {
    const folder = posix.dirname(from);
    const before = folders.get(folder);
    if (before !== undefined) return before;
    const known = new Map<string, string>();
    const href = (to: string): string => {
      let address = known.get(to);
      address ??= relativeAddress(from, to);
      known.set(to, address);
      return address;
    };
    folders.set(folder, href);
    return href;
  };
}

/** The scheme of an address as a browser would see it, in lower case; undefined when it is relative. */
export function schemeOf(address: string): string | undefined {
  // Browsers skip control characters and blanks inside a scheme: "java\nscript:" is a script.

  const bare = address.replace(/[\u0000-\u0020]/g, '');
  if (bare.startsWith('//') || bare.startsWith('\\\\')) return 'network';
  return /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
}

/** Splits "guide/a.md?x#part" into its path and its fragment; a query means nothing in a folder of files. */
export function splitAddress(address: string): { path: string; fragment: string } {
  const hash = address.indexOf('#');
  const path = (hash < 0 ? address : address.slice(0, hash)).replace(/\?.*$/, '');
  return { path: decodeAddress(path), fragment: hash < 0 ? '' : decodeAddress(address.slice(hash + 1)) };
}

/**
 * The file that a relative address means, seen from a file of the report; a leading slash means the report's folder.
 * Undefined when it leads out of the report.
 */
export function resolveInReport(from: string, path: string): string | undefined {
  const joined = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), path);
  const normal = posix.normalize(joined);
  if (normal === '..' || normal.startsWith('../') || normal.startsWith('/')) return undefined;
  return normal;
}

/** The address of a file of a site that stands at `url`. */
export function absolute(url: string, address: string): string {
  return url + address.split('/').map(encodeURIComponent).join('/');
}
