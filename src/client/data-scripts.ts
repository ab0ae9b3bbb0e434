/**
 * Data arrives as classic scripts, the only thing that a page opened from disk may load. One place for the whole page holds
 * it, which the page's own script makes before any other runs: they are bundled apart, and use this one copy.
 */
import { registryName } from '../shared/data-script.js';

export interface Registry {
  readonly provided: Map<string, unknown>;
  provide(name: string, value: unknown): void;
  load(name: string, address: string): Promise<unknown>;
}

/** As the scripts that carry data know it. */
export const page = globalThis as unknown as Record<symbol, Registry>;
export const place = Symbol.for(registryName);

function registry(): Registry {
  const known = page[place];
  if (known === undefined) throw new Error('the script of the page has not run');
  return known;
}

/** Hands a value to whoever loads this script. */
export function provide(name: string, value: unknown): void {
  registry().provide(name, value);
}

/** What another script provided before this one was loaded. */
export function provided(name: string): unknown {
  return registry().provided.get(name);
}

export type ScriptName =
  | ('figures' | 'pointing' | 'fields' | 'drag')
  | ('lab' | 'labEngine' | 'labKernels' | 'labExports' | 'labWords' | 'labStyle')
  | ('verify' | 'verifyEngine');

/** Where the page says that a script lies which not every reader loads. */
export function scriptAddress(name: ScriptName): string {
  return document.querySelector<HTMLElement>('script[data-figures]')?.dataset[name] ?? '';
}

/** Has the page say it from now on. */
export function tellAddress(name: ScriptName, address: string): void {
  const script = document.querySelector<HTMLElement>('script[data-figures]');
  if (script !== null) script.dataset[name] ??= address;
}

/** What the script at `address` provides under `name`; it is loaded once. Rejects when it cannot be. */
export function load(name: string, address: string): Promise<unknown> {
  return registry().load(name, address);
}
