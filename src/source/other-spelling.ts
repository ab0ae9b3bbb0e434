/** Names that some systems take for one: macOS and Windows open data.csv as Data.csv, and é in either of its two forms. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foldAddress } from '../shared/address-register.js';

/** The path of what is there, of a path that only such a system would find; undefined where no system would. */
export function otherSpelling(root: string, path: string): string | undefined {
  let found = '';
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    const names = namesIn(join(root, found));
    const there = names.includes(name) ? name : names.find((one) => isOtherSpelling(one, name));
    if (there === undefined) return undefined;
    found = found === '' ? there : `${found}/${there}`;
  }
  return found === '' || found === path ? undefined : found;
}

/** Whether two paths differ, and only so. */
export function isOtherSpelling(one: string, other: string): boolean {
  return one !== other && foldAddress(one) === foldAddress(other);
}

/** Why a path is not read that is spelled otherwise than what is there. */
export function spelledOtherwise(there: string): string {
  return `its name is "${there}", and upper and lower case and the form of accents count: write it just so`;
}

/** None of what is not there, or no folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}
