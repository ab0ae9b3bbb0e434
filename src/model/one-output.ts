/** One output of a network of several, as a network by itself: the hidden layers, and its own row of the last one. */
import { outputsOf, type Network, parameterCount, parameterLayout } from './network.js';

/** The network that has only the one output. */
export function networkOfOutput({ inputs, hidden, activation }: Network): Network {
  return { inputs, hidden, activation };
}

/** Where each of that network's parameters lies among those of the whole one. Of a network of one output all, in order. */
export function placesOfOutput(network: Network, output: number): Int32Array {
  const layout = parameterLayout(network);
  const [weight, bias] = [layout.at(-2), layout.at(-1)];
  if (weight === undefined || bias === undefined) throw new Error('a network has an output layer');
  const width = weight.size / outputsOf(network);
  return Int32Array.from({ length: parameterCount(networkOfOutput(network)) }, (_, index) => {
    const into = index - weight.offset;
    if (into < 0) return index;
    return into < width ? weight.offset + output * width + into : bias.offset + output;
  });
}

/** A network whose output is the second of two less the first, by which their softmax tells the classes apart; one of one output as it is. */
export function differenceOfTwo(
  network: Network,
  parameters: Float64Array,
): { readonly network: Network; readonly parameters: Float64Array } {
  if (outputsOf(network) === 1) return { network, parameters };
  const first = placesOfOutput(network, 0);
  const difference = Float64Array.from(placesOfOutput(network, 1), (place, index) => {
    const other = first[index] ?? place;
    return (parameters[place] ?? Number.NaN) - (other === place ? 0 : (parameters[other] ?? Number.NaN));
  });
  return { network: networkOfOutput(network), parameters: difference };
}

/** Rows of that network's gradients as rows of the whole one's: zero for what its output does not depend on. */
export function wholeGradients(rows: Float64Array, places: Int32Array, parameters: number): Float64Array {
  const count = rows.length / places.length;
  const whole = new Float64Array(count * parameters);
  for (let row = 0; row < count; row += 1)
    for (let j = 0; j < places.length; j += 1) whole[row * parameters + places[j]!] = rows[row * places.length + j]!;
  return whole;
}
