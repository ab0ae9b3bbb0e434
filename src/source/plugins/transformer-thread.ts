/** The thread's side of transformers that work asynchronously: one after the other, each with a processor of its own. */
import { workerData } from 'node:worker_threads';
import { type Plugin, unified } from 'unified';
import type { Node } from 'unist';
import { VFile } from 'vfile';
import { keepRunning } from '../../shared/loaded-plugins.js';
import { faultOfTree } from './check-tree.js';
import { failureOf } from './failure.js';
import type { SentMessage, ThreadData, Transformation, Transformed } from './transformation.js';

keepRunning();

const { port, answered } = workerData as ThreadData;
port.on('message', (task: Transformation) => {
  void transformed(task).then(answer);
});

const processors = new Map<string, ReturnType<typeof processorWith>>();

function processorWith(plugin: Plugin<unknown[]>, options: readonly unknown[]) {
  return unified()
    .use(plugin, ...options)
    .freeze();
}

async function transformed({ url, options, tree, path, value }: Transformation): Promise<Transformed> {
  const file = new VFile({ ...(path !== undefined && { path }), ...(value !== undefined && { value }) });
  // What fails in a timer or a promise while it is waited for is its failure.
  let failsOutside: (error: unknown) => void = () => undefined;
  const outside = new Promise<never>((_resolve, reject) => {
    failsOutside = reject;
  });
  process.on('uncaughtException', failsOutside);
  try {
    const result = await Promise.race([processed({ url, options, tree }, file), outside]);
    return { messages: messagesOf(file), result };
  } catch (error) {
    return { messages: messagesOf(file), result: { failure: failureOf(error) } };
  } finally {
    process.off('uncaughtException', failsOutside);
  }
}

async function processed(
  { url, options, tree }: Pick<Transformation, 'url' | 'options' | 'tree'>,
  file: VFile,
): Promise<Transformed['result']> {
  const key = JSON.stringify([url, options]);
  const module = (await import(url)) as { readonly default: Plugin<unknown[]> };
  const processor = processors.get(key) ?? processorWith(module.default, options);
  processors.set(key, processor);
  const made = await processor.run(tree as Node, file);
  const fault = faultOfTree(made);
  return fault === undefined
    ? { tree: made }
    : { failure: { message: `it leaves a tree that cannot be used: ${fault}`, position: undefined } };
}

function messagesOf({ messages }: VFile): SentMessage[] {
  return messages.map(({ reason, place, source, ruleId, fatal }) => ({ reason, place, source, ruleId, fatal }));
}

function answer(given: Transformed): void {
  try {
    port.postMessage(given);
  } catch (error) {
    // It has put a function into the tree.
    port.postMessage({ messages: given.messages, result: { failure: failureOf(error) } } satisfies Transformed);
  }
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}
