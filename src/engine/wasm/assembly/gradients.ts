/** In float64: the network's outputs, its gradients with respect to the parameters, and their inner products. */
import { padded, reserve } from './memory';
import { FROM_ZERO, multiply, transpose } from './multiply';
import { depth, layerAt } from './network';
import { backward, forward } from './pass';

/** The outputs at `count` inputs (feature-major at `input`). Returns where they are. */
export function outputs(input: usize, count: i32): usize {
  forward<f64>(input, count);
  return layerAt(depth - 1).after;
}

/** The deltas of every layer for an output derivative of 1. */
function allDeltas(input: usize, count: i32): void {
  forward<f64>(input, count);
  const last = layerAt(depth - 1).delta;
  for (let i = 0; i < padded(count); i += 1) store<f64>(last + ((<usize>i) << 3), i < count ? 1 : 0);
  backward<f64>(count, 0);
}

/** A row of the Jacobian for each of `count` inputs: count x d at `to`, parameters in PyTorch's order. */
export function jacobian(input: usize, count: i32, to: usize, d: i32): void {
  allDeltas(input, count);
  const row = <usize>padded(count) << 3;
  let offset: usize = 0;
  for (let l = 0; l < depth; l += 1) {
    const layer = layerAt(l);
    const inputs = layer.inputs;
    const outs = layer.outputs;
    const rowsStep = <usize>padded(inputs) << 3;
    const deltasStep = <usize>padded(outs) << 3;
    transpose<f64>(inputs, count, l === 0 ? input : layerAt(l - 1).after, row, layer.rows, rowsStep);
    transpose<f64>(outs, count, layer.delta, row, layer.deltaRows, deltasStep);
    for (let i = 0; i < count; i += 1) {
      const from = layer.rows + <usize>i * rowsStep;
      const deltas = layer.deltaRows + <usize>i * deltasStep;
      let at = to + ((<usize>i * <usize>d + offset) << 3);
      for (let j = 0; j < outs; j += 1) {
        const delta = load<f64>(deltas + ((<usize>j) << 3));
        const both = f64x2.splat(delta);
        let k = 0;
        for (; k + 2 <= inputs; k += 2) v128.store(at + ((<usize>k) << 3), f64x2.mul(both, v128.load(from + ((<usize>k) << 3))));
        if (k < inputs) store<f64>(at + ((<usize>k) << 3), delta * load<f64>(from + ((<usize>k) << 3)));
        at += (<usize>inputs) << 3;
      }
      memory.copy(at, deltas, (<usize>outs) << 3);
    }
    offset += <usize>outs * <usize>inputs + <usize>outs;
  }
}

/**
 * The inner products of the gradients at n inputs, all at once: n x padded(n) at `to`. A fully connected layer that
 * takes a and gives deltas e contributes (a a' + 1) (e e'), the 1 for its bias, so no gradient is ever formed.
 */
export function gram(input: usize, n: i32, to: usize): void {
  allDeltas(input, n);
  const wide = padded(n);
  const row = <usize>wide << 3;
  const ofInputs = reserve(<usize>n * row);
  const ofDeltas = reserve(<usize>n * row);
  memory.fill(to, 0, <usize>n * row);
  for (let l = 0; l < depth; l += 1) {
    const layer = layerAt(l);
    const from = l === 0 ? input : layerAt(l - 1).after;
    multiply<f64>(n, wide, layer.inputs, from, 8, row, from, row, ofInputs, row, FROM_ZERO, 0);
    multiply<f64>(n, wide, layer.outputs, layer.delta, 8, row, layer.delta, row, ofDeltas, row, FROM_ZERO, 0);
    const one = f64x2.splat(1);
    for (let at: usize = 0; at < <usize>n * row; at += 16) {
      const part = f64x2.mul(f64x2.add(v128.load(ofInputs + at), one), v128.load(ofDeltas + at));
      v128.store(to + at, f64x2.add(v128.load(to + at), part));
    }
  }
}
