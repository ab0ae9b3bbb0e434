/**
 * Parameters rounded to multiples of a quantum of their layer's, so that a network does what it did: its curve moves by less than can be
 * seen, and every relu unit stays on, or off, at every input. Plain rounding would move elbows across inputs, and each
 * one that passes an input is another row of the gradient features: another rank, though nothing else looks different.
 */
import { activateAll } from './activation.js';
import { ForwardPass, type Layer, layersOf } from './forward.js';
import type { Network } from './network.js';

/** A unit's bias and one of its incoming weights, as multiples of the quantum by which they are to change. */
interface Change {
  readonly bias: number;
  readonly weight: number;
  /** Which of the incoming weights; any when it is not to change. */
  readonly from: number;
}

/** How far, in quanta, a weight may be moved where moving the bias alone does not do. */
const furthest = 8;

/**
 * Rounds the parameters; `quanta` are those of the linear layers, the output layer last. A relu or leaky-relu unit that would change sides at one of the inputs has its bias moved to the
 * next multiple with which it does not, and, if there is none, one of its weights by a few quanta. Where not even that
 * helps, because two inputs are nearer to each other than the quantum can tell apart, it is rounded plainly.
 */
export function roundParameters(
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
  quanta: readonly number[],
): Float64Array {
  const rounded = parameters.slice();
  layersOf(network).forEach(({ inputs: width, outputs, weight }, l) => {
    // A layer's biases stand behind its weights.
    for (let at = weight; at < weight + (width + 1) * outputs; at++)
      rounded[at] = Math.round(parameters[at]! / quanta[l]!) * quanta[l]!;
  });
  if (network.activation !== 'relu' && network.activation !== 'leaky-relu') return rounded;
  const n = inputs.length / network.inputs;
  const exact = new ForwardPass(network, n);
  exact.run(parameters, inputs, n);
  let from = inputs;
  for (const [l, layer] of exact.layers.slice(0, -1).entries()) {
    const before = new Float64Array(n * layer.outputs);
    for (let unit = 0; unit < layer.outputs; unit++) {
      const on = Array.from({ length: n }, (_, i) => exact.before[l]![i * layer.outputs + unit]! > 0);
      roundUnit(layer, unit, { from, on, quantum: quanta[l]! }, rounded).forEach((value, i) => {
        before[i * layer.outputs + unit] = value;
      });
    }
    from = new Float64Array(before.length);
    activateAll(network.activation, before, from, before.length);
  }
  return rounded;
}

interface Sides {
  /** What comes into the layer, a row per input. */
  readonly from: Float64Array;
  /** By input, whether the unit is on. */
  readonly on: readonly boolean[];
  readonly quantum: number;
}

/** Settles one unit's parameters among those that are rounded already; gives its pre-activations. */
function roundUnit(layer: Layer, unit: number, { from, on, quantum }: Sides, rounded: Float64Array): Float64Array {
  const weights = layer.weight + unit * layer.inputs;
  const sums = new Float64Array(on.length);
  for (let i = 0; i < sums.length; i++) {
    for (let k = 0; k < layer.inputs; k++) sums[i] = sums[i]! + rounded[weights + k]! * from[i * layer.inputs + k]!;
  }
  const bias = Math.round(rounded[layer.bias + unit]! / quantum);
  /** By how much the bias has to change when a weight does; undefined when no change of it is enough. */
  const biasWith = (weight: number, k: number): number | undefined => {
    let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let i = 0; i < sums.length; i++) {
      const zero = -(sums[i]! + weight * quantum * from[i * layer.inputs + k]!);
      if (on[i]!) least = Math.max(least, zero);
      else most = Math.min(most, zero);
    }
    // A thousandth away from the very edge, so that no rounding of a sum decides.
    const [first, last] = [Math.ceil(least / quantum + 1e-3), Math.floor(most / quantum - 1e-3)];
    return first > last ? undefined : Math.min(last, Math.max(first, bias)) - bias;
  };
  const { weight, from: k, bias: moved } = smallestChange(layer.inputs, biasWith);
  rounded[weights + k] = rounded[weights + k]! + weight * quantum;
  rounded[layer.bias + unit] = (bias + moved) * quantum;
  return sums.map((sum, i) => sum + weight * quantum * from[i * layer.inputs + k]! + (bias + moved) * quantum);
}

function smallestChange(weights: number, biasWith: (weight: number, k: number) => number | undefined): Change {
  const alone = biasWith(0, 0);
  if (alone !== undefined) return { bias: alone, weight: 0, from: 0 };
  for (let size = 1; size <= furthest; size++) {
    let best: Change | undefined;
    for (let from = 0; from < weights; from++) {
      for (const weight of [size, -size]) {
        const bias = biasWith(weight, from);
        if (bias !== undefined && Math.abs(bias) < Math.abs(best?.bias ?? Number.POSITIVE_INFINITY))
          best = { bias, weight, from };
      }
    }
    if (best !== undefined) return best;
  }
  return { bias: 0, weight: 0, from: 0 };
}
