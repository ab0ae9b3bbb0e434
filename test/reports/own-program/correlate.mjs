/** The correlation of each input with the target, from .npy to .npy. */
import { readFileSync, writeFileSync } from 'node:fs';

const read = (name) => {
  const bytes = readFileSync(`inputs/data/${name}.npy`);
  const start = 10 + bytes.readUInt16LE(8);
  const { buffer } = Uint8Array.from(bytes.subarray(start));
  return [...(bytes.toString('latin1', 0, start).includes('<f4') ? new Float32Array(buffer) : new Float64Array(buffer))];
};
const write = (name, shape, numbers) => {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.map((size) => `${size},`).join('')}), }`;
  const start = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header.padEnd(117)}\n`, 'latin1');
  writeFileSync(`outputs/${name}.npy`, Buffer.concat([start, Buffer.from(Float64Array.from(numbers).buffer)]));
};
const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const covariance = (one, other) => mean(one.map((value, row) => (value - mean(one)) * (other[row] - mean(other))));

const targets = read('targets');
const inputs = read('inputs');
const features = inputs.length / targets.length;
const columns = Array.from({ length: features }, (_, feature) => targets.map((_, row) => inputs[row * features + feature]));
write(
  'correlation',
  [features],
  columns.map((column) => covariance(column, targets) / Math.sqrt(covariance(column, column) * covariance(targets, targets))),
);
write('mean', [], [mean(targets)]);
