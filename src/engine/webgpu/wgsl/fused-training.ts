/**
 * Many training steps of many small networks in one dispatch: one workgroup trains one run, its parameters and
 * activations in the memory that the workgroup shares. A minibatch whose activations do not fit is passed through in
 * chunks, with the gradient summed over them.
 *
 * A step is a chain of small pieces of work with a barrier after each, far from a GPU's peak whatever one does. What
 * counts is how many instructions and loads of shared memory the pieces take, as eight or so runs share a
 * multiprocessor, and then how long the chain is. So:
 * - a lane computes four units (of one sample) or four parameters at a time where there is work enough for all lanes, and
 *   what it loads serves the four;
 * - workgroups are small: 64 lanes for the study's networks;
 * - the loss is summed by one lane while the others go back through the layers, and the barrier that ends this is the one
 *   at which all learn whether the loss was finite: 2 layers + 4 barriers a step.
 * Sums have a fixed order that depends on the shape and on the size of the shared memory only: the same device gives the
 * same bits. Operations of subgroups would save little more, and their size differs between devices.
 */
import { layersOf } from '../../../model/forward.js';
import { type Network, parameterCount } from '../../../model/network.js';
import type { Training } from '../../engine.js';
import type { KernelSource } from '../device.js';
import { activationCode } from './activation.js';
import { float } from './number.js';
import { job, runs, trainingTypes } from './training.js';
import { ruleBindings, ruleCode } from './update-rule.js';

/** What the shape of a training's kernels depends on. */
export interface TrainingShape {
  readonly network: Network;
  readonly parameters: Training['parameters'];
  readonly optimizer: Training['optimizer'];
  readonly batches: Training['batches']['kind'];
  /** Samples in a minibatch. */
  readonly size: number;
}

/** Floats of shared memory for all but parameters and activations: partial sums of the most lanes, and some room. */
const reserved = 256 + 16;

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
  const rows = network.inputs + 3 + units * (parameters === 'all' ? 2 : 1);
  const free = Math.floor(sharedBytes / 4) - reserved - parameterCount(network);
  const most = Math.floor(free / rows) - 1;
  if (most < Math.min(size, 8)) return undefined;
  const chunks = Math.ceil(size / most);
  const chunk = Math.ceil(size / chunks);
  const work = chunk * Math.max(1, ...network.hidden.map((width) => Math.ceil(width / side)));
  return { chunk, chunks, stride: chunk | 1, lanes: work > 2048 ? 256 : work > 512 ? 128 : 64 };
}

/** Units or parameters of a lane at a time, where they are many. */
const side = 4;

