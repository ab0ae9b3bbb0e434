/** The thread's side of the pool: takes one operation at a time and answers with its result. */
import type { Checkpoint, Engine, Svd, Training, TrainingResult, Watch } from '../engine.js';
import { openEngine } from '../open-engine.js';
import { collectGarbage } from './collect-garbage.js';
import { messageOf } from '../../shared/message-of.js';
import type { Operation, Task, TrainingNews } from './task.js';
import type { Trained } from './together.js';
import { Piscina } from 'piscina';

/** Numbers given to an operation from which on its memory is given back at once rather than when the thread gets to it. */
const many = 2 ** 22;

/** Runs one operation. Abortion needs nothing here: the pool ends the thread. */
export default async function perform({ engine: name, operation }: Task): Promise<unknown> {
  const result = await run(openEngine(name), operation);
  // An idle thread collects nothing, and an instance of the kernels can be a large part of the machine's memory.
  if (numbersOf(operation) > many) collectGarbage();
  return result;
}

function numbersOf(operation: Operation): number {
  switch (operation.kind) {
    case 'train':
      return operation.training.initial.length;
    case 'train-together':
      return 0;
    case 'predict':
    case 'jacobian':
    case 'gram':
    case 'curvature':
      return operation.parameters.length;
    case 'jacobian-product':
      return operation.parameters.length + operation.matrix.length;
    case 'product':
      return operation.a.length + operation.b.length;
    case 'svd':
      return operation.matrix.length;
  }
}

async function run(engine: Engine, operation: Operation): Promise<unknown> {
  switch (operation.kind) {
    case 'train': {
      const { training, watch } = operation;
      const say = (news: TrainingNews, handed: ArrayBuffer[] = []): void => {
        watch.postMessage(news, handed);
      };
      const asked: Watch = {
        progress: (steps) => {
          say(steps);
        },
        signal: new AbortController().signal,
        ...(operation.checkpoints && {
          // Handed over rather than copied: networks of millions of parameters are in memory once.
          checkpoint: (checkpoint: Checkpoint, rest: Uint8Array): void => {
            say({ checkpoint, rest }, [checkpoint.parameters.buffer, rest.buffer] as ArrayBuffer[]);
          },
        }),
      };
      try {
        const result = await engine.train(training, asked);
        return operation.checkpoints ? { ...result, checkpoints: [] } : moved(result);
      } finally {
        say('end');
        watch.close();
      }
    }
    case 'train-together':
      return trainEach(engine, operation.trainings);
    case 'predict':
    case 'jacobian':
    case 'gram':
      return moved(await engine[operation.kind](operation.network, operation.parameters, operation.inputs));
    case 'jacobian-product': {
      if (engine.jacobianProduct === undefined) throw new Error(`${engine.profile} has no product of gradients`);
      const { network, parameters, inputs, matrix, columns } = operation;
      return moved(await engine.jacobianProduct(network, parameters, inputs, matrix, columns));
    }
    case 'curvature': {
      if (engine.curvature === undefined) throw new Error(`${engine.profile} has no curvature`);
      const { network, parameters, samples, moving, eigenvalues } = operation;
      return engine.curvature(network, parameters, samples, moving, eigenvalues);
    }
    case 'product': {
      const { a, b, rows, inner, columns } = operation;
      return moved(await engine.product(a, b, rows, inner, columns));
    }
    case 'svd':
      return moved(await engine.svd(operation.matrix, operation.rows, operation.columns));
  }
}

/** Each as it would be alone, one after the other. */
async function trainEach(engine: Engine, trainings: readonly Training[]): Promise<Trained[]> {
  const watch: Watch = { progress: () => undefined, signal: new AbortController().signal };
  const trained: Trained[] = [];
  for (const training of trainings) {
    const started = performance.now();
    try {
      const result = inOneBuffer(await engine.train(training, watch));
      trained.push({ result, seconds: (performance.now() - started) / 1000 });
    } catch (error) {
      trained.push({ refused: messageOf(error) });
    }
  }
  return trained;
}

/** The parameters of all checkpoints behind each other: one piece of memory is copied faster than many. */
function inOneBuffer(result: TrainingResult): TrainingResult {
  const [first] = result.checkpoints;
  if (first === undefined) return result;
  const size = first.parameters.length;
  const length = size * result.checkpoints.length;
  const all = first.parameters instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  const checkpoints = result.checkpoints.map((checkpoint, index) => {
    all.set(checkpoint.parameters, index * size);
    return { ...checkpoint, parameters: all.subarray(index * size, (index + 1) * size) };
  });
  return { ...result, checkpoints };
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
