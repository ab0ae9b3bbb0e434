/** The study of the golden numbers: three networks in full-batch gradient descent, and what is computed from them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepResult } from '../../src/run/run-plan.js';
import { block } from '../report-folder.js';

/** Values of fixtures/numerics/linearised.py, by the widths of the network; absent where its kind of network has none. */
export interface GoldenCase {
  readonly hidden: readonly number[];
  readonly sharpness: Readonly<Record<string, { readonly gauss_newton: number; readonly hessian: number }>>;
  readonly dimension: { readonly effective: Readonly<Record<string, number>> };
  readonly rank_float32: number;
  readonly rank_law?: { readonly 'rank_1e-9': number };
  readonly elbows?: Readonly<
    Record<string, { readonly position: readonly number[]; readonly kink: readonly number[] }>
  >;
  readonly spectral: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface Golden {
  readonly cases: Readonly<Record<string, GoldenCase>>;
  readonly expected_kernel: Readonly<Record<string, readonly (readonly number[])[]>>;
}

export const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../golden/linearised.json'), 'utf8'),
) as Golden;

export const goldenData = block(
  'dataset #waves',
  'function: piecewise-linear',
  'noise: 0.1',
  'test: { grid: 1000, with-training-inputs: true }',
  'seed: 1',
);

export const goldenNet = block(
  'train #gd',
  'data: waves',
  'network: { elbows: uniform, hidden: [10] }',
  'optimizer: { kind: sgd, rate: 0.02 }',
  'steps: 2000',
  'checkpoints: { every: 1000, and: [1, 10, 100] }',
  'sweep: { network.hidden: [[10], [40], [10, 10]] }',
);

/** Of a result by its checkpoints: the numbers of an array at a step. */
export function numbersAt(result: StepResult | undefined, name: string, step: number): number[] {
  const { arrays } = result!.artifact;
  const { shape, data } = arrays[name]!;
  const index = Array.from(arrays['step']!.data).indexOf(step);
  const size = data.length / shape[0]!;
  return Array.from(data.subarray(index * size, (index + 1) * size));
}

/** How far the numbers are from others, in parts of the largest of these. */
export function farthest(found: readonly number[], wanted: readonly number[]): number {
  const largest = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, index) => Math.abs(value - (found[index] ?? Number.NaN)) / largest));
}
