/**
 * The engine of GPUs of any vendor, through WebGPU: one workgroup trains one run, so hundreds of runs cost about as much
 * as one. The same code runs in Node and in a browser: where devices come from is passed in.
 */
import { machineEpsilon } from '../../model/machine-epsilon.js';
import { profileOf } from '../../shared/profiles.js';
import type { Engine, TrainingTask } from '../engine.js';
import { Device, DeviceLost } from './device.js';
import { doubleSingle, hasDoubleSingle } from './double-single.js';
import { gram, jacobian, predict, product, svd } from './linear-algebra.js';
import { lacks } from './lacks.js';
import { trainMany } from './train-many.js';

const { float32 } = machineEpsilon;

export interface WebgpuWorld {
  /** A device to start with. */
  readonly device: Device;
  /** The device's name, for records. */
  readonly name: string;
  /** Whether it is a software driver on the CPU: its results are not taken for a GPU's. */
  readonly software: boolean;
  /** Another one when it has been lost; rejects when there is none. */
  readonly reopen: () => Promise<Device>;
  /**
   * Computes what the device cannot: products and decompositions where its compiler is too free with float32, and whatever
   * must be more accurate.
   */
  readonly processor: Engine;
}

/**
 * An engine on a device. An operation whose device is lost is done again, once, on a new one; it rejects with
 * DeviceLost when that is lost too, and with OutOfDeviceMemory when it does not fit the device.
 */
export function webgpuEngine({ device: first, name, software, reopen, processor }: WebgpuWorld): Engine {
  let current = Promise.resolve(first);
  const onDevice = async <Value>(work: (device: Device) => Promise<Value>): Promise<Value> => {
    const before = current;
    try {
      return await work(await before);
    } catch (error) {
      if (!(error instanceof DeviceLost)) throw error;
      // The first to notice opens the new device, the others wait for it.
      if (current === before) {
        // Where none can be opened the device stays lost, which the processor makes up for.
        current = reopen().catch((why: unknown) => {
          throw new DeviceLost(why instanceof Error ? why.message : String(why), { cause: why });
        });
      }
      return work(await current);
    }
  };
  const exact = new WeakMap<Device, Promise<boolean>>();
  const inDoubleSingle = <Value>(
    work: (device: Device) => Promise<Value>,
    otherwise: () => Promise<Value>,
  ): Promise<Value> =>
    onDevice(async (device) => {
      const known = exact.get(device) ?? device.withBuffers((buffers) => hasDoubleSingle(device, buffers));
      exact.set(device, known);
      return (await known) ? work(device) : otherwise();
    });
  const train = (tasks: readonly TrainingTask[]): ReturnType<typeof trainMany> => {
    const watched = tasks.map(oncePerStep);
    return onDevice((device) => trainMany(device, watched));
  };
  return {
    profile: profileOf(software ? 'webgpu-software-f32' : 'webgpu-f32'),
    device: name,
    addressable: first.mostBytes,
    // Where the device has no double-single the processor computes the last three, which is more accurate still.
    accuracy: {
      train: float32,
      predict: float32,
      jacobian: float32,
      gram: doubleSingle,
      product: doubleSingle,
      svd: doubleSingle,
    },
    lacks,
    reproducible: false,
    exact: processor,
    train: async (training, watch) => (await train([{ training, watch }]))[0]!,
    trainMany: train,
    predict: (network, parameters, inputs) => onDevice((device) => predict(device, network, parameters, inputs)),
    jacobian: (network, parameters, inputs) => onDevice((device) => jacobian(device, network, parameters, inputs)),
    gram: (network, parameters, inputs, signal) =>
      inDoubleSingle(
        (device) => gram(device, network, parameters, inputs, signal),
        () => processor.gram(network, parameters, inputs, signal),
      ),
    product: (a, b, rows, inner, columns, signal) =>
      inDoubleSingle(
        (device) => product(device, a, b, rows, inner, columns, signal),
        () => processor.product(a, b, rows, inner, columns, signal),
      ),
    svd: (matrix, rows, columns, signal) =>
      inDoubleSingle(
        (device) => svd(device, matrix, rows, columns, { signal }),
        () => processor.svd(matrix, rows, columns, signal),
      ),
  };
}

/** A training that is done again tells its checkpoints only once. */
function oncePerStep({ training, watch }: TrainingTask): TrainingTask {
  const tell = watch.checkpoint;
  if (tell === undefined) return { training, watch };
  let told = -1;
  return {
    training,
    watch: {
      progress: (steps) => {
        watch.progress(steps);
      },
      signal: watch.signal,
      checkpoint: (checkpoint, rest) => {
        if (checkpoint.step <= told) return;
        told = checkpoint.step;
        tell(checkpoint, rest);
      },
    },
  };
}
