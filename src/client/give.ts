/** Data arrives as classic scripts, the only thing that a page opened from disk may load; each gives itself a name. */

const given = new Map<string, unknown>();
const loading = new Map<string, Promise<void>>();

declare global {
  var colophon: { give(name: string, value: unknown): void } | undefined;
}

/** Lets the scripts that carry data hand it over. */
export function receive(): void {
  globalThis.colophon ??= {
    give(name, value) {
      given.set(name, value);
    },
  };
}

/** What the script at `address` gives under `name`; it is loaded once. Rejects when it cannot be. */
export async function load(name: string, address: string): Promise<unknown> {
  receive();
  if (!given.has(name)) {
    const pending = loading.get(address) ?? loadScript(address);
    loading.set(address, pending);
    await pending;
  }
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
