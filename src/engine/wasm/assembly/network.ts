/**
 * The network being worked on: its layers, their parameters, and room for what a pass computes. Numbers of a pass lie
 * feature by feature, samples side by side ("feature-major"), so that vectors run along the samples.
 */
import { FORWARD, GRADIENT, JACOBIAN, RELU } from './codes';
import { padded, reserve } from './memory';
import { openPanel } from './multiply';

// @ts-ignore: decorator
@unmanaged
export class Layer {
  inputs: i32;
  outputs: i32;
  /**
   * Numbers from one output's weights to the next's: a whole number of vectors, or `inputs` when those are few; where
   * weights lie `byInput`, from one input's to the next's.
   */
  stride: i32;
  weight: usize;
  bias: usize;
  byInput: bool;
  /** What its units do; of the last layer nothing. */
  activation: i32;
  /** What the layer gives after its activation: outputs x columns. */
  after: usize;
  /** The activation's derivatives, or 0 where `after` tells them. */
  slope: usize;
  /** The derivative with respect to what goes into the activation: outputs x columns. */
  delta: usize;
  /** What goes into the layer, sample by sample: columns x stride; 0 where nothing needs it. */
  rows: usize;
  /** The deltas, sample by sample: columns x outputs, padded; 0 where nothing needs it. */
  deltaRows: usize;
}

/** Fewer inputs than this are handled one by one. */
export const FEW = 4;

const table: usize = reserve(72 * sizeof<usize>());
export let depth: i32 = 0;
/** The most samples of one pass. */
export let columns: i32 = 0;
/** Whether kinks.ts trains this network. */
export let hasKinks: bool = false;
/** All parameters, padded: `parameterBytes` bytes. */
export let parameters: usize = 0;
export let parameterBytes: usize = 0;

// @ts-ignore: decorator
@inline
export function layerAt(l: i32): Layer {
  return changetype<Layer>(load<usize>(table + <usize>l * sizeof<usize>()));
}

export function addLayer(inputs: i32, outputs: i32, activation: i32): void {
  const layer = changetype<Layer>(reserve(offsetof<Layer>()));
  layer.inputs = inputs;
  layer.outputs = outputs;
  layer.stride = inputs < FEW ? inputs : padded(inputs);
  layer.byInput = false;
  layer.activation = activation;
  store<usize>(table + <usize>depth * sizeof<usize>(), changetype<usize>(layer));
  depth += 1;
}

/** Makes room for the parameters (zero) and for passes over up to `most` samples. */
export function openNetwork<T>(most: i32, purpose: i32): void {
  if (purpose !== FORWARD && purpose !== GRADIENT && purpose !== JACOBIAN) unreachable();
  const s: usize = sizeof<T>();
  columns = padded(most);
  hasKinks = s === 4 && purpose === GRADIENT && depth === 3 && layerAt(0).inputs === 1 && layerAt(2).outputs === 1
    && layerAt(0).activation === RELU && layerAt(1).activation === RELU;
  if (hasKinks) {
    const layer = layerAt(1);
    layer.byInput = true;
    layer.stride = padded(layer.outputs);
  }
  parameterBytes = 0;
  for (let l = 0; l < depth; l += 1) {
    const layer = layerAt(l);
    layer.weight = parameterBytes;
    const rows = layer.byInput ? layer.inputs : layer.outputs;
    parameterBytes += ((<usize>rows * <usize>layer.stride + 3) & ~3) * s;
    layer.bias = parameterBytes;
    parameterBytes += <usize>padded(layer.outputs) * s;
  }
  parameters = reserve(parameterBytes + 16);
  let longest = columns;
  for (let l = 0; l < depth; l += 1) {
    const layer = layerAt(l);
    longest = max(longest, max(layer.inputs, layer.outputs));
    layer.weight += parameters;
    layer.bias += parameters;
    const room = <usize>layer.outputs * <usize>columns * s + 32;
    layer.after = reserve(room);
    if (purpose === FORWARD) continue;
    layer.delta = reserve(room);
    layer.slope = layer.activation === RELU || l === depth - 1 ? 0 : reserve(room);
    if (purpose === JACOBIAN || (layer.inputs >= FEW && (layer.outputs > 1 || l === 0))) {
      layer.rows = reserve(<usize>columns * <usize>padded(layer.inputs) * s);
    }
    if (purpose === JACOBIAN) layer.deltaRows = reserve(<usize>columns * <usize>padded(layer.outputs) * s);
  }
  openPanel<T>(longest);
}
