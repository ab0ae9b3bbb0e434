/** A moment in the page's address: #fig-fit&step=12000&hidden=20. */
import { decodeAddress } from '../../shared/decode-address.js';

/** What the fragment says after the element's id. */
export function readMoment(hash: string): { readonly id: string; readonly values: ReadonlyMap<string, string> } {
  const [id = '', ...pairs] = hash.replace(/^#/, '').split('&');
  const values = pairs.map((pair): [string, string] => {
    const [name = '', value = ''] = pair.split('=');
    return [name, decodeAddress(value)];
  });
  return { id: decodeAddress(id), values: new Map(values) };
}

/** What an entry of the history has whose moment the page shows already, and to which nothing has to lead when a reader comes back. */
const shown = { colophonShown: true } as const;

export function isShown(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'colophonShown' in state;
}

/** Puts an address into the present entry of the history, as one that shows. */
export function keepShown({ history }: Window, hash?: string): void {
  history.replaceState(shown, '', hash);
}

export function writeMoment(id: string, values: ReadonlyMap<string, string>): string {
  return `#${id}${Array.from(values, ([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('')}`;
}
