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

export function writeMoment(id: string, values: ReadonlyMap<string, string>): string {
  return `#${id}${Array.from(values, ([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('')}`;
}
