/** Gradients of the output at each input, from the activations and deltas of a pass with one run. */
import type { Binding, KernelSource } from '../device.js';
import { tiledProduct } from './tiled-product.js';

const read = (name: string): Binding => ({ name, use: 'read', type: 'array<f32>' });

/** Sets the first deltas: the output's derivative with respect to itself is 1. */
export const onesKernel: KernelSource = {
  label: 'ones',
  bindings: [{ name: 'delta', use: 'write', type: 'array<f32>' }],
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&delta)) { delta[id.x] = 1.0; }
}`,
};

/** One layer's part of the Jacobian's rows: delta x input, and delta for its bias. One invocation a parameter and row. */
export const jacobianKernel: KernelSource = {
  label: 'jacobian',
  bindings: [
    { name: 'shape', use: 'uniform', type: 'LayerShape' },
    read('input'),
    read('delta'),
    { name: 'rows', use: 'write', type: 'array<f32>' },
  ],
  code: /* wgsl */ `
struct LayerShape { inputs: u32, outputs: u32, weight: u32, bias: u32, total: u32, columns: u32, unused1: u32, unused2: u32 }
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = id.y;
  let count = shape.outputs * (shape.inputs + 1u);
  for (var index = id.x; index < count; index += groups.x * 64u) {
    let unit = index / (shape.inputs + 1u);
    let place = index % (shape.inputs + 1u);
    let slope = delta[unit * shape.columns + row];
    if (place < shape.inputs) {
      rows[row * shape.total + shape.weight + unit * shape.inputs + place] = slope * input[place * shape.columns + row];
    } else {
      rows[row * shape.total + shape.bias + unit] = slope;
    }
  }
}`,
};

const gramBindings = (name: string): Binding[] => [
  { name: 'shape', use: 'uniform', type: 'LayerShape' },
  read(name),
  { name: 'products', use: 'write', type: 'array<vec2f>' },
];
const layerType = /* wgsl */ `
struct LayerShape { inputs: u32, outputs: u32, weight: u32, bias: u32, total: u32, columns: u32, firstTile: u32, unused2: u32 }`;

/** The inner products of a layer's deltas at every pair of columns, in double-single. */
export const deltaProductsKernel: KernelSource = tiledProduct({
  label: 'products of deltas',
  bindings: gramBindings('delta'),
  header: layerType,
  rows: 'shape.columns',
  inner: 'shape.outputs',
  firstTile: 'shape.firstTile',
  columns: 'shape.columns',
  left: 'delta[k * shape.columns + row]',
  leftAlong: 'row',
  right: 'delta[k * shape.columns + column]',
  rightAlong: 'column',
  use: 'products[row * shape.columns + column] = sum;',
  precision: 'double',
});

/** Adds a layer to the Gram matrix: the inner products of its inputs, and 1 for the bias, times those of its deltas. */
export const gramKernel: KernelSource = tiledProduct({
  label: 'gram',
  bindings: [...gramBindings('input'), { name: 'sums', use: 'write', type: 'array<vec2f>' }],
  header: layerType,
  rows: 'shape.columns',
  inner: '(shape.inputs + 1u)',
  firstTile: 'shape.firstTile',
  columns: 'shape.columns',
  left: 'select(1.0, input[min(k, shape.inputs - 1u) * shape.columns + row], k < shape.inputs)',
  leftAlong: 'row',
  right: 'select(1.0, input[min(k, shape.inputs - 1u) * shape.columns + column], k < shape.inputs)',
  rightAlong: 'column',
  use: /* wgsl */ `let at = row * shape.columns + column;
  sums[at] = plus(sums[at], times(products[at], sum));`,
  precision: 'double',
});

/** The product of two row-major matrices in double-single. */
export const productKernel: KernelSource = tiledProduct({
  label: 'product',
  bindings: [
    { name: 'size', use: 'uniform', type: 'vec4u' },
    { name: 'a', use: 'read', type: 'array<vec2f>' },
    { name: 'b', use: 'read', type: 'array<vec2f>' },
    { name: 'result', use: 'write', type: 'array<vec2f>' },
  ],
  rows: 'size.x',
  inner: 'size.y',
  firstTile: 'size.w',
  columns: 'size.z',
  left: 'a[row * size.y + k]',
  leftAlong: 'k',
  right: 'b[k * size.z + column]',
  rightAlong: 'column',
  use: 'result[row * size.z + column] = sum;',
  precision: 'double-factors',
});
