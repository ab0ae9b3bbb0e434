/** A network's parameters in the module's memory, where rows are padded to whole vectors, and back. */
import { entryOf } from '../../shared/entry-of.js';
import { layersOf } from '../../model/forward.js';
import { activationsOf, type Network } from '../../model/network.js';
import { activationCodes, purposeCodes } from './codes.js';
import type { Kernels } from './kernels.js';

/** Numbers in whole groups of four. */
export const padded = (n: number): number => Math.ceil(n / 4) * 4;

export type Precision = 32 | 64;

export interface NetworkMemory {
  write(parameters: Float32Array | Float64Array): void;
  /** In the network's precision. */
  read(): Float32Array | Float64Array;
}

/** Opens the network for passes over up to `columns` samples at a time. */
export function openNetwork(
  kernels: Kernels,
  network: Network,
  precision: Precision,
  columns: number,
  purpose: keyof typeof purposeCodes,
): NetworkMemory {
  const layers = layersOf(network);
  const activations = activationsOf(network);
  layers.forEach(({ inputs, outputs }, l) => {
    kernels.addLayer(inputs, outputs, entryOf(activationCodes, activations[l] ?? 'identity', 'activation'));
  });
  if (precision === 32) kernels.openNetwork32(columns, purposeCodes[purpose]);
  else kernels.openNetwork64(columns, purposeCodes[purpose]);
  const view = precision === 32 ? kernels.floats : kernels.doubles;
  const places = layers.map((layer, l) => {
    // The fields of Layer in assembly/network.ts: inputs, outputs, stride, weight, bias, byInput.
    const [, , stride, weight, bias, byInput] = new Uint32Array(kernels.memory.buffer, kernels.layerAt(l), 6);
    return { layer, stride: stride!, weight: weight!, bias: bias!, byInput: (byInput! & 1) === 1 };
  });
  return {
    write(parameters) {
      for (const { layer, stride, weight, bias, byInput } of places) {
        const { inputs, outputs } = layer;
        const rows = view(weight, (byInput ? inputs : outputs) * stride);
        for (let i = 0; byInput && i < inputs; i += 1) {
          for (let j = 0; j < outputs; j += 1) rows[i * stride + j] = parameters[layer.weight + j * inputs + i]!;
        }
        for (let j = 0; !byInput && j < outputs; j += 1) {
          const from = layer.weight + j * inputs;
          rows.set(parameters.subarray(from, from + inputs), j * stride);
        }
        view(bias, outputs).set(parameters.subarray(layer.bias, layer.bias + outputs));
      }
    },
    read() {
      const last = layers[layers.length - 1]!;
      const total = last.bias + last.outputs;
      const parameters = precision === 32 ? new Float32Array(total) : new Float64Array(total);
      for (const { layer, stride, weight, bias, byInput } of places) {
        const { inputs, outputs } = layer;
        const rows = view(weight, (byInput ? inputs : outputs) * stride);
        for (let i = 0; byInput && i < inputs; i += 1) {
          for (let j = 0; j < outputs; j += 1) parameters[layer.weight + j * inputs + i] = rows[i * stride + j]!;
        }
        for (let j = 0; !byInput && j < outputs; j += 1) {
          parameters.set(rows.subarray(j * stride, j * stride + inputs), layer.weight + j * inputs);
        }
        parameters.set(view(bias, outputs), layer.bias);
      }
      return parameters;
    },
  };
}

/** Bytes of a network of that precision with passes over `columns` samples, at most. */
export function networkBytes(network: Network, precision: Precision, columns: number): number {
  return layersOf(network).reduce((sum, { inputs, outputs }) => {
    const parameters = outputs * (padded(inputs) + 1) + 4;
    const pass = columns * (3 * padded(outputs) + 2 * padded(inputs) + padded(outputs));
    return sum + (precision / 8) * (parameters + pass) + 256;
  }, 0);
}
