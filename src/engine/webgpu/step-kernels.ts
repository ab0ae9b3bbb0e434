/** Taking training steps: the fused kernel, or layer by layer where a network does not fit a workgroup. */
import { layersOf } from '../../model/forward.js';
import { parameterCount } from '../../model/network.js';
import type { Buffers, Device, Kernel } from './device.js';
import { type Encode, openPass } from './forward-pass.js';
import type { FusedLayout, TrainingShape } from './wgsl/fused-layout.js';
import { fusedTraining } from './wgsl/fused-training.js';
import { gatherKernel, lossKernel, updateKernel } from './wgsl/layers.js';
import { tiles } from './wgsl/tiled-product.js';

/** The buffers of a training's runs, by the names that the kernels have for them. */
export interface TrainingBuffers {
  readonly job: GPUBuffer;
  readonly runs: GPUBuffer;
  readonly progress: GPUBuffer;
  readonly parameters: GPUBuffer;
  readonly memory: GPUBuffer;
  readonly samples: GPUBuffer;
  readonly chosen: GPUBuffer;
  readonly powers: GPUBuffer;
}

/** Encodes so many steps of every run. */
export type EncodeSteps = (pass: GPUComputePassEncoder, steps: number) => void;

/** All steps in one dispatch. */
export async function fusedSteps(
  device: Device,
  buffers: Buffers,
  shape: TrainingShape,
  layout: FusedLayout,
  runs: number,
  named: TrainingBuffers,
): Promise<EncodeSteps> {
  const kernel = await device.kernel(fusedTraining(shape, layout));
  const numbers = layout.chunks > 1 ? runs * parameterCount(shape.network) : 0;
  const gradient = await device.checked(() => buffers.storage('gradients', numbers));
  const bind = kernel.bind({ ...named, gradient });
  return (pass) => {
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(0, bind);
    pass.dispatchWorkgroups(runs);
  };
}

/** A dispatch for each layer of each step. */
export async function tiledSteps(
  device: Device,
  buffers: Buffers,
  shape: TrainingShape,
  runs: number,
  named: TrainingBuffers,
): Promise<EncodeSteps> {
  const { network, size, optimizer } = shape;
  const layers = layersOf(network);
  const total = parameterCount(network);
  const last = layers.length - 1;
  const first = shape.parameters === 'all' ? 0 : last;
  const { progress, parameters } = named;
  const pass = await openPass(device, buffers, network, parameters, {
    ...{ runs, columns: size, deltasFrom: first, progress },
  });
  const { targets, faults } = await device.checked(() => ({
    targets: buffers.storage('targets', runs * size),
    faults: buffers.storage('faults', runs),
  }));
  const { input, output, deltas } = pass;
  const dispatch = (
    kernel: Kernel,
    all: Readonly<Record<string, GPUBuffer>>,
    groups: [number, number, number],
  ): Encode => {
    const bind = kernel.bind(all);
    return (encoder) => {
      encoder.setPipeline(kernel.pipeline);
      encoder.setBindGroup(0, bind);
      encoder.dispatchWorkgroups(...groups);
    };
  };
  const gather = dispatch(
    await device.kernel(gatherKernel(network.inputs, size, shape.batches === 'full' ? 'full' : 'drawn')),
    { ...named, input, targets, faults },
    [runs, 1, 1],
  );
  const loss = dispatch(
    await device.kernel(lossKernel(size)),
    { progress, output, targets, delta: deltas[last]!, faults },
    [runs, 1, 1],
  );
  const updates: Encode[] = [];
  for (let l = first; l <= last; l += 1) {
    const layer = layers[l]!;
    const kernel = await device.kernel(updateKernel(total, optimizer));
    const before = l === 0 ? input : pass.after[l - 1]!;
    const all = { ...named, shape: pass.shapes[l]!, input: before, delta: deltas[l]!, faults };
    updates.push(dispatch(kernel, all, tiles(layer.outputs, layer.inputs + 1, runs)));
  }
  return (encoder, steps) => {
    for (let step = 0; step < steps; step += 1) {
      gather(encoder);
      pass.forward(encoder);
      loss(encoder);
      pass.backward(encoder);
      for (const update of updates) update(encoder);
    }
  };
}
