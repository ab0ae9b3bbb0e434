/** A pass through a network over storage buffers, for several runs of one shape at a time. */
import { layersOf } from '../../model/forward.js';
import { activationsOf, type Network, parameterCount } from '../../model/network.js';
import type { Buffers, Device, Kernel } from './device.js';
import { backwardKernel, forwardKernel, layerShape } from './wgsl/layers.js';
import { tiles } from './wgsl/tiled-product.js';

export interface PassOptions {
  readonly runs: number;
  /** Samples of one pass. */
  readonly columns: number;
  /** The first layer whose deltas are wanted; none are when it is absent. */
  readonly deltasFrom?: number;
  /** Runs whose `progress` says that they do not take the step are left out. */
  readonly progress?: GPUBuffer;
}

/** Work to be put into a compute pass. */
export type Encode = (pass: GPUComputePassEncoder) => void;

export interface Pass {
  /** What goes in, [run][input][column]; after the hidden layers; what comes out, [run][column]. */
  readonly input: GPUBuffer;
  readonly after: readonly GPUBuffer[];
  readonly output: GPUBuffer;
  /** For each layer the derivative with respect to what goes into its activation; undefined where none is wanted. */
  readonly deltas: readonly (GPUBuffer | undefined)[];
  /** The shape of each layer, for its kernels. */
  readonly shapes: readonly GPUBuffer[];
  readonly forward: Encode;
  /** From the deltas of the output, which the caller has put there, to those of the other layers. */
  readonly backward: Encode;
}

/** Numbers in a row of each layer. */
export function unitsOf(network: Network): number {
  return network.inputs + network.hidden.reduce((sum, width) => sum + width, 0) + 1;
}

/** Sets up passes with the parameters of runs of one shape, [run][parameter]. */
export async function openPass(
  device: Device,
  buffers: Buffers,
  network: Network,
  parameters: GPUBuffer,
  { runs, columns, deltasFrom, progress }: PassOptions,
): Promise<Pass> {
  const layers = layersOf(network);
  const activations = activationsOf(network);
  const total = parameterCount(network);
  const last = layers.length - 1;
  const gated = progress !== undefined;
  const gate = progress === undefined ? {} : { progress };
  const room = (label: string, rows: number): GPUBuffer => buffers.storage(label, runs * rows * columns);
  const { input, outputs, deltas, shapes } = await device.checked(() => ({
    input: room('inputs', network.inputs),
    outputs: layers.map((layer) => room('activations', layer.outputs)),
    deltas: layers.map((layer, l) =>
      deltasFrom === undefined || l < deltasFrom ? undefined : room('deltas', layer.outputs),
    ),
    shapes: layers.map((layer) => buffers.uniform('layer', layerShape(layer, total, columns))),
  }));
  const forward: { kernel: Kernel; bind: GPUBindGroup; groups: [number, number, number] }[] = [];
  for (const [l, layer] of layers.entries()) {
    const delta = l < last ? deltas[l] : undefined;
    const activation = activations[l] ?? 'none';
    const kernel = await device.kernel(forwardKernel(activation, { slopes: delta !== undefined, gated }));
    const bind = kernel.bind({
      ...gate,
      parameters,
      input: l === 0 ? input : outputs[l - 1]!,
      shape: shapes[l]!,
      after: outputs[l]!,
      ...(delta !== undefined && { delta }),
    });
    forward.push({ kernel, bind, groups: tiles(layer.outputs, columns, runs) });
  }
  const backward: typeof forward = [];
  for (let l = last; deltasFrom !== undefined && l > deltasFrom; l -= 1) {
    const kernel = await device.kernel(backwardKernel({ gated }));
    const bind = kernel.bind({ ...gate, parameters, shape: shapes[l]!, delta: deltas[l]!, before: deltas[l - 1]! });
    backward.push({ kernel, bind, groups: tiles(layers[l]!.inputs, columns, runs) });
  }
  const encode =
    (dispatches: typeof forward): Encode =>
    (pass) => {
      for (const { kernel, bind, groups } of dispatches) {
        pass.setPipeline(kernel.pipeline);
        pass.setBindGroup(0, bind);
        pass.dispatchWorkgroups(...groups);
      }
    };
  return {
    input,
    after: outputs.slice(0, last),
    output: outputs[last]!,
    deltas,
    shapes,
    forward: encode(forward),
    backward: encode(backward),
  };
}
