/** Data arrives as classic scripts, the only thing that a page opened from disk may load; each gives itself a name. */

/** What each address has given, by its name; under `colophon dev` a figure gets other data from another address. */
const loading = new Map<string, Promise<ReadonlyMap<string, unknown>>>();

declare global {
  /** One for the whole page: its scripts are bundled apart, and any of them may be the first to ask for data. */
  var colophon: { readonly given: Map<string, unknown>; give(name: string, value: unknown): void } | undefined;
}

/** What has been given; from now on the scripts that carry data can hand it over. */
function receive(): Map<string, unknown> {
  if (globalThis.colophon === undefined) {
    const given = new Map<string, unknown>();
    globalThis.colophon = {
      given,
      give(name, value) {
        given.set(name, value);
      },
    };
  }
  return globalThis.colophon.given;
}

/** What the script at `address` gives under `name`; it is loaded once. Rejects when it cannot be. */
export async function load(name: string, address: string): Promise<unknown> {
  const all = receive();
  const pending = loading.get(address) ?? loadScript(address).then(() => new Map(all));
  loading.set(address, pending);
  const given = await pending;
  if (!given.has(name)) throw new Error(`${address} did not give ${name}`);
  return given.get(name);
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
