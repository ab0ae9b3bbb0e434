/** Outputs, gradients and linear algebra on the device: networks in float32, all sums beyond them in double-single. */
import { checkOneOutput, checkShapes } from '../../model/forward.js';
import { type Network, parameterCount } from '../../model/network.js';
import { checkMatrix, NotConverged, scaling } from '../check-matrix.js';
import { checkProduct } from '../check-product.js';
import type { Svd } from '../engine.js';
import { completeBasis } from './complete-basis.js';
import { type Buffers, type Device, type Kernel, OutOfDeviceMemory } from './device.js';
import { fromPairs, toPairs } from './double-single.js';
import { openPass, type Pass } from './forward-pass.js';
import { passColumns } from './measure.js';
import { nextSize } from './pace.js';
import { deltaProductsKernel, gramKernel, jacobianKernel, onesKernel, productKernel } from './wgsl/gradients.js';
import { blockVectors, nothing, rotateKernel } from './wgsl/jacobi.js';
import { tiles } from './wgsl/tiled-product.js';

/** Inputs first..first+columns, a row for each feature, zeros beyond the last. */
function turned(inputs: Float64Array, features: number, first: number, columns: number): Float32Array<ArrayBuffer> {
  const block = new Float32Array(features * columns);
  const count = Math.min(columns, inputs.length / features - first);
  for (let column = 0; column < count; column += 1) {
    for (let k = 0; k < features; k += 1) block[k * columns + column] = inputs[(first + column) * features + k]!;
  }
  return block;
}

/** Parameters in float32, unless they are more than a buffer can hold. */
function inSingle(device: Device, parameters: Float64Array): Float32Array {
  if (4 * parameters.length <= device.mostBytes) return Float32Array.from(parameters);
  throw new OutOfDeviceMemory(`${parameters.length} parameters are more than a buffer of the device can hold`);
}

function dispatch(
  pass: GPUComputePassEncoder,
  kernel: Kernel,
  bind: GPUBindGroup,
  groups: readonly [number, number, number],
): void {
  pass.setPipeline(kernel.pipeline);
  pass.setBindGroup(0, bind);
  pass.dispatchWorkgroups(...groups);
}

/** Of a product that goes in slices: its kernel and buffers, and the uniform that holds at `offset` where a slice starts. */
interface Sliced {
  readonly kernel: Kernel;
  readonly bind: GPUBindGroup;
  readonly uniform: GPUBuffer;
  readonly offset: number;
  readonly groups: readonly [columns: number, rows: number, runs: number];
}

/**
 * The product in slices of rows of tiles, each a submission as long as the device takes patiently: some drivers end what takes more
 * than two seconds. `size` is the first slice; returns the size that the next one may have. Every entry is summed as in one piece, so
 * that its bits are the same. Rejects with the signal's reason between slices.
 */
async function inSlices(
  device: Device,
  { kernel, bind, uniform, offset, groups: [across, rows, runs] }: Sliced,
  size: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  let next = size;
  for (let first = 0; first < rows; ) {
    signal?.throwIfAborted();
    const count = Math.min(next, rows - first);
    device.write(uniform, offset, Uint32Array.of(first));
    const started = performance.now();
    await device.submit((pass) => {
      dispatch(pass, kernel, bind, [across, count, runs]);
    });
    await device.orLost(device.gpu.queue.onSubmittedWorkDone());
    first += count;
    next = nextSize(next, performance.now() - started, count === next, 65_535);
  }
  return next;
}

/** The output at each input. */
export async function predict(
  device: Device,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): Promise<Float64Array> {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const n = inputs.length / network.inputs;
  if (n === 0) return new Float64Array();
  return device.withBuffers(async (buffers) => {
    const columns = passColumns(network, 1, n);
    const weights = await device.checked(() => buffers.storage('parameters', inSingle(device, parameters)));
    const pass = await openPass(device, buffers, network, weights, { runs: 1, columns });
    const result = new Float64Array(n);
    for (let first = 0; first < n; first += columns) {
      device.write(pass.input, 0, turned(inputs, network.inputs, first, columns));
      await device.submit(pass.forward);
      const [outputs] = await device.read([pass.output, 0, 4 * columns]);
      result.set(new Float32Array(outputs!).subarray(0, n - first), first);
    }
    return result;
  });
}

