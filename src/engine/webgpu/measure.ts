/** Mean squared errors of several runs over samples of their own. */
import type { Network } from '../../model/network.js';
import type { Buffers, Device } from './device.js';
import { type Encode, openPass, unitsOf } from './forward-pass.js';
import { loadKernel, residualKernel } from './wgsl/layers.js';

/** Numbers of activations that a pass may hold: 64 MiB. */
const mostNumbers = 2 ** 24;

/** Samples of one pass over so many runs. */
export function passColumns(network: Network, runs: number, samples: number): number {
  const most = Math.max(32, Math.floor(mostNumbers / (runs * unitsOf(network))));
  return Math.min(samples, 512, most);
}

export interface Measure {
  /** Puts the sums of squared residuals of each run into `sums`. */
  readonly encode: Encode;
  readonly sums: GPUBuffer;
}

/** Measures runs with these parameters on `count` samples each; `places` says where those of each run start. */
export async function openMeasure(
  device: Device,
  buffers: Buffers,
  network: Network,
  runs: number,
  parameters: GPUBuffer,
  samples: GPUBuffer,
  places: readonly number[],
  count: number,
): Promise<Measure> {
  const columns = passColumns(network, runs, count);
  const pass = await openPass(device, buffers, network, parameters, { runs, columns });
  const load = await device.kernel(loadKernel(network.inputs));
  const residuals = await device.kernel(residualKernel(network.inputs));
  const sums = buffers.storage('losses', runs);
  const where = buffers.storage('places', Uint32Array.from(places));
  const spans = Array.from({ length: Math.ceil(count / columns) }, (_, index) =>
    buffers.uniform('span', Uint32Array.of(index * columns, count, columns, 0)),
  );
  const steps = spans.map((span) => ({
    load: load.bind({ span, places: where, samples, input: pass.input }),
    residuals: residuals.bind({ span, places: where, samples, output: pass.output, sums }),
  }));
  return {
    sums,
    encode(encoder) {
      for (const step of steps) {
        encoder.setPipeline(load.pipeline);
        encoder.setBindGroup(0, step.load);
        encoder.dispatchWorkgroups(Math.ceil(columns / 64), 1, runs);
        pass.forward(encoder);
        encoder.setPipeline(residuals.pipeline);
        encoder.setBindGroup(0, step.residuals);
        encoder.dispatchWorkgroups(runs);
      }
    },
  };
}
