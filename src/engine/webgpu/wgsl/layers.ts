/**
 * Layer by layer over storage buffers, for networks and numbers of samples of any size. Activations and deltas of a layer
 * lie as [run][unit][column], `columns` of them for each unit.
 */
import type { Layer } from '../../../model/forward.js';
import type { Activation } from '../../../model/network.js';
import type { Binding, KernelSource } from '../device.js';
import { activationCode } from './activation.js';
import { float } from './number.js';
import { job, runs, trainingTypes } from './training.js';
import { ruleBindings, ruleCode } from './update-rule.js';
import { tiledProduct } from './tiled-product.js';
import type { Optimizer } from '../../engine.js';

const read = (name: string): Binding => ({ name, use: 'read', type: 'array<f32>' });
const write = (name: string): Binding => ({ name, use: 'write', type: 'array<f32>' });

/** Only of runs that take the step under way. */
const gate: Binding = { name: 'progress', use: 'read', type: 'array<Progress>' };
const gated = 'progress[run].flag == 1u';

/**
 * One layer's sizes, where its parameters start among the `total` of a run, and how many columns a pass has. Its bias
 * counts as the weight of one more input, which is always 1.
 */
const layerCode = /* wgsl */ `
struct LayerShape { inputs: u32, outputs: u32, weight: u32, bias: u32, total: u32, columns: u32, unused1: u32, unused2: u32 }
fn parameterAt(run: u32, unit: u32, input: u32) -> u32 {
  let place = select(shape.bias + unit, shape.weight + unit * shape.inputs + input, input < shape.inputs);
  return run * shape.total + place;
}
fn inputAt(run: u32, input: u32, column: u32) -> u32 {
  return (run * shape.inputs + min(input, shape.inputs - 1u)) * shape.columns + column;
}
fn outputAt(run: u32, unit: u32, column: u32) -> u32 {
  return (run * shape.outputs + unit) * shape.columns + column;
}
`;

const shape: Binding = { name: 'shape', use: 'uniform', type: 'LayerShape' };

/** The contents of `shape`. */
export function layerShape({ inputs, outputs, weight, bias }: Layer, total: number, columns: number): Uint32Array {
  return Uint32Array.of(inputs, outputs, weight, bias, total, columns, 0, 0);
}

/** `after` = activation(W `input` + b) and, where it is asked for, `delta` = the activation's derivative there. */
export function forwardKernel(
  activation: Activation | 'none',
  options: { readonly slopes: boolean; readonly gated: boolean },
): KernelSource {
  return tiledProduct({
    label: 'forward',
    bindings: [
      shape,
      ...(options.gated ? [gate] : []),
      read('parameters'),
      read('input'),
      write('after'),
      ...(options.slopes ? [write('delta')] : []),
    ],
    header: `${trainingTypes}${layerCode}${activation === 'none' ? '' : activationCode(activation)}`,
    rows: 'shape.outputs',
    inner: '(shape.inputs + 1u)',
    columns: 'shape.columns',
    ...(options.gated && { active: gated }),
    left: 'parameters[parameterAt(run, row, k)]',
    leftAlong: 'k',
    right: 'select(1.0, input[inputAt(run, k, column)], k < shape.inputs)',
    rightAlong: 'column',
    use:
      activation === 'none'
        ? 'after[outputAt(run, row, column)] = sum;'
        : /* wgsl */ `let value = activate(sum);
  after[outputAt(run, row, column)] = value;
  ${options.slopes ? 'delta[outputAt(run, row, column)] = slope(sum, value);' : ''}`,
  });
}

/** `before` *= W' `delta`: from a layer's deltas to those of the layer before, where the derivatives stand. */
export function backwardKernel(options: { readonly gated: boolean }): KernelSource {
  return tiledProduct({
    label: 'backward',
    bindings: [shape, ...(options.gated ? [gate] : []), read('parameters'), read('delta'), write('before')],
    header: `${trainingTypes}${layerCode}`,
    rows: 'shape.inputs',
    inner: 'shape.outputs',
    columns: 'shape.columns',
    ...(options.gated && { active: gated }),
    left: 'parameters[parameterAt(run, k, row)]',
    leftAlong: 'row',
    right: 'delta[outputAt(run, k, column)]',
    rightAlong: 'column',
    use: 'before[inputAt(run, row, column)] *= sum;',
  });
}

/** The gradient of a layer over all columns, and at once the update of its parameters. */
export function updateKernel(total: number, optimizer: Optimizer): KernelSource {
  return tiledProduct({
    label: 'update',
    bindings: [
      shape,
      gate,
      runs,
      write('parameters'),
      read('input'),
      read('delta'),
      { name: 'faults', use: 'write', type: 'array<atomic<u32>>' },
      ...ruleBindings(optimizer),
    ],
    header: `${trainingTypes}${layerCode}${ruleCode(optimizer, total)}`,
    rows: 'shape.outputs',
    inner: 'shape.columns',
    columns: '(shape.inputs + 1u)',
    active: gated,
    left: 'delta[outputAt(run, row, k)]',
    leftAlong: 'k',
    right: 'select(1.0, input[inputAt(run, column, k)], column < shape.inputs)',
    rightAlong: 'k',
    use: /* wgsl */ `let at = parameterAt(run, row, column);
  let value = updated(run, at - run * shape.total, parameters[at], sum, progress[run].taken - 1u);
  parameters[at] = value;
  if (!isFinite(value)) { atomicStore(&faults[run], 1u); }`,
  });
}

