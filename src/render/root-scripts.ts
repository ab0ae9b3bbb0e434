/** How the page for wrong addresses finds the site, which may stand below any path. */
import type { Located } from './contents.js';

/** A host shows it at any address that is not there. */
export const missingAddress = '404.html';

/** How deep an address may be that is not there; each level costs the page for wrong addresses a request. */
const deepest = 8;

/** Where a page that does not know its own address looks for the script that tells it where the site is. */
export function rootScriptsOf({ address }: Located, script: string | undefined): string[] {
  if (script === undefined || address !== missingAddress) return [];
  return Array.from({ length: deepest + 1 }, (_, level) => '../'.repeat(level) + script);
}
