/** The thread's side of the pool: takes one operation at a time and answers with its result. */
import { openEngine } from '../open-engine.js';
import type { Task } from './task.js';

/** Runs one operation. Abortion needs nothing here: the pool ends the thread. */
export default async function perform({ engine: name, operation }: Task): Promise<unknown> {
  const engine = openEngine(name);
  switch (operation.kind) {
    case 'train': {
      const { training, watch } = operation;
      const progress = (steps: number): void => {
        watch.postMessage(steps);
      };
      try {
        return await engine.train(training, { progress, signal: new AbortController().signal });
      } finally {
        watch.close();
      }
    }
    case 'predict':
    case 'jacobian':
    case 'gram':
      return engine[operation.kind](operation.network, operation.parameters, operation.inputs);
    case 'product': {
      const { a, b, rows, inner, columns } = operation;
      return engine.product(a, b, rows, inner, columns);
    }
    case 'svd':
      return engine.svd(operation.matrix, operation.rows, operation.columns);
  }
}
