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
import { openRemote } from '../store/remote/open-remote.js';
import type { SharedPlace } from '../store/remote/places.js';
import { sharedStore } from '../store/remote/shared-store.js';
import type { Store } from '../store/store.js';
import { isResult } from './is-result.js';

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
  /** What others share, behind that folder. */
  readonly shared?: SharedPlace;
  /** Whether nobody is asked for it. */
  readonly offline?: boolean;
  /** Whether what waits to be sent there is sent in the end; so it is unless said. */
  readonly sends?: boolean;
  /** Told of what is wrong with that folder. */
  readonly warn: (message: string) => void;
}

/** The real world, with results kept in a folder. */
export function realWorld({
  store: folder,
  shared,
  offline = false,
  sends = true,
  warn,
  ...request
}: WorldRequest): World {
  const { jobs, signal, limits, allowed } = request;
  // Every step and every figure under way listens to it.
  setMaxListeners(0, signal);
  const engine = enginePool('wasm', jobs, signal);
  const drawings = drawingPool(jobs, signal, limits);
  const devices = new Devices(engine, jobs, signal);
  const local = directoryStore(folder, warn, allowed);
  const behind =
    shared &&
    sharedStore({
      ...{ local, folder, isResult, warn, signal },
      ...{ remoteName: shared.name, remote: offline ? undefined : openRemote(shared) },
    });
  return {
    ...request,
    engine,
    devices,
    draw: drawings.draw,
    close: async () => {
      const finished = sends ? behind?.finish(request.log) : undefined;
      await Promise.all([finished, engine.close(), drawings.close(), devices.close()]);
    },
    store: behind ?? local,
    clock: () => performance.now() / 1000,
    now: () => new Date(),
    memory: Math.max(totalmem() / 2, freemem() / 2),
  };
}
