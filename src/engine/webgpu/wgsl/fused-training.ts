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
import { activationsOf, parameterCount } from '../../../model/network.js';
import type { KernelSource } from '../device.js';
import { activationCode } from './activation.js';
import { type FusedKernel, fusedKernel, type FusedLayout, type TrainingShape } from './fused-layout.js';
import { backward, forward, gradients, sumsInto } from './fused-passes.js';
import { float } from './number.js';
import { job, runs, trainingTypes } from './training.js';
import { ruleBindings, ruleCode } from './update-rule.js';

/** The kernel. `samples` holds, for each sample, its inputs and then its target; `parameters` those of run after run. */
export function fusedTraining(shape: TrainingShape, layout: FusedLayout): KernelSource {
  const kernel = fusedKernel(shape, layout);
  const { network, size } = shape;
  const { last, rows, chunk, chunks, stride, lanes } = kernel;
  const { inputs } = network;
  const total = parameterCount(network);
  const sample = shape.batches === 'full' ? 'start + i' : `chosen[(run * job.slots + step) * ${size}u + start + i]`;
  const code = /* wgsl */ `${trainingTypes}
${activationsOf(network).slice(0, 1).map(activationCode).join('')}
${ruleCode(shape.optimizer, total)}
var<workgroup> weights: array<f32, ${total}>;
var<workgroup> units: array<f32, ${rows.floats}>;
var<workgroup> partial: array<f32, ${lanes}>;
var<workgroup> wanted: u32;
var<workgroup> broken: u32;
var<workgroup> loss: f32;

${changeCode(kernel)}

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  for (var p = lane; p < ${total}u; p += ${lanes}u) { weights[p] = parameters[run * ${total}u + p]; }
  for (var i = lane; i < ${chunk}u; i += ${lanes}u) { units[${rows.ones}u + i] = 1.0; }
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
          for (var k = 0u; k < ${inputs}u; k++) { units[${rows.before(0)}u + k * ${stride}u + i] = samples[at + k]; }
          units[${rows.target}u + i] = samples[at + ${inputs}u];
        } else {
          for (var k = 0u; k < ${inputs}u; k++) { units[${rows.before(0)}u + k * ${stride}u + i] = 0.0; }
        }
      }
      workgroupBarrier();${forward(kernel)}
      for (var i = lane; i < ${chunk}u; i += ${lanes}u) {
        let j = 0u;${sumsInto(kernel, last, 1)}
        let residual = sum0 - units[${rows.target}u + i];
        if (i < count) { squares += residual * residual; }
        units[${rows.delta(last)}u + i] = select(0.0, residual * ${float(2 / size)}, i < count);
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
      }${backward(kernel)}
      // A loss that is not finite ends the run before its update.
      ended = workgroupUniformLoad(&broken) == 2u;
      if (ended) { break; }${gradients(kernel)}
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
      ...(chunks > 1 ? [{ name: 'gradient', use: 'write', type: 'array<f32>' } as const] : []),
    ],
    code,
  };
}

/** WGSL of `change`: updates a parameter by its gradient, once that is whole. */
function changeCode({ shape: { network, size }, chunk, chunks }: FusedKernel): string {
  const total = parameterCount(network);
  const update = /* wgsl */ `
  let value = updated(run, p, weights[p], gradientOfAll, step);
  weights[p] = value;
  if (!isFinite(value)) { broken = 1u; }`;
  return /* wgsl */ `// Updates parameter p, or adds to its gradient when more chunks follow. The same lane comes to it with every chunk.
fn change(run: u32, p: u32, sum: f32, step: u32, start: u32) {
  ${
    chunks > 1
      ? /* wgsl */ `let at = run * ${total}u + p;
  var gradientOfAll = sum;
  if (start > 0u) { gradientOfAll += gradient[at]; }
  if (start + ${chunk}u < ${size}u) {
    gradient[at] = gradientOfAll;
    return;
  }`
      : 'let gradientOfAll = sum;'
  }${update}
}`;
}
