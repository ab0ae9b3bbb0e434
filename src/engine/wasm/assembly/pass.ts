/** Forward and backward through the network, for `count` samples at a time. */
import { activate, RELU } from './activation';
import { dot, FROM_BIAS, FROM_C, FROM_ZERO, multiply, total, transpose } from './multiply';
import { activation, depth, FEW, layerAt } from './network';
import { padded } from './memory';

/** From the inputs (feature-major) to the outputs. Each sum starts with the bias and goes on in the order of the inputs. */
export function forward<T>(input: usize, count: i32): void {
  const s: usize = sizeof<T>();
  const wide = padded(count);
  const row = <usize>wide * s;
  let from = input;
  for (let l = 0; l < depth; l += 1) {
    const layer = layerAt(l);
    const outputs = layer.outputs;
    multiply<T>(outputs, wide, layer.inputs, layer.weight, <usize>layer.stride * s, s, from, row, layer.after, row, FROM_BIAS, layer.bias);
    if (l < depth - 1) activate<T>(activation, <usize>outputs * row, layer.after, layer.slope);
    from = layer.after;
  }
}

/** From the deltas of the last layer to those of layer `first`. Deltas beyond `count` must be, and become, zero. */
export function backward<T>(count: i32, first: i32): void {
  const s: usize = sizeof<T>();
  const wide = padded(count);
  const row = <usize>wide * s;
  for (let l = depth - 1; l > first; l -= 1) {
    const layer = layerAt(l);
    const below = layerAt(l - 1);
    multiply<T>(layer.inputs, wide, layer.outputs, layer.weight, s, <usize>layer.stride * s, layer.delta, row, below.delta, row, FROM_ZERO, 0);
    const bytes = <usize>below.outputs * row;
    const delta = below.delta;
    if (activation === RELU) {
      const after = below.after;
      const zero = v128.splat<T>(<T>0);
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(delta + at, v128.and(v128.load(delta + at), v128.gt<T>(v128.load(after + at), zero)));
      }
    } else {
      const slope = below.slope;
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(delta + at, v128.mul<T>(v128.load(delta + at), v128.load(slope + at)));
      }
    }
  }
}

/**
 * The derivative with respect to the parameters of the layers from `first` on, summed over the samples, put (or added,
 * with `more`) as far behind each parameter as `gradients` is behind `parameters`. Layer 0's `rows` are the caller's.
 */
export function addGradient<T>(input: usize, count: i32, first: i32, distance: usize, more: bool): void {
  const s: usize = sizeof<T>();
  const wide = padded(count);
  const row = <usize>wide * s;
  for (let l = first; l < depth; l += 1) {
    const layer = layerAt(l);
    const from = l === 0 ? input : layerAt(l - 1).after;
    const inputs = layer.inputs;
    const outputs = layer.outputs;
    const stride = layer.stride;
    const weight = layer.weight + distance;
    const bias = layer.bias + distance;
    if (inputs < FEW || outputs === 1) {
      for (let j = 0; j < outputs; j += 1) {
        const delta = layer.delta + <usize>j * row;
        for (let k = 0; k < inputs; k += 1) {
          const at = weight + <usize>(j * stride + k) * s;
          const sum = dot<T>(row, delta, from + <usize>k * row);
          store<T>(at, more ? <T>(load<T>(at) + sum) : sum);
        }
      }
    } else {
      if (l > 0) transpose<T>(inputs, count, from, row, layer.rows, <usize>stride * s);
      multiply<T>(outputs, stride, count, layer.delta, row, s, layer.rows, <usize>stride * s, weight, <usize>stride * s, more ? FROM_C : FROM_ZERO, 0);
    }
    for (let j = 0; j < outputs; j += 1) {
      const at = bias + <usize>j * s;
      const sum = total<T>(row, layer.delta + <usize>j * row);
      store<T>(at, more ? <T>(load<T>(at) + sum) : sum);
    }
  }
}
