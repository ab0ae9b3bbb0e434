/** A plugin whose failures say that they are its. */
import type { Plugin, Processor, Transformer } from 'unified';
import type { Point, Position } from 'unist';
import { VFileMessage } from 'vfile-message';
import { PluginFailure } from '../../shared/plugin.js';
import { faultOfTree } from './check-tree.js';

/** Plugins run while a page is read or rendered, which waits for nothing. */
const noWaiting =
  'it works asynchronously, and plugins of a report cannot; use one that does not, or its synchronous form';

/** `plugin` is what a module exports: a function that, attached to a processor, may give another that changes a tree. */
export function guarded(name: string, plugin: (this: Processor, ...options: unknown[]) => unknown): Plugin<unknown[]> {
  return function attach(this: Processor, ...options: unknown[]): Transformer | undefined {
    const transform = attempt(name, () => plugin.apply(this, options));
    if (typeof transform !== 'function') return undefined;
    if (transform.length > 2) throw new PluginFailure(name, noWaiting);
    return (tree, file) => {
      const said = file.messages.length;
      const made = attempt(name, () => (transform as (...of: unknown[]) => unknown)(tree, file));
      file.messages = file.messages.filter((message) => (message as unknown) instanceof VFileMessage);
      for (const message of file.messages.slice(said)) message.source ??= name;
      if (made instanceof Error) throw failureOf(name, made);
      if (isPromise(made)) {
        made.then(undefined, () => undefined);
        throw new PluginFailure(name, noWaiting);
      }
      const fault = faultOfTree(made ?? tree);
      if (fault !== undefined) throw new PluginFailure(name, `it leaves a tree that cannot be used: ${fault}`);
      return made as typeof tree | undefined;
    };
  };
}

function attempt<Made>(name: string, run: () => Made): Made {
  try {
    return run();
  } catch (error) {
    throw error instanceof PluginFailure ? error : failureOf(name, error);
  }
}

function failureOf(name: string, error: unknown): PluginFailure {
  if (!(error instanceof Error))
    return new PluginFailure(name, typeof error === 'string' ? error : 'it throws what is no error');
  // A message of vfile's has its reason without the place.
  const { reason, place } = error as { readonly reason?: unknown; readonly place?: Point | Position };
  return new PluginFailure(name, typeof reason === 'string' ? reason : error.message, positionOf(place));
}

function positionOf(place: Point | Position | undefined): Position | undefined {
  if (place === undefined) return undefined;
  return 'start' in place ? place : { start: place, end: place };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