/** The kernel. `samples` holds, for each sample, its inputs and then its target; `parameters` those of run after run. */
export function fusedTraining(shape: TrainingShape, { chunk, chunks, stride, lanes }: FusedLayout): KernelSource {
  const { network, size } = shape;
  const layers = layersOf(network);
  const total = parameterCount(network);
  const last = layers.length - 1;
  const first = shape.parameters === 'all' ? 0 : last;
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
  // The input whose weight is a bias.
  const ones = place(1);
  const before = (layer: number): number => (layer === 0 ? inputAt : hidden[layer - 1]!.output);
  const deltaAt = (layer: number): number => (layer === last ? delta : hidden[layer]!.delta);
  /** How many of `count` a lane takes at once, when each block of them comes `times` times. */
  const blockOf = (count: number, times: number): number => (Math.ceil(count / side) * times >= lanes ? side : 1);
  const inBlock = (size: number): number[] => Array.from({ length: size }, (_, r) => r);
  /** WGSL of the r-th of a block that starts at `start`; the last one stands for those beyond it. */
  const member = (start: string, r: number, count: number, size: number): string =>
    count % size === 0 ? `${start} + ${r}u` : `min(${start} + ${r}u, ${count - 1}u)`;

  /** The sums into unit j of a layer at sample i, for a block of units j0, ...: `sum0`, ... */
  const sums = (layer: number, size: number): string => {
    const { inputs: width, outputs, weight, bias } = layers[layer]!;
    const of = inBlock(size);
    return /* wgsl */ `
        ${of.map((r) => `let j${r} = ${member('j', r, outputs, size)};`).join(' ')}
        ${of.map((r) => `var sum${r} = weights[${bias}u + j${r}];`).join(' ')}
        for (var k = 0u; k < ${width}u; k++) {
          let unit = units[${before(layer)}u + k * ${stride}u + i];
          ${of.map((r) => `sum${r} += weights[${weight}u + j${r} * ${width}u + k] * unit;`).join(' ')}
        }`;
  };
  const forward = network.hidden.map((width, layer) => {
    const { output, delta: slopes } = hidden[layer]!;
    const size = blockOf(width, chunk);
    return /* wgsl */ `
      for (var index = lane; index < ${Math.ceil(width / size) * chunk}u; index += ${lanes}u) {
        let j = index / ${chunk}u * ${size}u;
        let i = index % ${chunk}u;${sums(layer, size)}
        ${inBlock(size)
          .map(
            (r) => /* wgsl */ `{
          let value = activate(sum${r});
          units[${output}u + j${r} * ${stride}u + i] = value;
          ${first === 0 ? `units[${slopes}u + j${r} * ${stride}u + i] = slope(sum${r}, value);` : ''}
        }`,
          )
          .join(' ')}
      }
      workgroupBarrier();`;
  });
  const backward = Array.from({ length: last - first }, (_, step) => {
    const layer = last - step;
    const { inputs: width, outputs, weight } = layers[layer]!;
    const size = blockOf(width, chunk);
    const of = inBlock(size);
    const at = (r: number): string => `${hidden[layer - 1]!.delta}u + k${r} * ${stride}u + i`;
    return /* wgsl */ `
      for (var index = lane; index < ${Math.ceil(width / size) * chunk}u; index += ${lanes}u) {
        let k = index / ${chunk}u * ${size}u;
        let i = index % ${chunk}u;
        ${of.map((r) => `let k${r} = ${member('k', r, width, size)}; var sum${r} = 0.0;`).join(' ')}
        for (var j = 0u; j < ${outputs}u; j++) {
          let after = units[${deltaAt(layer)}u + j * ${stride}u + i];
          ${of.map((r) => `sum${r} += weights[${weight}u + j * ${width}u + k${r}] * after;`).join(' ')}
        }
        ${of.map((r) => `sum${r} *= units[${at(r)}];`).join(' ')}
        ${of.map((r) => `units[${at(r)}] = sum${r};`).join(' ')}
      }`;
  }).join('\n      workgroupBarrier();');
  /** Each parameter of the layers that move, with its gradient of this chunk in `sum`. */
  const gradients = layers
    .slice(first)
    .map(({ inputs: width, outputs, weight, bias }, step) => {
      const layer = first + step;
      const size = blockOf(outputs, width + 1);
      const of = inBlock(size);
      return /* wgsl */ `
      for (var index = lane; index < ${Math.ceil(outputs / size) * (width + 1)}u; index += ${lanes}u) {
        let j = index / ${width + 1}u * ${size}u;
        let k = index % ${width + 1}u;
        let isBias = k == ${width}u;
        let row = select(${before(layer)}u + k * ${stride}u, ${ones}u, isBias);
        ${of.map((r) => `let j${r} = ${member('j', r, outputs, size)}; var sum${r} = 0.0;`).join(' ')}
        for (var i = 0u; i < ${chunk}u; i++) {
          let unit = units[row + i];
          ${of.map((r) => `sum${r} += units[${deltaAt(layer)}u + j${r} * ${stride}u + i] * unit;`).join(' ')}
        }
        ${of
          .map((r) => {
            const p = `select(${weight}u + j${r} * ${width}u + k, ${bias}u + j${r}, isBias)`;
            const put = `change(run, ${p}, sum${r}, step, start);`;
            return outputs % size === 0 ? put : `if (j + ${r}u < ${outputs}u) { ${put} }`;
          })
          .join(' ')}
      }`;
    })
    .join('');
  const sample = shape.batches === 'full' ? 'start + i' : `chosen[(run * job.slots + step) * ${size}u + start + i]`;
  const update = /* wgsl */ `
  let value = updated(run, p, weights[p], gradientOfAll, step);
  weights[p] = value;
  if (!isFinite(value)) { broken = 1u; }`;

  const code = /* wgsl */ `${trainingTypes}
${activationCode(network.activation)}
${ruleCode(shape.optimizer, total)}
var<workgroup> weights: array<f32, ${total}>;
var<workgroup> units: array<f32, ${rows * stride}>;
var<workgroup> partial: array<f32, ${lanes}>;
var<workgroup> wanted: u32;
var<workgroup> broken: u32;
var<workgroup> loss: f32;

// Updates parameter p, or adds to its gradient when more chunks follow. The same lane comes to it with every chunk.
fn change(run: u32, p: u32, sum: f32, step: u32, start: u32) {
  ${
    many
      ? /* wgsl */ `let at = run * ${total}u + p;
  var gradientOfAll = sum;
  if (start > 0u) { gradientOfAll += gradient[at]; }
  if (start + ${chunk}u < ${size}u) {
    gradient[at] = gradientOfAll;
    return;
  }`
      : 'let gradientOfAll = sum;'
  }${update}
}

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  for (var p = lane; p < ${total}u; p += ${lanes}u) { weights[p] = parameters[run * ${total}u + p]; }
  for (var i = lane; i < ${chunk}u; i += ${lanes}u) { units[${ones}u + i] = 1.0; }
  if (lane == 0u) {
    broken = progress[run].flag;
    loss = progress[run].loss;
    wanted = select(0u, min(job.steps, runs[run].steps), progress[run].alive == 1u);
  }
  let steps = workgroupUniformLoad(&wanted);
  var step = 0u;
  var ended = false;
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
        let j = 0u;${sums(last, 1)}
        let residual = sum0 - units[${target}u + i];
        if (i < count) { squares += residual * residual; }
        units[${delta}u + i] = select(0.0, residual * ${float(2 / size)}, i < count);
      }
      partial[lane] = squares;
      workgroupBarrier();
      // A lane that has less to do than the first ones. Before the last chunk its sum is not whole, and not asked for.
      if (lane == ${lanes - 1}u && start + ${chunk}u >= ${size}u) {
        var sum0 = 0.0; var sum1 = 0.0; var sum2 = 0.0; var sum3 = 0.0;
        for (var i = 0u; i < ${lanes}u; i += 4u) {
          sum0 += partial[i]; sum1 += partial[i + 1u]; sum2 += partial[i + 2u]; sum3 += partial[i + 3u];
        }
        let sum = ((sum0 + sum1) + (sum2 + sum3)) * ${float(1 / size)};
        if (broken == 0u && isFinite(sum)) { loss = sum; } else { broken = 2u; }
      }${backward}
      // A loss that is not finite ends the run before its update.
      ended = workgroupUniformLoad(&broken) == 2u;
      if (ended) { break; }${gradients}
      workgroupBarrier();
    }
    if (ended) { break; }
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
