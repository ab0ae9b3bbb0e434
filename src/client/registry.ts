/** Makes the place of a page's data; part of the page's own script alone. */
import { page, place } from './data-scripts.js';

const provided = new Map<string, unknown>();
/** What each address has provided, by its name; under `colophon dev` a figure gets other data from another address. */
const loading = new Map<string, Promise<ReadonlyMap<string, unknown>>>();

page[place] = {
  provided,
  provide(name, value) {
    provided.set(name, value);
  },
  async load(name, address) {
    const pending = loading.get(address) ?? loadScript(address).then(() => new Map(provided));
    loading.set(address, pending);
    const found = await pending;
    if (!found.has(name)) throw new Error(`${address} did not provide ${name}`);
    return found.get(name);
  },
};

/** Runs a classic script of the site. */
function loadScript(address: string): Promise<void> {
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
