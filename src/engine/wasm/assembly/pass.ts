/** Forward and backward through the network, for `count` samples at a time. */
import { activate } from './activation';
import { RELU } from './codes';
import { dot, dotFour, FROM_BIAS, FROM_C, FROM_ZERO, multiply, total, totalOfFour, transpose } from './multiply';
import { depth, FEW, layerAt } from './network';
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
    const far = <usize>layer.stride * s;
    const outputStep = layer.byInput ? s : far;
    const inputStep = layer.byInput ? far : s;
    multiply<T>(outputs, wide, layer.inputs, layer.weight, outputStep, inputStep, from, row, layer.after, row, FROM_BIAS, layer.bias);
    if (l < depth - 1) activate<T>(layer.activation, <usize>outputs * row, layer.after, layer.slope);
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
    if (below.activation === RELU) {
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
 * with `more`) as far behind each parameter as `distance` says. Float32. Layer 0's `rows` are the caller's.
 */
export function addGradient(input: usize, count: i32, first: i32, distance: usize, more: bool): void {
  const wide = padded(count);
  const row = (<usize>wide) << 2;
  for (let l = first; l < depth; l += 1) {
    const layer = layerAt(l);
    const from = l === 0 ? input : layerAt(l - 1).after;
    const inputs = layer.inputs;
    const outputs = layer.outputs;
    const stride = layer.stride;
    const weight = layer.weight + distance;
    if (outputs === 1) {
      dots(inputs, row, layer.delta, from, row, weight, more);
    } else if (inputs < FEW) {
      for (let k = 0; k < inputs; k += 1) {
        const x = from + <usize>k * row;
        if (stride === 1) {
          dots(outputs, row, x, layer.delta, row, weight, more);
        } else {
          for (let j = 0; j < outputs; j += 1) {
            put(weight + ((<usize>(j * stride + k)) << 2), dot<f32>(row, x, layer.delta + <usize>j * row), more);
          }
        }
      }
    } else {
      const step = (<usize>stride) << 2;
      if (l > 0) transpose<f32>(inputs, count, from, row, layer.rows, step);
      multiply<f32>(outputs, stride, count, layer.delta, row, 4, layer.rows, step, weight, step, more ? FROM_C : FROM_ZERO, 0);
    }
    totals(outputs, row, layer.delta, layer.bias + distance, more);
  }
}

// @ts-ignore: decorator
@inline
function put(at: usize, sum: f32, more: bool): void {
  store<f32>(at, more ? load<f32>(at) + sum : sum);
}

// @ts-ignore: decorator
@inline
function putFour(at: usize, sums: v128, more: bool): void {
  v128.store(at, more ? f32x4.add(v128.load(at), sums) : sums);
}

/** The sums of the products of x with each of `count` rows, to consecutive places. */
function dots(count: i32, bytes: usize, x: usize, rows: usize, row: usize, to: usize, more: bool): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) putFour(to + ((<usize>j) << 2), dotFour(bytes, x, rows + <usize>j * row, row), more);
  for (; j < count; j += 1) put(to + ((<usize>j) << 2), dot<f32>(bytes, x, rows + <usize>j * row), more);
}

/** The sum of each of `count` rows, to consecutive places. */
function totals(count: i32, row: usize, rows: usize, to: usize, more: bool): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) putFour(to + ((<usize>j) << 2), totalOfFour(row, rows + <usize>j * row, row), more);
  for (; j < count; j += 1) put(to + ((<usize>j) << 2), total<f32>(row, rows + <usize>j * row), more);
}
