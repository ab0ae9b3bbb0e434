/** A plugin whose failures say that they are its, and which may work asynchronously within a limit of time. */
import type { Node } from 'unist';
import type { Plugin, Processor, Transformer } from 'unified';
import type { VFile } from 'vfile';
import { VFileMessage } from 'vfile-message';
import { limitInWords, type Limits } from '../../shared/limits.js';
import { PluginFailure } from '../../shared/plugin.js';
import { faultOfTree } from './check-tree.js';
import { failureOf } from './failure.js';
import { transformAndWait } from './transform-and-wait.js';

interface Guarded {
  readonly name: string;
  /** Of its module. */
  readonly url: string;
  /** What the module exports: a function that, attached to a processor, may give another that changes a tree. */
  readonly plugin: (this: Processor, ...options: unknown[]) => unknown;
}

export function guarded({ name, url, plugin }: Guarded, limits: Limits): Plugin<unknown[]> {
  const waited = waiting({ name, url }, limits);
  let isAsynchronous = false;
  return function attach(this: Processor, ...options: unknown[]): Transformer | undefined {
    const transform = attempt(name, () => plugin.apply(this, options));
    if (typeof transform !== 'function') return undefined;
    if (transform.length > 2 || transform.constructor.name === 'AsyncFunction') isAsynchronous = true;
    return (tree, file) => {
      if (isAsynchronous) return waited(options, tree, file);
      const said = file.messages.length;
      // Of one that turns out to be asynchronous nobody knows what it does to the tree, and when.
      const before = copyOf(tree);
      const made = attempt(name, () => (transform as (...of: unknown[]) => unknown)(tree, file));
      if (isPromise(made)) {
        isAsynchronous = true;
        made.then(undefined, () => undefined);
        file.messages.length = said;
        if (before === undefined)
          throw new PluginFailure(name, 'it works asynchronously, on a tree with functions in it');
        return waited(options, before, file);
      }
      file.messages = file.messages.filter((message) => (message as unknown) instanceof VFileMessage);
      for (const message of file.messages.slice(said)) message.source ??= name;
      if (made instanceof Error) throw failed(name, made);
      const fault = faultOfTree(made ?? tree);
      if (fault !== undefined) throw new PluginFailure(name, `it leaves a tree that cannot be used: ${fault}`);
      return made as typeof tree | undefined;
    };
  };
}

/** Undefined where another plugin has put functions into it. */
function copyOf(tree: Node): Node | undefined {
  try {
    return structuredClone(tree);
  } catch {
    return undefined;
  }
}

type Waited = (options: readonly unknown[], tree: Node, file: VFile) => Node;

/** Runs its transformer to the end. One that took too long is not tried again. */
function waiting({ name, url }: Omit<Guarded, 'plugin'>, limits: Limits): Waited {
  let isLate = false;
  return (options, tree, file) => {
    const { path, value } = file;
    const given = isLate
      ? undefined
      : attempt(name, () => transformAndWait({ url, options, tree, path, value }, limits['plugin-time']));
    if (given === undefined) {
      isLate = true;
      const limit = limitInWords('plugin-time', limits);
      throw new PluginFailure(name, `it has not come to an end within ${limit}, the limit plugin-time`);
    }
    for (const { reason, place, source = name, ruleId, fatal } of given.messages) {
      const message = new VFileMessage(reason, { place, source, ruleId });
      message.fatal = fatal;
      file.messages.push(message);
    }
    const { result } = given;
    if ('failure' in result) throw new PluginFailure(name, result.failure.message, result.failure.position);
    return result.tree as Node;
  };
}

function attempt<Made>(name: string, run: () => Made): Made {
  try {
    return run();
  } catch (error) {
    throw error instanceof PluginFailure ? error : failed(name, error);
  }
}

function failed(name: string, error: unknown): PluginFailure {
  const { message, position } = failureOf(error);
  return new PluginFailure(name, message, position);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
