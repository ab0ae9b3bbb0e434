/**
 * Many training steps of many small networks in one dispatch: one workgroup trains one run, its parameters and
 * activations in the memory that the workgroup shares. A minibatch whose activations do not fit is passed through in
 * chunks, with the gradient summed over them.
 */
import { layersOf } from '../../../model/forward.js';
import { type Network, parameterCount } from '../../../model/network.js';
import type { Training } from '../../engine.js';
import type { KernelSource } from '../device.js';
import { activationCode } from './activation.js';
import { float } from './number.js';
import { job, ruleBindings, ruleCode, runs, trainingTypes } from './training.js';

/** What the shape of a training's kernels depends on. */
export interface TrainingShape {
  readonly network: Network;
  readonly parameters: Training['parameters'];
  readonly optimizer: Training['optimizer'];
  readonly batches: Training['batches']['kind'];
  /** Samples in a minibatch. */
  readonly size: number;
}

/** Floats of shared memory for all but the activations: partial sums, and some room for the compiler. */
const reserved = 128;

/** How a training is laid out in a workgroup. */
export interface FusedLayout {
  /** Samples of a minibatch that are passed through at once. */
  readonly chunk: number;
  readonly chunks: number;
  /** Floats between the rows of two units: odd, so that lanes that read a column meet different banks. */
  readonly stride: number;
  readonly lanes: number;
}

/** The layout within so many shared bytes; undefined when the network does not fit. */
export function fusedLayout(
  { network, parameters, size }: TrainingShape,
  sharedBytes: number,
): FusedLayout | undefined {
  const units = network.hidden.reduce((sum, width) => sum + width, 0);
  const rows = network.inputs + 2 + units * (parameters === 'all' ? 2 : 1);
  const free = Math.floor(sharedBytes / 4) - reserved - parameterCount(network);
  const most = Math.floor(free / rows) - 1;
  if (most < Math.min(size, 8)) return undefined;
  const chunks = Math.ceil(size / most);
  const chunk = Math.ceil(size / chunks);
  const work = chunk * Math.max(1, ...network.hidden);
  return { chunk, chunks, stride: chunk | 1, lanes: work > 4096 ? 256 : work > 1024 ? 128 : 64 };
}