/** A pass through one run with the deltas of the output itself. */
async function openGradients(
  device: Device,
  buffers: Buffers,
  network: Network,
  parameters: Float64Array,
  columns: number,
): Promise<Pass> {
  const weights = await device.checked(() => buffers.storage('parameters', inSingle(device, parameters)));
  const pass = await openPass(device, buffers, network, weights, { runs: 1, columns, deltasFrom: 0 });
  const kernel = await device.kernel(onesKernel);
  const bind = kernel.bind({ delta: pass.deltas.at(-1)! });
  const ones: readonly [number, number, number] = [Math.ceil(Math.max(4, columns) / 64), 1, 1];
  return {
    ...pass,
    forward: (encoder) => {
      pass.forward(encoder);
      dispatch(encoder, kernel, bind, ones);
      pass.backward(encoder);
    },
  };
}

/** The gradient at each input, n x d. */
export async function jacobian(
  device: Device,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): Promise<Float64Array> {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const n = inputs.length / network.inputs;
  const d = parameterCount(network);
  const result = new Float64Array(n * d);
  if (n === 0) return result;
  return device.withBuffers(async (buffers) => {
    const fit = Math.max(1, Math.floor(Math.min(device.mostBytes, 2 ** 28) / (4 * d)));
    const columns = Math.min(passColumns(network, 1, n), fit);
    const pass = await openGradients(device, buffers, network, parameters, columns);
    const kernel = await device.kernel(jacobianKernel);
    const rows = await device.checked(() => buffers.storage('rows', columns * d));
    const layers = pass.deltas.map((delta, l) => ({
      bind: kernel.bind({
        shape: pass.shapes[l]!,
        input: l === 0 ? pass.input : pass.after[l - 1]!,
        delta: delta!,
        rows,
      }),
    }));
    for (let first = 0; first < n; first += columns) {
      const count = Math.min(columns, n - first);
      device.write(pass.input, 0, turned(inputs, network.inputs, first, columns));
      await device.submit((encoder) => {
        pass.forward(encoder);
        for (const { bind } of layers) dispatch(encoder, kernel, bind, [Math.min(1024, Math.ceil(d / 64)), count, 1]);
      });
      const [block] = await device.read([rows, 0, 4 * count * d]);
      result.set(new Float32Array(block!), first * d);
    }
    return result;
  });
}

/** Bytes before `firstTile` in the kernels' LayerShape. */
const firstTileOfLayer = 24;

/** The inner products of the gradients, layer by layer: (1 + inputs x inputs) times deltas x deltas. */
export async function gram(
  device: Device,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const n = inputs.length / network.inputs;
  if (n === 0) return new Float64Array();
  return device.withBuffers(async (buffers) => {
    const pass = await openGradients(device, buffers, network, parameters, n);
    const [products, add] = [await device.kernel(deltaProductsKernel), await device.kernel(gramKernel)];
    const room = await device.checked(() => ({
      products: buffers.storage('products', 2 * n * n),
      sums: buffers.storage('sums', 2 * n * n),
    }));
    device.write(pass.input, 0, turned(inputs, network.inputs, 0, n));
    const groups = tiles(n, n, 1, 'double');
    await device.submit(pass.forward);
    let size = 1;
    for (const [l, delta] of pass.deltas.entries()) {
      const shape = pass.shapes[l]!;
      const input = l === 0 ? pass.input : pass.after[l - 1]!;
      const ofDeltas = products.bind({ shape, delta: delta!, products: room.products });
      const sliced = { uniform: shape, offset: firstTileOfLayer, groups };
      size = await inSlices(device, { ...sliced, kernel: products, bind: ofDeltas }, size, signal);
      size = await inSlices(
        device,
        { ...sliced, kernel: add, bind: add.bind({ shape, input, ...room }) },
        size,
        signal,
      );
    }
    const [bytes] = await device.read([room.sums, 0, 8 * n * n]);
    return fromPairs(bytes!);
  });
}

/** a b. */
export async function product(
  device: Device,
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  checkProduct(a, b, rows, inner, columns);
  if (rows * columns === 0) return new Float64Array();
  return device.withBuffers(async (buffers) => {
    const kernel = await device.kernel(productKernel);
    const all = await device.checked(() => ({
      size: buffers.uniform('size', Uint32Array.of(rows, inner, columns, 0)),
      a: buffers.storage('a', toPairs(a)),
      b: buffers.storage('b', toPairs(b)),
      result: buffers.storage('result', 2 * rows * columns),
    }));
    const groups = tiles(rows, columns, 1, 'double-factors');
    const sliced = { kernel, bind: kernel.bind(all), uniform: all.size, offset: 12, groups };
    await inSlices(device, sliced, 1, signal);
    const [bytes] = await device.read([all.result, 0, 8 * rows * columns]);
    return fromPairs(bytes!);
  });
}

/** Sweeps after which all pairs are at right angles; of a hundred matrices none took more than half. */
const mostSweeps = 40;

