/** The study of the golden numbers: three networks in full-batch gradient descent, and what is computed from them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.js';
import type { EngineName } from '../../src/engine/traits.js';
import { planReport } from '../../src/plan/plan-report.js';
import { runPlan, type StepResult } from '../../src/run/run-plan.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { block, page, reportFolder, temporaryFolder } from '../report-folder.js';

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

/** What the blocks of a page give, by the names of the steps: `c[hidden=10x10]`. */
export async function resultsOf(engine: EngineName, ...blocks: readonly string[]): Promise<Map<string, StepResult>> {
  const { report } = readReport(reportFolder({ 'index.md': page(...blocks) }), directiveKinds);
  const { plan, problems } = planReport(report, { memory: 4e9, addressable: 4e9 });
  expect(problems).toEqual([]);
  const { results, failed } = await runPlan(plan, {
    engine: openEngine(engine),
    store: directoryStore(temporaryFolder(), () => undefined),
    file: () => new Uint8Array(),
    report: () => undefined,
    signal: new AbortController().signal,
    jobs: 1,
    clock: () => 0,
    now: () => new Date(0),
    versions: { colophon: '0', program: '0', node: '0', platform: '0' },
    resident: () => 0,
  }).done;
  expect(failed).toEqual([]);
  return new Map([...results.values()].map((result) => [result.step.name, result]));
}

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
