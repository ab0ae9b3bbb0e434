/** Where a network of one input bends: the elbows of its units and, for piecewise linear activations, every kink. */
import { append } from '../shared/append.js';
import { slopesBelowZero } from './activation.js';
import { ForwardPass, type Layer, layersOf } from './forward.js';
import { activationsOf, type Network } from './network.js';

/** The elbow of a unit of the only hidden layer: relu(w x + b) times the output weight v. */
export interface FirstLayerElbow {
  readonly unit: number;
  /** -b / w, where the unit switches; not finite when w is 0. */
  readonly position: number;
  /** How much the slope of the network's output rises there: v |w| for relu, and less the slope below 0 for leaky-relu. */
  readonly kink: number;
}

/** The elbows of a network with one input and one hidden layer, by unit. Throws a RangeError for any other. */
export function firstLayerElbows(network: Network, parameters: Float64Array): FirstLayerElbow[] {
  if (network.inputs !== 1 || network.hidden.length !== 1) {
    throw new RangeError('these elbows are those of networks with one input and one hidden layer');
  }
  const [hidden, output] = layersOf(network) as [Layer, Layer];
  const bend = 1 - (slopesBelowZero(network)?.[0] ?? 0);
  return Array.from({ length: hidden.outputs }, (_, unit) => {
    const w = parameters[hidden.weight + unit]!;
    return {
      unit,
      position: -parameters[hidden.bias + unit]! / w,
      kink: parameters[output.weight + unit]! * Math.abs(w) * bend,
    };
  });
}

/** A point at which the output of a piecewise linear network changes its slope. */
export interface Kink {
  /** The hidden layer of the unit that switches there; the first is 0. */
  readonly layer: number;
  readonly unit: number;
  readonly position: number;
  /** The slope of the output on the right of it less that on the left, as far as this unit makes it. */
  readonly size: number;
}

/** As many kinks as a network of one input can have at most: between those of the layers before, each unit has one. */
export function mostKinks({ hidden }: Network): number {
  return hidden.reduce((pieces, width) => pieces * (width + 1), 1) - 1;
}

/** A sign change of a unit's pre-activation, and its slope there. */
interface Crossing {
  readonly layer: number;
  readonly unit: number;
  readonly position: number;
  readonly slope: number;
}

/**
 * Every point inside the domain at which a unit of a network with one input switches, in ascending order, found exactly
 * up to rounding. Layer by layer: between the switches of the layers before, a unit's pre-activation is linear, so its
 * zeros follow from its values at both ends. Units whose output reaches nothing have size 0. Throws a RangeError unless
 * the network has one input and its units bend at 0.
 */
export function findKinks(network: Network, parameters: Float64Array, domain: readonly [number, number]): Kink[] {
  if (network.inputs !== 1) throw new RangeError(`kinks lie on a line, but the network has ${network.inputs} inputs`);
  const slopes = slopesBelowZero(network);
  if (slopes === undefined) throw new RangeError(`a network with ${activationsOf(network).join(', ')} has no kinks`);
  let breaks = Float64Array.from(domain);
  const crossings: Crossing[] = [];
  for (let layer = 0; layer < network.hidden.length; layer++) {
    const found = crossingsOfLayer(network, parameters, layer, breaks);
    append(crossings, found);
    breaks = Float64Array.from(new Set([...breaks, ...found.map((crossing) => crossing.position)])).sort();
  }
  return outputKinks(network, parameters, crossings, slopes).sort((a, b) => a.position - b.position);
}

/** The sign changes of one layer's units, given points between which all layers before it are linear. */
function crossingsOfLayer(network: Network, parameters: Float64Array, layer: number, breaks: Float64Array): Crossing[] {
  const pass = new ForwardPass(network, breaks.length);
  pass.run(parameters, breaks, breaks.length);
  const width = network.hidden[layer]!;
  const values = pass.before[layer]!;
  const crossings: Crossing[] = [];
  for (let unit = 0; unit < width; unit++) {
    for (let i = 0; i + 1 < breaks.length; i++) {
      const [a, b] = [breaks[i]!, breaks[i + 1]!];
      const [left, right] = [values[i * width + unit]!, values[(i + 1) * width + unit]!];
      if (right === 0) {
        // A zero exactly at a break. Touching it without changing sign, or ending there, is no switch; a change of sign
        // takes its slope from the side where the unit is on.
        const next = values[(i + 2) * width + unit] ?? 0;
        if (left * next < 0) {
          const slope = left > 0 ? -left / (b - a) : next / (breaks[i + 2]! - b);
          crossings.push({ layer, unit, position: b, slope });
        }
      } else if (left < 0 ? right > 0 : left > 0 && right < 0) {
        const position = Math.min(b, Math.max(a, a + ((b - a) * left) / (left - right)));
        crossings.push({ layer, unit, position, slope: (right - left) / (b - a) });
      }
    }
  }
  return crossings;
}

/** What each switch does to the slope of the output: |slope of the unit| times the weight with which it reaches it. */
function outputKinks(
  network: Network,
  parameters: Float64Array,
  crossings: readonly Crossing[],
  slopes: readonly number[],
): Kink[] {
  const layers = layersOf(network);
  const positions = Float64Array.from(crossings, (crossing) => crossing.position);
  const pass = new ForwardPass(network, positions.length);
  pass.run(parameters, positions, positions.length);
  return crossings.map(({ layer, unit, position, slope }, i) => {
    // From the unit forward: how much each unit of a later layer moves when this unit's activation does.
    let reach = new Float64Array(layers[layer]!.outputs);
    reach[unit] = 1;
    for (let l = layer + 1; l < layers.length; l++) {
      const { inputs, outputs, weight } = layers[l]!;
      const next = new Float64Array(outputs);
      for (let j = 0; j < outputs; j++) {
        for (let k = 0; k < inputs; k++) next[j] = next[j]! + parameters[weight + j * inputs + k]! * reach[k]!;
        const hidden = l < layers.length - 1;
        if (hidden && pass.before[l]![i * outputs + j]! <= 0) next[j] = next[j]! * slopes[l]!;
      }
      reach = next;
    }
    return { layer, unit, position, size: Math.abs(slope) * (1 - slopes[layer]!) * reach[0]! };
  });
}
