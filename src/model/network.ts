/**
 * The shape of a fully connected network and the order of its parameters.
 *
 * A network with hidden widths [h1, h2] is torch.nn.Sequential(Linear, activation, Linear, activation, Linear), so
 * its parameters are named 0.weight, 0.bias, 2.weight, 2.bias, 4.weight, 4.bias, and lie flat in that order, weights
 * row-major [out, in].
 */

/**
 * PyTorch's definitions: leaky-relu has slope 0.01, gelu is the exact one (erf), softplus has beta 1. What each engine computes
 * for a name stands in a table that the compiler holds to this list.
 */
export const activations = [
  'relu',
  'leaky-relu',
  'tanh',
  'gelu',
  'softplus',
  'identity',
  'sigmoid',
  'silu',
  'erf',
  'sine',
] as const;
export type Activation = (typeof activations)[number];

export interface Network {
  readonly inputs: number;
  readonly hidden: readonly number[];
  /** Of all hidden units, or one for each hidden layer. */
  readonly activation: Activation | readonly Activation[];
  /** How many numbers come out; 1 when absent. */
  readonly outputs?: number;
}

/** The activation of each hidden layer. Throws a RangeError where as many are named as there are not layers. */
export function activationsOf({ hidden, activation }: Pick<Network, 'hidden' | 'activation'>): readonly Activation[] {
  if (typeof activation === 'string') return hidden.map(() => activation);
  if (activation.length !== hidden.length)
    throw new RangeError(`${activation.length} activations are not one for each of ${hidden.length} hidden layers`);
  return activation;
}

/** How many numbers a network gives for one input. */
export function outputsOf({ outputs = 1 }: Pick<Network, 'outputs'>): number {
  return outputs;
}

/** One weight matrix ([out, in]) or bias vector ([out]) and where it lies in the flat parameters. */
export interface ParameterBlock {
  /** As PyTorch names it: "0.weight". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** The blocks of a network's flat parameters, in order. */
export function parameterLayout(network: Network): ParameterBlock[] {
  const widths = [network.inputs, ...network.hidden, outputsOf(network)];
  const blocks: ParameterBlock[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[]): void => {
    const size = shape.reduce((product, length) => product * length, 1);
    blocks.push({ name, shape, offset, size });
    offset += size;
  };
  widths.slice(1).forEach((out, layer) => {
    add(`${2 * layer}.weight`, [out, widths[layer]!]);
    add(`${2 * layer}.bias`, [out]);
  });
  return blocks;
}

/** How many parameters a network has. */
export function parameterCount(network: Network): number {
  return parameterLayout(network).reduce((sum, block) => sum + block.size, 0);
}

/** The subscripts by which a block's parameters are named: the input's index is left out where there is only one. */
export function parameterSubscripts({ shape }: ParameterBlock): readonly number[] {
  return shape.length === 2 && shape[1] === 1 ? shape.slice(0, 1) : shape;
}

/** A single parameter's name, counted from 0: 0.weight[3] into a layer from one number, 2.weight[3,7] otherwise. */
export function parameterName(block: ParameterBlock, position: number): string {
  const shape = parameterSubscripts(block);
  const last = shape.at(-1) ?? 1;
  return shape.length === 1
    ? `${block.name}[${position}]`
    : `${block.name}[${Math.floor(position / last)},${position % last}]`;
}

/** A hidden unit, and where the weights into it, its bias and the weights out of it lie in the flat parameters. */
export interface Unit {
  /** Of the hidden layers, from 0. */
  readonly layer: number;
  /** In its layer, from 0. */
  readonly index: number;
  readonly parameters: readonly number[];
}

/** The hidden units, layer by layer. */
export function hiddenUnits(network: Network): Unit[] {
  const layout = parameterLayout(network);
  return network.hidden.flatMap((width, layer) => {
    const [weights, biases, next] = [layout[2 * layer]!, layout[2 * layer + 1]!, layout[2 * layer + 2]!];
    const into = weights.size / width;
    return Array.from({ length: width }, (_, index) => ({
      layer,
      index,
      parameters: [
        ...Array.from({ length: into }, (_, from) => weights.offset + index * into + from),
        biases.offset + index,
        ...Array.from({ length: next.size / width }, (_, to) => next.offset + to * width + index),
      ],
    }));
  });
}
