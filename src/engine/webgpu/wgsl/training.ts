/** What the training kernels share: a run's own settings, its progress, and the update rules. */
import type { Optimizer } from '../../engine.js';
import type { Binding } from '../device.js';
import { float } from './number.js';

/**
 * - `Job`: how many steps this dispatch takes at most, and how many minibatches lie ready for each run.
 * - `Run`: its learning rate and weight decay, where its samples start, how many steps it may take in this dispatch.
 * - `Progress`: how many it has taken in this dispatch, whether its loss is still finite, whether it takes the step
 *   under way (of the tiled kernels) or a parameter is no longer finite (of the fused one), and its last loss.
 */
export const trainingTypes = /* wgsl */ `
struct Job { steps: u32, slots: u32, unused1: u32, unused2: u32 }
struct Run { rate: f32, decay: f32, samples: u32, steps: u32 }
struct Progress { taken: u32, alive: u32, flag: u32, loss: f32 }

// By its bits: a compiler may assume that a number is finite and leave a comparison out.
fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}
`;

/** Bytes of a `Run` and of a `Progress`. */
export const recordBytes = 16;

export const job: Binding = { name: 'job', use: 'uniform', type: 'Job' };
export const runs: Binding = { name: 'runs', use: 'read', type: 'array<Run>' };

/** Numbers that the optimizer remembers for each parameter. */
export function memories(optimizer: Optimizer): number {
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.momentum === 0 ? 0 : 1;
    case 'adam':
      return 2;
  }
}

/** The buffers that the update rule reads and writes besides the parameters. */
export function ruleBindings(optimizer: Optimizer): Binding[] {
  return [
    ...(memories(optimizer) === 0 ? [] : [{ name: 'memory', use: 'write', type: 'array<f32>' } as const]),
    ...(optimizer.kind === 'adam' ? [{ name: 'powers', use: 'read', type: 'array<vec2f>' } as const] : []),
  ];
}

/**
 * `fn updated(run, p, old, gradient, step) -> f32`: the new value of a run's parameter p after the step that is this
 * dispatch's `step`-th from 0. PyTorch's rules, as in reference/optimizer.ts; `powers` are 1 / (1 - beta1^t) and
 * 1 / sqrt(1 - beta2^t), from the host, which has more digits.
 */
export function ruleCode(optimizer: Optimizer, parameters: number): string {
  const head = /* wgsl */ `
fn updated(run: u32, p: u32, old: f32, raw: f32, step: u32) -> f32 {
  let rate = runs[run].rate;
  let gradient = raw + runs[run].decay * old;`;
  switch (optimizer.kind) {
    case 'sgd':
      if (optimizer.momentum === 0) return `${head}\n  return old - rate * gradient;\n}`;
      return /* wgsl */ `${head}
  let at = run * ${parameters}u + p;
  let velocity = ${float(optimizer.momentum)} * memory[at] + gradient;
  memory[at] = velocity;
  return old - rate * velocity;
}`;
    case 'adam': {
      const [beta1, beta2] = optimizer.betas;
      return /* wgsl */ `${head}
  let at = run * ${2 * parameters}u + p;
  let mean = memory[at] + (gradient - memory[at]) * ${float(1 - beta1)};
  let square = ${float(beta2)} * memory[at + ${parameters}u] + ${float(1 - beta2)} * gradient * gradient;
  memory[at] = mean;
  memory[at + ${parameters}u] = square;
  let power = powers[step];
  return old - (rate * power.x * mean) / (sqrt(square) * power.y + ${float(optimizer.epsilon)});
}`;
    }
  }
}
