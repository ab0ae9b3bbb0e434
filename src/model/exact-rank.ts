/** The rank of the gradient features of one hidden layer of relu units over one input, without a decomposition. */
import { ForwardPass } from './forward.js';
import { activationsOf, type Network } from './network.js';

/**
 * The rank of the matrix of all gradient features at the given inputs, in exact arithmetic, from where the units switch
 * alone. Undefined where the law does not hold: unless the network has one input and one hidden layer of relu units, and
 * no output weight is zero.
 *
 * Between two neighbouring inputs at which the same units are on nothing bends: cut the sorted inputs at the others.
 * Every feature is affine in x on each segment, so the rank is at most the sum over the segments of min(2, inputs in it).
 * A unit that switches at a cut gives a step there, and the same step times x, a ramp. With the output bias's constant
 * the steps span all that is constant on each segment; the ramps and x span x times that. So the features and x together
 * span everything that is affine on each segment: the rank is the sum, less one if x is not in the features' span.
 */
export function exactRank(network: Network, parameters: Float64Array, inputs: Float64Array): number | undefined {
  const { hidden } = network;
  const [width] = hidden;
  const [activation] = activationsOf(network);
  if (network.inputs !== 1 || width === undefined || hidden.length > 1 || activation !== 'relu') return undefined;
  if (!parameters.every(Number.isFinite)) return undefined;
  // The output weights lie before the last number, the output bias.
  if (parameters.subarray(-1 - width, -1).includes(0)) return undefined;
  const segments = segmentsOf(network, parameters, Float64Array.from(new Set(inputs)).sort());
  const most = segments.reduce((sum, { inputs: count }) => sum + Math.min(2, count), 0);
  return most - (segments.length === 0 || spansInput(segments) ? 0 : 1);
}

/** Neighbouring inputs at which the same units are on. */
interface Segment {
  inputs: number;
  /** Whether some unit is on at all inputs. */
  readonly always: boolean;
  /** Which way the units face that switch at its left end: `rising` ones are on to the right of it. */
  readonly rising: boolean;
  readonly falling: boolean;
}

function segmentsOf(network: Network, parameters: Float64Array, sorted: Float64Array): Segment[] {
  const width = network.hidden[0]!;
  const pass = new ForwardPass(network, sorted.length);
  pass.run(parameters, sorted, sorted.length);
  const on = (input: number, unit: number): boolean => pass.before[0]![input * width + unit]! > 0;
  const units = Array.from({ length: width }, (_, unit) => unit);
  const last = sorted.length - 1;
  // A unit that is on at both ends is on between them.
  const always = last >= 0 && units.some((unit) => on(0, unit) && on(last, unit));
  const segments: Segment[] = [];
  for (let input = 0; input <= last; input++) {
    const rising = input > 0 && units.some((unit) => !on(input - 1, unit) && on(input, unit));
    const falling = input > 0 && units.some((unit) => on(input - 1, unit) && !on(input, unit));
    if (input === 0 || rising || falling) segments.push({ inputs: 1, always, rising, falling });
    else segments.at(-1)!.inputs++;
  }
  return segments;
}

/**
 * Whether x is a combination of the features. Constants on the segments are, so what is asked is whether a linear
 * functional on the multiples of x on each segment can be zero at every ramp and not at x. With p its sum over the
 * segments left of a cut, and P that over all of them, it is zero at the ramp of a falling unit if p = 0 and at that of a
 * rising one if p = P; on a segment of one input, where x is a constant, it is zero too. So there is one, and x is not a
 * combination, exactly if no unit is always on, at no cut both kinds switch, and at both ends of each segment of one
 * input p is the same: 0 at falling cuts and before the first input, P at rising cuts and after the last.
 */
function spansInput(segments: readonly Segment[]): boolean {
  if (segments[0]!.always) return true;
  return segments.some(({ inputs, rising, falling }, index) => {
    if (rising && falling) return true;
    const right = segments[index + 1]?.rising ?? true;
    return inputs === 1 && rising !== right;
  });
}