/** The kernel. `samples` holds, for each sample, its inputs and then its target; `parameters` those of run after run. */
export function fusedTraining(shape: TrainingShape, { chunk, chunks, stride, lanes }: FusedLayout): KernelSource {
  const { network, size } = shape;
  const layers = layersOf(network);
  const total = parameterCount(network);
  const last = layers.length - 1;
  const first = shape.parameters === 'all' ? 0 : last;
  const firstParameter = layers[first]!.weight;
  const { inputs } = network;
  const many = chunks > 1;

  // Where the rows of each layer's activations and deltas start in `units`: a row a unit, a column a sample.
  let rows = 0;
  const place = (count: number): number => {
    const at = rows;
    rows += count;
    return at * stride;
  };
  const inputAt = place(inputs);
  const hidden = network.hidden.map((width) => ({ output: place(width), delta: first === 0 ? place(width) : 0 }));
  const delta = place(1);
  const target = place(1);
  const before = (layer: number): number => (layer === 0 ? inputAt : hidden[layer - 1]!.output);

  const sum = (layer: number): string => {
    const { inputs: width, weight, bias } = layers[layer]!;
    return /* wgsl */ `
        var sum = weights[${bias}u + j];
        for (var k = 0u; k < ${width}u; k++) {
          sum += weights[${weight}u + j * ${width}u + k] * units[${before(layer)}u + k * ${stride}u + i];
        }`;
  };
  const forward = network.hidden.map((width, layer) => {
    const { output, delta: slopes } = hidden[layer]!;
    return /* wgsl */ `
      for (var index = lane; index < ${width * chunk}u; index += ${lanes}u) {
        let j = index / ${chunk}u;
        let i = index % ${chunk}u;${sum(layer)}
        let value = activate(sum);
        units[${output}u + j * ${stride}u + i] = value;
        ${first === 0 ? `units[${slopes}u + j * ${stride}u + i] = slope(sum, value);` : ''}
      }
      workgroupBarrier();`;
  });
  const backward = Array.from({ length: last - first }, (_, step) => {
    const layer = last - step;
    const { inputs: width, outputs, weight } = layers[layer]!;
    const from = layer === last ? delta : hidden[layer]!.delta;
    return /* wgsl */ `
      for (var index = lane; index < ${width * chunk}u; index += ${lanes}u) {
        let k = index / ${chunk}u;
        let i = index % ${chunk}u;
        var sum = 0.0;
        for (var j = 0u; j < ${outputs}u; j++) {
          sum += weights[${weight}u + j * ${width}u + k] * units[${from}u + j * ${stride}u + i];
        }
        units[${hidden[layer - 1]!.delta}u + k * ${stride}u + i] *= sum;
      }
      workgroupBarrier();`;
  });
  /** Runs `use` for each parameter of the layers that move, with its gradient of this chunk in `sum`. */
  const gradients = (use: string): string =>
    layers
      .slice(first)
      .map(({ inputs: width, outputs, weight, bias }, step) => {
        const layer = first + step;
        const from = layer === last ? delta : hidden[layer]!.delta;
        return /* wgsl */ `
      for (var index = lane; index < ${width * outputs}u; index += ${lanes}u) {
        let j = index / ${width}u;
        let k = index % ${width}u;
        var sum = 0.0;
        for (var i = 0u; i < ${chunk}u; i++) {
          sum += units[${from}u + j * ${stride}u + i] * units[${before(layer)}u + k * ${stride}u + i];
        }
        let p = ${weight}u + index;
        ${use}
      }
      for (var j = lane; j < ${outputs}u; j += ${lanes}u) {
        var sum = 0.0;
        for (var i = 0u; i < ${chunk}u; i++) { sum += units[${from}u + j * ${stride}u + i]; }
        let p = ${bias}u + j;
        ${use}
      }`;
      })
      .join('');
  const update = /* wgsl */ `
        let value = updated(run, p, weights[p], GRADIENT, step);
        weights[p] = value;
        if (!isFinite(value)) { broken = 1u; }`;
  const sample = shape.batches === 'full' ? 'start + i' : `chosen[(run * job.slots + step) * ${size}u + start + i]`;

  const code = /* wgsl */ `${trainingTypes}
${activationCode[network.activation]}
${ruleCode(shape.optimizer, total)}
var<workgroup> weights: array<f32, ${total}>;
var<workgroup> units: array<f32, ${rows * stride}>;
var<workgroup> partial: array<f32, ${lanes}>;
var<workgroup> wanted: u32;
var<workgroup> broken: u32;
var<workgroup> loss: f32;

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  for (var p = lane; p < ${total}u; p += ${lanes}u) { weights[p] = parameters[run * ${total}u + p]; }
  if (lane == 0u) {
    broken = progress[run].flag;
    loss = progress[run].loss;
    wanted = select(0u, min(job.steps, runs[run].steps), progress[run].alive == 1u);
  }
  let steps = workgroupUniformLoad(&wanted);
  var step = 0u;
  for (; step < steps; step++) {
    var squares = 0.0;
    for (var start = 0u; start < ${size}u; start += ${chunk}u) {
      let count = min(${chunk}u, ${size}u - start);
      for (var i = lane; i < ${chunk}u; i += ${lanes}u) {
        if (i < count) {
          let at = (runs[run].samples + ${sample}) * ${inputs + 1}u;
          for (var k = 0u; k < ${inputs}u; k++) { units[${inputAt}u + k * ${stride}u + i] = samples[at + k]; }
          units[${target}u + i] = samples[at + ${inputs}u];
        } else {
          for (var k = 0u; k < ${inputs}u; k++) { units[${inputAt}u + k * ${stride}u + i] = 0.0; }
        }
      }
      workgroupBarrier();${forward.join('')}
      for (var i = lane; i < ${chunk}u; i += ${lanes}u) {
        let j = 0u;${sum(last)}
        let residual = sum - units[${target}u + i];
        if (i < count) { squares += residual * residual; }
        units[${delta}u + i] = select(0.0, residual * ${float(2 / size)}, i < count);
      }
      workgroupBarrier();${backward.join('')}
      ${
        many
          ? gradients(/* wgsl */ `let at = run * ${total}u + p;
        gradient[at] = select(gradient[at] + sum, sum, start == 0u);`)
          : ''
      }
      ${many ? 'workgroupBarrier();' : ''}
    }
    partial[lane] = squares;
    workgroupBarrier();
    if (lane < 8u) {
      var sum = 0.0;
      for (var i = 0u; i < ${lanes / 8}u; i++) { sum += partial[lane * ${lanes / 8}u + i]; }
      partial[lane * ${lanes / 8}u] = sum;
    }
    workgroupBarrier();
    if (lane == 0u) {
      var sum = 0.0;
      for (var i = 0u; i < 8u; i++) { sum += partial[i * ${lanes / 8}u]; }
      sum *= ${float(1 / size)};
      if (broken == 0u && isFinite(sum)) { loss = sum; } else { broken = 2u; }
    }
    // A loss that is not finite ends the run before its update.
    if (workgroupUniformLoad(&broken) == 2u) { break; }
    ${
      many
        ? /* wgsl */ `storageBarrier();
    for (var p = ${firstParameter}u + lane; p < ${total}u; p += ${lanes}u) {
      let at = run * ${total}u + p;${update.replace('GRADIENT', 'gradient[at]')}
    }`
        : gradients(update.replace('GRADIENT', 'sum'))
    }
    workgroupBarrier();
  }
  for (var p = lane; p < ${total}u; p += ${lanes}u) { parameters[run * ${total}u + p] = weights[p]; }
  if (lane == 0u && progress[run].alive == 1u) {
    progress[run] = Progress(step, select(1u, 0u, broken == 2u), broken, loss);
  }
}`;
  return {
    label: `training of ${[inputs, ...network.hidden, 1].join('-')}`,
    bindings: [
      job,
      runs,
      { name: 'progress', use: 'write', type: 'array<Progress>' },
      { name: 'parameters', use: 'write', type: 'array<f32>' },
      { name: 'samples', use: 'read', type: 'array<f32>' },
      ...(shape.batches === 'full' ? [] : [{ name: 'chosen', use: 'read', type: 'array<u32>' } as const]),
      ...ruleBindings(shape.optimizer),
      ...(many ? [{ name: 'gradient', use: 'write', type: 'array<f32>' } as const] : []),
    ],
    code,
  };
}
