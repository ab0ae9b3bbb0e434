/** The thread's side of the pool: takes one operation at a time and answers with its result. */
import type { Checkpoint, Svd, TrainingResult, Watch } from '../engine.js';
import { openEngine } from '../open-engine.js';
import type { Task, TrainingNews } from './task.js';
import { Piscina } from 'piscina';

/** Runs one operation. Abortion needs nothing here: the pool ends the thread. */
export default async function perform({ engine: name, operation }: Task): Promise<unknown> {
  const engine = openEngine(name);
  switch (operation.kind) {
    case 'train': {
      const { training, watch } = operation;
      const say = (news: TrainingNews): void => {
        watch.postMessage(news);
      };
      const asked: Watch = {
        progress: say,
        signal: new AbortController().signal,
        ...(operation.checkpoints && {
          checkpoint: (checkpoint: Checkpoint, rest: Uint8Array): void => {
            say({ checkpoint, rest });
          },
        }),
      };
      try {
        return moved(await engine.train(training, asked));
      } finally {
        say('end');
        watch.close();
      }
    }
    case 'predict':
    case 'jacobian':
    case 'gram':
      return moved(await engine[operation.kind](operation.network, operation.parameters, operation.inputs));
    case 'product': {
      const { a, b, rows, inner, columns } = operation;
      return moved(await engine.product(a, b, rows, inner, columns));
    }
    case 'svd':
      return moved(await engine.svd(operation.matrix, operation.rows, operation.columns));
  }
}

type Numbers = Float32Array | Float64Array;

/** A result whose arrays are handed over rather than copied. */
function moved(result: Numbers | Svd | TrainingResult): unknown {
  const arrays: readonly Numbers[] =
    'checkpoints' in result
      ? result.checkpoints.map(({ parameters }) => parameters)
      : 'u' in result
        ? [result.u, result.s, result.v]
        : [result];
  const buffers = [...new Set(arrays.map(({ buffer }) => buffer))];
  const handed = {
    get [Piscina.valueSymbol]() {
      return result;
    },
    get [Piscina.transferableSymbol]() {
      return buffers;
    },
  };
  // Piscina types its symbols as plain ones.
  return Piscina.move(handed as unknown as Parameters<typeof Piscina.move>[0]);
}
