/**
 * Data arrives as classic scripts, the only thing that a page opened from disk may load. One place for the whole page holds
 * it: its scripts are bundled apart, and any of them may be the first to ask for data.
 */
import { registryName } from '../shared/data-script.js';

interface Registry {
  readonly provided: Map<string, unknown>;
  provide(name: string, value: unknown): void;
}

/** What each address has provided, by its name; under `colophon dev` a figure gets other data from another address. */
const loading = new Map<string, Promise<ReadonlyMap<string, unknown>>>();

const place = Symbol.for(registryName);

/** What has been provided; from now on the scripts that carry data can hand it over. */
function registry(): Registry {
  const page = globalThis as unknown as Record<symbol, Registry | undefined>;
  const known = page[place];
  if (known !== undefined) return known;
  const provided = new Map<string, unknown>();
  const made: Registry = {
    provided,
    provide(name, value) {
      provided.set(name, value);
    },
  };
  page[place] = made;
  return made;
}

/** Hands a value to whoever loads this script. */
export function provide(name: string, value: unknown): void {
  registry().provide(name, value);
}

/** What another script provided before this one was loaded. */
export function provided(name: string): unknown {
  return registry().provided.get(name);
}

/** What the script at `address` provides under `name`; it is loaded once. Rejects when it cannot be. */
export async function load(name: string, address: string): Promise<unknown> {
  const { provided: all } = registry();
  const pending = loading.get(address) ?? loadScript(address).then(() => new Map(all));
  loading.set(address, pending);
  const found = await pending;
  if (!found.has(name)) throw new Error(`${address} did not provide ${name}`);
  return found.get(name);
}

/** Runs a classic script of the site. */
export function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => {
      resolve();
    });
    script.addEventListener('error', () => {
      reject(new Error(`${address} could not be loaded`));
    });
    document.head.append(script);
  });
}
