/** What the pipeline uses of the world. */
import { setMaxListeners } from 'node:events';
import { freemem, totalmem } from 'node:os';
import type { Allowed } from '../shared/allowed.js';
import type { Edition } from '../shared/edition.js';
import type { DeviceName } from '../shared/device-names.js';
import { Devices } from '../engine/devices.js';
import type { Engine } from '../engine/engine.js';
import { enginePool } from '../engine/pool/index.js';
import type { Draw } from '../figures/drawing.js';
import { drawingPool } from '../figures/drawing-pool.js';
import type { Limits } from '../shared/limits.js';
import type { RunEvent } from '../run/run-plan.js';
import { directoryStore } from '../store/directory-store.js';
import type { Store } from '../store/store.js';

export interface World {
  /** The CPU's. */
  readonly engine: Engine;
  readonly devices: Pick<Devices, 'open'>;
  /** Where the person wants steps to run. */
  readonly device: DeviceName;
  /** Tells the person a line: which device was chosen. */
  readonly log: (line: string) => void;
  readonly store: Store;
  readonly report: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** Seconds, from any start. */
  readonly clock: () => number;
  readonly now: () => Date;
  /** Bytes of memory that one step may need. */
  readonly memory: number;
  /** How many steps may run at a time, and how many figures be drawn. */
  readonly jobs: number;
  /** What the person allows the report. */
  readonly allowed: Allowed;
  /** For whom the report is read; for its readers where it is not said. */
  readonly edition?: Edition;
  readonly draw: Draw;
  readonly limits: Limits;
  /** Ends the threads; others start when they are needed again. */
  readonly close: () => Promise<void>;
}

/** What a command line says of the world. */
export interface WorldRequest
  extends Pick<World, 'device' | 'log' | 'report' | 'signal' | 'jobs' | 'allowed' | 'edition' | 'limits'> {
  /** The folder of results. */
  readonly store: string;
  /** Told of what is wrong with that folder. */
  readonly warn: (message: string) => void;
}

/** The real world, with results kept in a folder. */
export function realWorld({ store, warn, ...request }: WorldRequest): World {
  const { jobs, signal, limits, allowed } = request;
  // Every step and every figure under way listens to it.
  setMaxListeners(0, signal);
  const engine = enginePool('wasm', jobs, signal);
  const drawings = drawingPool(jobs, signal, limits);
  const devices = new Devices(engine, jobs, signal);
  return {
    ...request,
    engine,
    devices,
    draw: drawings.draw,
    close: async () => {
      await Promise.all([engine.close(), drawings.close(), devices.close()]);
    },
    store: directoryStore(store, warn, allowed),
    clock: () => performance.now() / 1000,
    now: () => new Date(),
    memory: Math.max(totalmem() / 2, freemem() / 2),
  };
}
