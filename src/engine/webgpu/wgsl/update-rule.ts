/** The update rules in WGSL: PyTorch's, as in reference/optimizer.ts. */
import type { Optimizer } from '../../engine.js';
import { type ByRule, byRule } from '../../update-rule.js';
import type { Binding } from '../device.js';
import { float } from './number.js';

interface Rule {
  /** Numbers that it remembers for each parameter. */
  readonly memories: number;
  /** The betas whose powers it corrects with. */
  readonly betas?: readonly [number, number];
  /** The statements that return the new value of a parameter, after `head`; of so many parameters in a run. */
  code(parameters: number): string;
}

const rules: ByRule<Rule> = {
  sgd: ({ momentum }) =>
    momentum === 0
      ? { memories: 0, code: () => '  return old - rate * gradient;' }
      : {
          memories: 1,
          code: (parameters) => /* wgsl */ `  let at = run * ${parameters}u + p;
  let velocity = ${float(momentum)} * memory[at] + gradient;
  memory[at] = velocity;
  return old - rate * velocity;`,
        },
  adam: ({ betas, epsilon }) => ({
    memories: 2,
    betas,
    code: (parameters) => /* wgsl */ `  let at = run * ${2 * parameters}u + p;
  let mean = memory[at] + (gradient - memory[at]) * ${float(1 - betas[0])};
  let square = ${float(betas[1])} * memory[at + ${parameters}u] + ${float(1 - betas[1])} * gradient * gradient;
  memory[at] = mean;
  memory[at + ${parameters}u] = square;
  let power = powers[step];
  return old - (rate * power.x * mean) / (sqrt(square) * power.y + ${float(epsilon)});`,
  }),
};

/** Numbers that the optimizer remembers for each parameter. */
export function memories(optimizer: Optimizer): number {
  return byRule(rules, optimizer).memories;
}

/** The betas whose corrections the buffer `powers` holds; undefined for a rule that has none. */
export function correctedBetas(optimizer: Optimizer): readonly [number, number] | undefined {
  return byRule(rules, optimizer).betas;
}

/** The buffers that the update rule reads and writes besides the parameters. */
export function ruleBindings(optimizer: Optimizer): Binding[] {
  const { memories: remembered, betas } = byRule(rules, optimizer);
  return [
    ...(remembered === 0 ? [] : [{ name: 'memory', use: 'write', type: 'array<f32>' } as const]),
    ...(betas === undefined ? [] : [{ name: 'powers', use: 'read', type: 'array<vec2f>' } as const]),
  ];
}

/**
 * `fn updated(run, p, old, gradient, step) -> f32`: the new value of a run's parameter p after the step that is this
 * dispatch's `step`-th from 0. `powers` are 1 / (1 - beta1^t) and 1 / sqrt(1 - beta2^t), from the host, which has more digits.
 */
export function ruleCode(optimizer: Optimizer, parameters: number): string {
  return /* wgsl */ `
fn updated(run: u32, p: u32, old: f32, raw: f32, step: u32) -> f32 {
  let rate = runs[run].rate;
  let gradient = raw + runs[run].decay * old;
${byRule(rules, optimizer).code(parameters)}
}`;
}