/**
 * Thin SVD by one-sided Jacobi (wgsl/jacobi.ts). Throws a RangeError when the size does not fit or an entry is not finite,
 * NotConverged when `sweeps` were not enough, and the signal's reason soon after it is aborted.
 */
export async function svd(
  device: Device,
  matrix: Float64Array,
  rows: number,
  columns: number,
  { signal, sweeps = mostSweeps }: { readonly signal?: AbortSignal | undefined; readonly sweeps?: number } = {},
): Promise<Svd> {
  const largest = checkMatrix(matrix, rows, columns);
  if (matrix.length === 0) return { u: new Float64Array(), s: new Float64Array(), v: new Float64Array() };
  // The fewer, longer vectors: rows of a wide matrix, columns of a tall one.
  const wide = rows < columns;
  const [count, length] = wide ? [rows, columns] : [columns, rows];
  const stride = length + count;
  // The largest entry near 2^40: squares do not overflow, and those of vectors that are noise, 1e-16 of it, keep all their
  // digits, without which noise would not come to right angles. Powers of two lose nothing.
  const { factors, back } = scaling(largest, 40);
  const start = new Float64Array(count * stride);
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < length; j += 1) {
      start[i * stride + j] = (wide ? matrix[i * columns + j]! : matrix[j * columns + i]!) * factors[0] * factors[1];
    }
    start[i * stride + length + i] = 1;
  }
  const vectors = await rotated(device, start, count, length, sweeps, signal);
  if (vectors === undefined) throw new NotConverged(rows, columns, `${sweeps} sweeps`);

  const norms = Float64Array.from({ length: count }, (_, i) =>
    Math.sqrt(vectors.subarray(i * stride, i * stride + length).reduce((sum, value) => sum + value * value, 0)),
  );
  const order = [...norms.keys()].sort((a, b) => norms[b]! - norms[a]!);
  const s = Float64Array.from(order, (i) => back(norms[i]!));
  const far = order.map((i) => {
    const vector = vectors.slice(i * stride, i * stride + length);
    const norm = norms[i]!;
    return norm > nothing ? vector.map((value) => value / norm) : undefined;
  });
  completeBasis(far, length);
  const near = order.map((i) => vectors.subarray(i * stride + length, (i + 1) * stride));
  const [u, v] = wide ? [near, far] : [far, near];
  return { u: asColumns(u, rows), s, v: asColumns(v, columns) };
}

/** Vectors as the columns of a row-major matrix. */
function asColumns(vectors: readonly (Float64Array | undefined)[], length: number): Float64Array {
  const matrix = new Float64Array(length * vectors.length);
  vectors.forEach((vector, k) => {
    for (let i = 0; i < length; i += 1) matrix[i * vectors.length + k] = vector?.[i] ?? 0;
  });
  return matrix;
}

/** The bits of 1 in float32. */
const oneBits = 0x3f800000;

/** The vectors turned until all are at right angles; undefined when they are not after so many sweeps. */
async function rotated(
  device: Device,
  start: Float64Array,
  count: number,
  length: number,
  sweeps: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array | undefined> {
  return device.withBuffers(async (buffers) => {
    const kernel = await device.kernel(rotateKernel);
    const blocks = Math.ceil(count / blockVectors);
    // A single block meets one that has nobody in it.
    const even = blocks + (blocks % 2);
    const { vectors, moved, jobs } = await device.checked(() => ({
      vectors: buffers.storage('vectors', toPairs(start)),
      moved: buffers.storage('moved', 1),
      jobs: Array.from({ length: even - 1 }, (_, round) =>
        buffers.uniform('round', Uint32Array.of(even, round, count, length, oneBits, 0, 0, 0)),
      ),
    }));
    const binds = jobs.map((job) => kernel.bind({ job, vectors, moved }));
    let size = 1;
    for (let sweep = 0, turned = count > 1; turned; sweep += 1) {
      if (sweep === sweeps) return undefined;
      device.write(moved, 0, Uint32Array.of(0));
      for (let round = 0; round < binds.length; ) {
        signal?.throwIfAborted();
        const rounds = binds.slice(round, round + size);
        const started = performance.now();
        await device.submit((pass) => {
          for (const bind of rounds) dispatch(pass, kernel, bind, [even / 2, 1, 1]);
        });
        const [bytes] = await device.read([moved, 0, 4]);
        turned = new Uint32Array(bytes!)[0] !== 0;
        round += rounds.length;
        size = nextSize(size, performance.now() - started, rounds.length === size, binds.length);
      }
    }
    const [bytes] = await device.read([vectors, 0, 8 * count * (length + count)]);
    return fromPairs(bytes!);
  });
}
