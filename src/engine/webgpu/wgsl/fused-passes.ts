/** The passes of a training's kernel over the layers, as WGSL: forward, backward, and the gradient of every parameter. */
import { blockOf, type FusedKernel } from './fused-layout.js';

/** The numbers of the units or parameters that a lane takes at once. */
const inBlock = (size: number): number[] => Array.from({ length: size }, (_, r) => r);

/** WGSL of the r-th of a block that starts at `start`; the last one stands for those beyond it. */
const member = (start: string, r: number, count: number, size: number): string =>
  count % size === 0 ? `${start} + ${r}u` : `min(${start} + ${r}u, ${count - 1}u)`;

/** The sums into unit j of a layer at sample i, for a block of units j0, ...: `sum0`, ... */
export function sumsInto({ layers, rows, stride }: FusedKernel, layer: number, size: number): string {
  const { inputs: width, outputs, weight, bias } = layers[layer]!;
  const of = inBlock(size);
  return /* wgsl */ `
        ${of.map((r) => `let j${r} = ${member('j', r, outputs, size)};`).join(' ')}
        ${of.map((r) => `var sum${r} = weights[${bias}u + j${r}];`).join(' ')}
        for (var k = 0u; k < ${width}u; k++) {
          let unit = units[${rows.before(layer)}u + k * ${stride}u + i];
          ${of.map((r) => `sum${r} += weights[${weight}u + j${r} * ${width}u + k] * unit;`).join(' ')}
        }`;
}

/** The hidden layers' values and, where the training goes back through them, their slopes. */
export function forward(kernel: FusedKernel): string {
  const { shape, first, rows, chunk, stride, lanes } = kernel;
  const passes = shape.network.hidden.map((width, layer) => {
    const size = blockOf(kernel, width, chunk);
    return /* wgsl */ `
      for (var index = lane; index < ${Math.ceil(width / size) * chunk}u; index += ${lanes}u) {
        let j = index / ${chunk}u * ${size}u;
        let i = index % ${chunk}u;${sumsInto(kernel, layer, size)}
        ${inBlock(size)
          .map(
            (r) => /* wgsl */ `{
          let value = activate(sum${r});
          units[${rows.output(layer)}u + j${r} * ${stride}u + i] = value;
          ${first === 0 ? `units[${rows.delta(layer)}u + j${r} * ${stride}u + i] = slope(sum${r}, value);` : ''}
        }`,
          )
          .join(' ')}
      }
      workgroupBarrier();`;
  });
  return passes.join('');
}

/** The slopes of the hidden layers become what is passed back to them. */
export function backward(kernel: FusedKernel): string {
  const { layers, last, first, rows, chunk, stride, lanes } = kernel;
  const passes = Array.from({ length: last - first }, (_, step) => {
    const layer = last - step;
    const { inputs: width, outputs, weight } = layers[layer]!;
    const size = blockOf(kernel, width, chunk);
    const of = inBlock(size);
    const at = (r: number): string => `${rows.delta(layer - 1)}u + k${r} * ${stride}u + i`;
    return /* wgsl */ `
      for (var index = lane; index < ${Math.ceil(width / size) * chunk}u; index += ${lanes}u) {
        let k = index / ${chunk}u * ${size}u;
        let i = index % ${chunk}u;
        ${of.map((r) => `let k${r} = ${member('k', r, width, size)}; var sum${r} = 0.0;`).join(' ')}
        for (var j = 0u; j < ${outputs}u; j++) {
          let after = units[${rows.delta(layer)}u + j * ${stride}u + i];
          ${of.map((r) => `sum${r} += weights[${weight}u + j * ${width}u + k${r}] * after;`).join(' ')}
        }
        ${of.map((r) => `sum${r} *= units[${at(r)}];`).join(' ')}
        ${of.map((r) => `units[${at(r)}] = sum${r};`).join(' ')}
      }`;
  });
  return passes.join('\n      workgroupBarrier();');
}

/** Each parameter of the layers that move, with its gradient of this chunk in `sum`. */
export function gradients(kernel: FusedKernel): string {
  const { layers, first, rows, chunk, stride, lanes } = kernel;
  const passes = layers.slice(first).map(({ inputs: width, outputs, weight, bias }, step) => {
    const layer = first + step;
    const size = blockOf(kernel, outputs, width + 1);
    const of = inBlock(size);
    const put = (r: number): string => {
      const p = `select(${weight}u + j${r} * ${width}u + k, ${bias}u + j${r}, isBias)`;
      const change = `change(run, ${p}, sum${r}, step, start);`;
      return outputs % size === 0 ? change : `if (j + ${r}u < ${outputs}u) { ${change} }`;
    };
    return /* wgsl */ `
      for (var index = lane; index < ${Math.ceil(outputs / size) * (width + 1)}u; index += ${lanes}u) {
        let j = index / ${width + 1}u * ${size}u;
        let k = index % ${width + 1}u;
        let isBias = k == ${width}u;
        let row = select(${rows.before(layer)}u + k * ${stride}u, ${rows.ones}u, isBias);
        ${of.map((r) => `let j${r} = ${member('j', r, outputs, size)}; var sum${r} = 0.0;`).join(' ')}
        for (var i = 0u; i < ${chunk}u; i++) {
          let unit = units[row + i];
          ${of.map((r) => `sum${r} += units[${rows.delta(layer)}u + j${r} * ${stride}u + i] * unit;`).join(' ')}
        }
        ${of.map(put).join(' ')}
      }`;
  });
  return passes.join('');
}
