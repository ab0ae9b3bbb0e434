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
  sgd: ({ momentum, nesterov }) =>
    momentum === 0
      ? { memories: 0, code: () => '  return old - rate * gradient;' }
      : {
          memories: 1,
          code: (parameters) => /* wgsl */ `  let at = run * ${parameters}u + p;
  let velocity = ${float(momentum)} * memory[at] + gradient;
  memory[at] = velocity;
  return old - rate * ${nesterov === true ? `(gradient + ${float(momentum)} * velocity)` : 'velocity'};`,
        },
  adam,
  adamw: adam,
  rmsprop: ({ alpha, momentum, epsilon, centered }) => {
    const [buffer, mean] = [momentum === 0 ? 0 : 1, momentum === 0 ? 1 : 2];
    const memories = 1 + (momentum === 0 ? 0 : 1) + (centered ? 1 : 0);
    return {
      memories,
      code: (parameters) => /* wgsl */ `  let at = run * ${memories * parameters}u + p;
  let square = ${float(alpha)} * memory[at] + ${float(1 - alpha)} * gradient * gradient;
  memory[at] = square;
  var spread = square;${
    centered
      ? /* wgsl */ `
  let mean = memory[at + ${mean * parameters}u] + (gradient - memory[at + ${mean * parameters}u]) * ${float(1 - alpha)};
  memory[at + ${mean * parameters}u] = mean;
  spread -= mean * mean;`
      : ''
  }
  var along = gradient / (sqrt(spread) + ${float(epsilon)});${
    momentum === 0
      ? ''
      : /* wgsl */ `
  along += ${float(momentum)} * memory[at + ${buffer * parameters}u];
  memory[at + ${buffer * parameters}u] = along;`
  }
  return old - rate * along;`,
    };
  },
};

function adam({ kind, betas, epsilon }: Optimizer<'adam' | 'adamw'>): Rule {
  return {
    memories: 2,
    betas,
    code: (parameters) => /* wgsl */ `  let at = run * ${2 * parameters}u + p;
  let mean = memory[at] + (gradient - memory[at]) * ${float(1 - betas[0])};
  let square = ${float(betas[1])} * memory[at + ${parameters}u] + ${float(1 - betas[1])} * gradient * gradient;
  memory[at] = mean;
  memory[at + ${parameters}u] = square;
  let power = powers[step];
  let kept = ${kind === 'adamw' ? 'old - rate * runs[run].decay * old' : 'old'};
  return kept - (rate * power.x * mean) / (sqrt(square) * power.y + ${float(epsilon)});`,
  };
}

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
    ...(betas === undefined && typeof optimizer.rate === 'number'
      ? []
      : [{ name: 'powers', use: 'read', type: 'array<vec4f>' } as const]),
  ];
}

/**
 * `fn updated(run, p, old, gradient, step) -> f32`: the new value of a run's parameter p after the step that is this
 * dispatch's `step`-th from 0. `powers` are 1 / (1 - beta1^t), 1 / sqrt(1 - beta2^t) and
 * the rate where a schedule gives it, from the host, which has more digits.
 */
export function ruleCode(optimizer: Optimizer, parameters: number): string {
  return /* wgsl */ `
fn updated(run: u32, p: u32, old: f32, raw: f32, step: u32) -> f32 {
  let rate = ${typeof optimizer.rate === 'number' ? 'runs[run].rate' : 'powers[step].z'};
  let gradient = ${optimizer.kind === 'adamw' ? 'raw' : 'raw + runs[run].decay * old'};
${byRule(rules, optimizer).code(parameters)}
}`;
}