const lanes = 64;

/** Sets whether each run takes this step, and gathers its minibatch. */
export function gatherKernel(inputs: number, size: number, batches: 'full' | 'drawn'): KernelSource {
  const sample = batches === 'full' ? 'i' : `chosen[(run * job.slots + taken) * ${size}u + i]`;
  return {
    label: 'gather',
    bindings: [
      job,
      runs,
      { name: 'progress', use: 'write', type: 'array<Progress>' },
      read('samples'),
      write('input'),
      write('targets'),
      { name: 'faults', use: 'write', type: 'array<atomic<u32>>' },
      ...(batches === 'full' ? [] : [{ name: 'chosen', use: 'read', type: 'array<u32>' } as const]),
    ],
    code: /* wgsl */ `${trainingTypes}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  let taken = progress[run].taken;
  let due = progress[run].alive == 1u && taken < min(job.steps, runs[run].steps);
  // A parameter that is no longer finite: so is the loss of this step.
  let whole = atomicLoad(&faults[run]) == 0u;
  if (due && whole) {
    for (var i = lane; i < ${size}u; i += ${lanes}u) {
      let at = (runs[run].samples + ${sample}) * ${inputs + 1}u;
      for (var k = 0u; k < ${inputs}u; k++) { input[(run * ${inputs}u + k) * ${size}u + i] = samples[at + k]; }
      targets[run * ${size}u + i] = samples[at + ${inputs}u];
    }
  }
  if (lane == 0u) {
    progress[run].flag = select(0u, 1u, due && whole);
    if (due && !whole) { atomicStore(&faults[run], 2u); }
  }
}`,
  };
}

/** From the outputs to their deltas and the loss; a run whose loss is not finite takes no more steps. */
export function lossKernel(size: number): KernelSource {
  return {
    label: 'loss',
    bindings: [
      { name: 'progress', use: 'write', type: 'array<Progress>' },
      read('output'),
      read('targets'),
      write('delta'),
      { name: 'faults', use: 'write', type: 'array<atomic<u32>>' },
    ],
    code: /* wgsl */ `${trainingTypes}
var<workgroup> partial: array<f32, ${lanes}>;
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  var squares = 0.0;
  for (var i = lane; i < ${size}u; i += ${lanes}u) {
    let residual = output[run * ${size}u + i] - targets[run * ${size}u + i];
    squares += residual * residual;
    delta[run * ${size}u + i] = residual * ${float(2 / size)};
  }
  partial[lane] = squares;
  workgroupBarrier();
  if (lane != 0u) { return; }
  if (atomicLoad(&faults[run]) == 2u) { progress[run].alive = 0u; }
  if (progress[run].flag == 0u) { return; }
  var sum = 0.0;
  for (var i = 0u; i < ${lanes}u; i++) { sum += partial[i]; }
  sum *= ${float(1 / size)};
  if (isFinite(sum)) {
    progress[run].loss = sum;
    progress[run].taken += 1u;
  } else {
    progress[run].alive = 0u;
    progress[run].flag = 0u;
  }
}`,
  };
}

/**
 * Samples of each run from number span.x on, as the span.z columns of a pass; zeros from number span.y on, which is how
 * many there are.
 */
export function loadKernel(inputs: number): KernelSource {
  return {
    label: 'load',
    bindings: [
      { name: 'span', use: 'uniform', type: 'vec4u' },
      { name: 'places', use: 'read', type: 'array<u32>' },
      read('samples'),
      write('input'),
    ],
    code: /* wgsl */ `
@compute @workgroup_size(${lanes})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x;
  let run = id.z;
  if (column >= span.z) { return; }
  let sample = span.x + column;
  for (var k = 0u; k < ${inputs}u; k++) {
    var value = 0.0;
    if (sample < span.y) { value = samples[(places[run] + sample) * ${inputs + 1}u + k]; }
    input[(run * ${inputs}u + k) * span.z + column] = value;
  }
}`,
  };
}

/** Adds the squared residuals of the columns to each run's sum. */
export function residualKernel(inputs: number): KernelSource {
  return {
    label: 'residuals',
    bindings: [
      { name: 'span', use: 'uniform', type: 'vec4u' },
      { name: 'places', use: 'read', type: 'array<u32>' },
      read('samples'),
      read('output'),
      write('sums'),
    ],
    code: /* wgsl */ `
var<workgroup> partial: array<f32, ${lanes}>;
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  var squares = 0.0;
  for (var column = lane; column < span.z; column += ${lanes}u) {
    let sample = span.x + column;
    if (sample < span.y) {
      let residual = output[run * span.z + column] - samples[(places[run] + sample) * ${inputs + 1}u + ${inputs}u];
      squares += residual * residual;
    }
  }
  partial[lane] = squares;
  workgroupBarrier();
  if (lane != 0u) { return; }
  var sum = select(sums[run], 0.0, span.x == 0u);
  for (var i = 0u; i < ${lanes}u; i++) { sum += partial[i]; }
  sums[run] = sum;
}`,
  };
}
