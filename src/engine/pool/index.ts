/** An engine whose operations run on worker threads, as many at a time as there are workers. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { inTurns } from '../../shared/turns.js';
import { compiledFile } from '../../shared/program-folder.js';
import type { Checkpoint, Curvature, Engine, Svd, Training, TrainingResult, Watch } from '../engine.js';
import { type EngineName, multipliesGradients, traits } from '../traits.js';
import type { Operation, Task, TrainingNews } from './task.js';
import { isSmall, type Trained, trainTogether } from './together.js';

export interface EnginePool extends Engine {
  /** Ends the threads; others start when they are needed again. */
  close(): Promise<void>;
}

/**
 * The engine of that name on up to `workers` threads, which start when they are first needed. A result depends on
 * neither their number nor their timing. An operation whose signal is aborted ends its thread and rejects with the
 * signal's reason; one whose thread dies rejects, and the next one gets a new thread.
 */
export function enginePool(name: EngineName, workers: number, signal: AbortSignal): EnginePool {
  let threads: Promise<Piscina<Task, unknown>> | undefined;
  // What waited in the pool's own queue would wait for ever when a thread dies.
  const inTurn = inTurns(() => workers);
  const perform = async (operation: Operation, stop: AbortSignal, ports: MessagePort[] = []): Promise<unknown> => {
    stop.throwIfAborted();
    try {
      return await inTurn(async () => {
        stop.throwIfAborted();
        threads ??= startThreads(workers);
        return (await threads).run({ engine: name, operation }, { signal: stop, transferList: ports });
      });
    } catch (error) {
      stop.throwIfAborted();
      const [, code] = /^worker exited with code: (\d+)$/.exec(error instanceof Error ? error.message : '') ?? [];
      if (code === undefined) throw error;
      throw new Error(`its thread died (exit code ${code}); build again, and if it dies again make the step smaller`, {
        cause: error,
      });
    }
  };
  const alone = async (training: Training, watch: Watch): Promise<TrainingResult> => {
    const { port1, port2 } = new MessageChannel();
    const heard: Checkpoint[] = [];
    const ended = new Promise<void>((resolve) => {
      port1.on('message', (news: TrainingNews) => {
        if (news === 'end') resolve();
        else if (typeof news === 'number') watch.progress(news);
        else {
          heard.push(news.checkpoint);
          watch.checkpoint?.(news.checkpoint, news.rest);
        }
      });
    });
    try {
      const checkpoints = watch.checkpoint !== undefined;
      const result = await perform({ kind: 'train', training, watch: port2, checkpoints }, watch.signal, [port2]);
      await ended;
      return checkpoints ? { ...(result as TrainingResult), checkpoints: heard } : (result as TrainingResult);
    } finally {
      port1.close();
    }
  };
  // Where one of them takes long a thread is better handed one at a time.
  const isFast = name === 'wasm';
  const together = trainTogether(
    workers,
    async (trainings, stop) => (await perform({ kind: 'train-together', trainings }, stop)) as readonly Trained[],
    alone,
  );
  return {
    ...traits[name],
    ...(isFast && { together: 64 * workers }),
    train: (training, watch) => (isFast && isSmall(training, watch) ? together : alone)(training, watch),
    predict: async (network, parameters, inputs) =>
      (await perform({ kind: 'predict', network, parameters, inputs }, signal)) as Float64Array,
    jacobian: async (network, parameters, inputs) =>
      (await perform({ kind: 'jacobian', network, parameters, inputs }, signal)) as Float64Array,
    ...(multipliesGradients[name] && {
      jacobianProduct: async (network, parameters, inputs, matrix, columns) => {
        const operation = { kind: 'jacobian-product', network, parameters, inputs, matrix, columns } as const;
        return (await perform(operation, signal)) as Float64Array;
      },
    }),
    curvature: async (network, parameters, samples, moving, eigenvalues) => {
      const operation = { kind: 'curvature', network, parameters, samples, moving, eigenvalues } as const;
      return (await perform(operation, signal)) as Curvature;
    },
    gram: async (network, parameters, inputs) =>
      (await perform({ kind: 'gram', network, parameters, inputs }, signal)) as Float64Array,
    product: async (a, b, rows, inner, columns) =>
      (await perform({ kind: 'product', a, b, rows, inner, columns }, signal)) as Float64Array,
    svd: async (matrix, rows, columns, stop) => {
      const either = stop === undefined ? signal : AbortSignal.any([signal, stop]);
      return (await perform({ kind: 'svd', matrix, rows, columns }, either)) as Svd;
    },
    async close() {
      const ending = threads;
      threads = undefined;
      await (await ending)?.destroy();
    },
  };
}

/** Loaded only when something is computed. */
async function startThreads(workers: number): Promise<Piscina<Task, unknown>> {
  const { Piscina } = await import('piscina');
  return new Piscina<Task, unknown>({
    filename: compiledFile('engine/pool/worker.js'),
    minThreads: 0,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
    // Figures may be drawn for a while yet, and an idle thread keeps what its last operation needed.
    idleTimeout: 1_000,
    // Numbers lie outside the heap: room for young objects would only grow with what is not collected.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
}
