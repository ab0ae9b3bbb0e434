/**
 * Parameters rounded to multiples of a quantum of their layer's, so that a network does what it did: its curve moves by
 * less than can be seen, and every relu unit stays on, or off, at every input. Plain rounding would move elbows across inputs, and each
 * one that passes an input is another row of the gradient features: another rank, though nothing else looks different.
 */
import { activateAll, slopesBelowZero } from './activation.js';
import { ForwardPass, type Layer, layersOf } from './forward.js';
import { activationsOf, type Network } from './network.js';

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
 * Rounds the parameters; `quanta` are those of the linear layers, the output layer last. A unit
 * that bends at 0 and would change sides at one of the inputs has its bias moved to the next multiple with which it does
 * not, and, if there is none, one of its weights by a few quanta. Where not even that helps, because two inputs are nearer
 * to each other than the quantum can tell apart, it is rounded plainly.
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
  if (slopesBelowZero(network) === undefined) return rounded;
  const n = inputs.length / network.inputs;
  const exact = new ForwardPass(network, n);
  exact.run(parameters, inputs, n);
  const activations = activationsOf(network);
  let from = byFeature(inputs, n, network.inputs);
  for (const [l, layer] of exact.layers.slice(0, -1).entries()) {
    const before = new Float64Array(n * layer.outputs);
    const sides = byFeature(exact.before[l]!, n, layer.outputs);
    for (let unit = 0; unit < layer.outputs; unit++) {
      const on = sides.subarray(unit * n, (unit + 1) * n);
      roundUnit(layer, unit, { from, on, quantum: quanta[l]! }, rounded, before.subarray(unit * n, (unit + 1) * n));
    }
    from = new Float64Array(before.length);
    activateAll(activations[l]!, before, from, before.length);
  }
  return rounded;
}

/** A row per input to a row per feature. */
function byFeature(rows: Float64Array, n: number, width: number): Float64Array {
  const columns = new Float64Array(n * width);
  for (let i = 0; i < n; i++) for (let k = 0; k < width; k++) columns[k * n + i] = rows[i * width + k]!;
  return columns;
}

interface Sides {
  /** What comes into the layer, a row per feature. */
  readonly from: Float64Array;
  /** By input, the unit's exact pre-activation: it is on where this is positive. */
  readonly on: Float64Array;
  readonly quantum: number;
}

/** Settles one unit's parameters among those that are rounded already; its pre-activations go to `sums`. */
function roundUnit(
  layer: Layer,
  unit: number,
  { from, on, quantum }: Sides,
  rounded: Float64Array,
  sums: Float64Array,
): void {
  const n = on.length;
  const weights = layer.weight + unit * layer.inputs;
  for (let k = 0; k < layer.inputs; k++) plusColumn(sums, rounded[weights + k]!, from, k * n);
  const bias = Math.round(rounded[layer.bias + unit]! / quantum);
  /** By how much the bias has to change when a weight does; undefined when no change of it is enough. */
  const biasWith = (weight: number, k: number): number | undefined => {
    const [least, most] = between(sums, on, weight * quantum, from, k * n);
    // A thousandth away from the very edge, so that no rounding of a sum decides.
    const [first, last] = [Math.ceil(least / quantum + 1e-3), Math.floor(most / quantum - 1e-3)];
    return first > last ? undefined : Math.min(last, Math.max(first, bias)) - bias;
  };
  const { weight, from: k, bias: moved } = smallestChange(layer.inputs, biasWith);
  rounded[weights + k] = rounded[weights + k]! + weight * quantum;
  rounded[layer.bias + unit] = (bias + moved) * quantum;
  for (let i = 0; i < n; i++) sums[i] = sums[i]! + weight * quantum * from[k * n + i]! + (bias + moved) * quantum;
}

/** Adds `factor` times the feature that begins at `at`. */
function plusColumn(sums: Float64Array, factor: number, from: Float64Array, at: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + factor * from[at + i]!;
}

/** Between which biases the unit is on and off where it is to be, with one weight changed; where the first is larger, none is. */
function between(
  sums: Float64Array,
  on: Float64Array,
  change: number,
  from: Float64Array,
  at: number,
): readonly [least: number, most: number] {
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (let i = 0; i < sums.length && least <= most; i++) {
    const zero = -(sums[i]! + change * from[at + i]!);
    if (on[i]! > 0) least = zero > least ? zero : least;
    else most = zero < most ? zero : most;
  }
  return [least, most];
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
