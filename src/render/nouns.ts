/** What pages call a directive: by its kind in the page's language; of a kind that the program does not have, its own name. */
import type { Words } from '../languages/words.js';
import type { Directive } from '../source/report.js';

export function nounOf({ kind, noun }: Pick<Directive, 'kind' | 'noun'>, kinds: Words['kinds']): string {
  return Object.entries(kinds).find(([name]) => name === kind)?.[1] ?? noun;
}
