/** Engines by the names of the devices that a person asks for. */
import { type DeviceName, deviceNumber } from '../shared/device-names.js';
import { enginePool } from './pool/index.js';
import type { Engine } from './engine.js';

export interface OpenEngine {
  readonly engine: Engine;
  /** Whether it computes on a GPU, not through a software driver. */
  readonly hardware: boolean;
  /** What it lacks, for a person. */
  readonly note?: string;
  readonly close: () => Promise<void>;
}

export type Opened = OpenEngine | { readonly missing: string };

/** What is asked for without a plan to decide by. */
type Openable = Exclude<DeviceName, 'auto'>;
type Named = Exclude<Openable, `webgpu:${number}`>;

const nothingToClose = (): Promise<void> => Promise.resolve();

/** Opens engines in Node, each once, and loads of them what is opened. `processor` computes what a device cannot. */
export class Devices {
  readonly #processor: Engine;
  readonly #workers: number;
  readonly #signal: AbortSignal;
  readonly #opened = new Map<string, Promise<Opened>>();

  constructor(processor: Engine, workers: number, signal: AbortSignal) {
    this.#processor = processor;
    this.#workers = workers;
    this.#signal = signal;
  }

  /** The engine of that name, or why there is none, in words. */
  open(name: Openable): Promise<Opened> {
    const known = this.#opened.get(name);
    if (known !== undefined) return known;
    const opening = isNumbered(name) ? openWebgpu(this.#processor, deviceNumber(name)) : this.#openers[name]();
    this.#opened.set(name, opening);
    return opening;
  }

  /** How each is opened. */
  readonly #openers: Readonly<Record<Named, () => Promise<Opened>>> = {
    cpu: () => Promise.resolve({ engine: this.#processor, hardware: false, close: nothingToClose }),
    wasm: () => this.open('cpu'),
    reference: () => {
      const engine = enginePool('reference', this.#workers, this.#signal);
      return Promise.resolve({ engine, hardware: false, close: () => engine.close() });
    },
    webgpu: () => openWebgpu(this.#processor),
    tfjs: async () => {
      const { openTfjs } = await import('./tfjs/open.js');
      const found = await openTfjs(this.#processor);
      if (found === undefined) return { missing: 'the optional packages of TensorFlow.js are not installed' };
      const { engine, missing } = found;
      if (missing.length === 0) return { engine, hardware: true, close: nothingToClose };
      return { engine, hardware: false, note: `no CUDA: without ${missing.join(', ')}`, close: nothingToClose };
    },
    gpu: async () => {
      const found = await this.open('webgpu');
      if (!('missing' in found) && found.hardware) return found;
      const why =
        'missing' in found ? found.missing : `${found.engine.device} is no GPU but a software driver on the CPU`;
      const cuda = await this.open('tfjs');
      if (!('missing' in cuda) && cuda.hardware) return cuda;
      const lacking = 'missing' in cuda ? cuda.missing : (cuda.note ?? '');
      return { missing: `${why}; ${lacking}` };
    },
  };

  async close(): Promise<void> {
    const ending = [...this.#opened.values()];
    // One that is asked for again is opened again.
    this.#opened.clear();
    for (const opening of ending) {
      const opened = await opening;
      if ('engine' in opened) await opened.close();
    }
  }
}

function isNumbered(name: Openable): name is `webgpu:${number}` {
  return deviceNumber(name) !== undefined;
}

/** Loads of WebGPU only what is opened. */
async function openWebgpu(processor: Engine, number?: number): Promise<Opened> {
  return (await import('./webgpu/open-webgpu.js')).openWebgpu(processor, number);
}
