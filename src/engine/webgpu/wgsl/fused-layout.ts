/** How a training is laid out in a workgroup: what its lanes do at a time, and where its numbers lie in shared memory. */
import { type Layer, layersOf } from '../../../model/forward.js';
import { type Network, parameterCount } from '../../../model/network.js';
import type { Training } from '../../engine.js';

/** What the shape of a training's kernels depends on. */
export interface TrainingShape {
  readonly network: Network;
  readonly parameters: Training['parameters'];
  readonly optimizer: Training['optimizer'];
  readonly batches: Training['batches']['kind'];
  /** Samples in a minibatch. */
  readonly size: number;
}

/** Floats of shared memory for all but parameters and activations: partial sums of the most lanes, and some room. */
const reserved = 256 + 16;

/** How a training is laid out in a workgroup. */
export interface FusedLayout {
  /** Samples of a minibatch that are passed through at once. */
  readonly chunk: number;
  readonly chunks: number;
  /** Floats between the rows of two units: odd, so that lanes that read a column meet different banks. */
  readonly stride: number;
  readonly lanes: number;
}

/** The layout within so many shared bytes; undefined when the network does not fit, or its layers have activations of their own. */
export function fusedLayout(
  { network, parameters, size }: TrainingShape,
  sharedBytes: number,
): FusedLayout | undefined {
  if (typeof network.activation !== 'string') return undefined;
  const units = network.hidden.reduce((sum, width) => sum + width, 0);
  const rows = network.inputs + 3 + units * (parameters === 'all' ? 2 : 1);
  const free = Math.floor(sharedBytes / 4) - reserved - parameterCount(network);
  const most = Math.floor(free / rows) - 1;
  if (most < Math.min(size, 8)) return undefined;
  const chunks = Math.ceil(size / most);
  const chunk = Math.ceil(size / chunks);
  const work = chunk * Math.max(1, ...network.hidden.map((width) => Math.ceil(width / side)));
  return { chunk, chunks, stride: chunk | 1, lanes: work > 2048 ? 256 : work > 512 ? 128 : 64 };
}

/** Units or parameters of a lane at a time, where they are many. */
const side = 4;

/** The rows of shared memory: a row a unit, a column a sample. Places are those of a row's first float. */
export interface FusedRows {
  /** All of them, in floats. */
  readonly floats: number;
  /** Of the rows that go into a layer. */
  readonly before: (layer: number) => number;
  /** Of a hidden layer's values after the activation. */
  readonly output: (layer: number) => number;
  /** Of what a layer passes back; of a hidden layer the slopes until then. */
  readonly delta: (layer: number) => number;
  readonly target: number;
  /** The input whose weight is a bias. */
  readonly ones: number;
}

/** A training's kernel in numbers: what each part of its code is made of. */
export interface FusedKernel extends FusedLayout {
  readonly shape: TrainingShape;
  readonly layers: readonly Layer[];
  readonly last: number;
  /** The first layer whose parameters move. */
  readonly first: number;
  readonly rows: FusedRows;
}

export function fusedKernel(shape: TrainingShape, layout: FusedLayout): FusedKernel {
  const layers = layersOf(shape.network);
  const last = layers.length - 1;
  const first = shape.parameters === 'all' ? 0 : last;
  return { ...layout, shape, layers, last, first, rows: rowsOf(shape.network, first === 0, layout.stride) };
}

function rowsOf({ inputs, hidden: widths }: Network, goesBack: boolean, stride: number): FusedRows {
  let rows = 0;
  const place = (count: number): number => {
    const at = rows;
    rows += count;
    return at * stride;
  };
  const input = place(inputs);
  const hidden = widths.map((width) => ({ output: place(width), delta: goesBack ? place(width) : 0 }));
  const [delta, target, ones] = [place(1), place(1), place(1)];
  const output = (layer: number): number => hidden[layer]?.output ?? input;
  return {
    floats: rows * stride,
    before: (layer) => output(layer - 1),
    output,
    delta: (layer) => hidden[layer]?.delta ?? delta,
    target,
    ones,
  };
}

/** How many of `count` units or parameters a lane takes at once, when each block of them comes `times` times. */
export function blockOf({ lanes }: FusedLayout, count: number, times: number): number {
  return Math.ceil(count / side) * times >= lanes ? side : 1;
}
