/** Inner products of a training's gradients at every two points, with no more than a block of the gradients in memory. */
import type { Engine } from '../engine/engine.js';
import { transposed } from '../model/transposed.js';
import { gradientBytes, gramBytes, type GradientJob } from './gradients.js';
import { selectColumns } from './parameter-names.js';

/** Numbers of a block of gradients that is multiplied with all others: 128 MiB. */
const mostNumbers = 2 ** 24;

/** Points whose gradients are multiplied with those of all others at a time. */
function pointsInBlock(points: number, parameters: number): number {
  return Math.max(1, Math.min(points, Math.floor(mostNumbers / parameters)));
}

/** Bytes of that in an engine: of all parameters through `gram`, of some or of two runs block by block. */
export function productBytes(
  points: number,
  { chosen, all, units }: { readonly chosen: number; readonly all: number; readonly units: number },
  throughGram: boolean,
): number {
  if (throughGram) return gramBytes(points, all, units);
  const block = pointsInBlock(points, chosen);
  return 8 * (2 * block * chosen + points * block) + gradientBytes(Math.max(block, 256), all);
}

/** The inner products of one run at one of the steps of the job, n x n. */
export async function productsAt(
  engine: Engine,
  job: GradientJob,
  step: number,
  points: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  return productsOf(engine, job, flatAt(job, step), points, signal);
}

/** The inner products of the gradients at every two of the points, n x n, with those parameters. */
export async function productsOf(
  engine: Engine,
  job: GradientJob,
  flat: Float64Array,
  points: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  if (job.chosen.columns === 'all' && job.multipliers === undefined) {
    const { network, parameters } = job.alone(flat);
    return engine.gram(network, parameters, points, signal);
  }
  return blockByBlock(engine, [job, flat], [job, flat], points);
}

/** The inner products of the gradients of two runs of one network, those of the first along the rows. */
export async function crossProducts(
  engine: Engine,
  [job, step]: readonly [GradientJob, number],
  [other, otherStep]: readonly [GradientJob, number],
  points: Float64Array,
): Promise<Float64Array> {
  return blockByBlock(engine, [job, flatAt(job, step)], [other, flatAt(other, otherStep)], points);
}

async function blockByBlock(
  engine: Engine,
  [job, flat]: readonly [GradientJob, Float64Array],
  [other, otherFlat]: readonly [GradientJob, Float64Array],
  points: Float64Array,
): Promise<Float64Array> {
  const width = job.network.inputs;
  const n = points.length / width;
  const d = job.chosen.count;
  const block = pointsInBlock(n, d);
  const result = new Float64Array(n * n);
  for (let first = 0; first < n; first += block) {
    const count = Math.min(block, n - first);
    const rows = await other.gradients(engine, otherFlat, points.slice(first * width, (first + count) * width));
    const products = await job.gradientsTimes(engine, flat, points, transposed(rows, count, d), count);
    for (let i = 0; i < n; i += 1) result.set(products.subarray(i * count, (i + 1) * count), i * n + first);
  }
  return result;
}

/** The chosen parameters at one of the steps of the job, as the training has them. */
export function chosenAt(job: GradientJob, step: number): Float64Array {
  const flat = flatAt(job, step);
  const own = flat.map((value, index) => value / (job.multipliers?.[index] ?? 1));
  return selectColumns(own, own.length, job.chosen.columns);
}

function flatAt({ checkpoints }: GradientJob, step: number): Float64Array {
  const found = checkpoints.find((one) => one.step === step);
  if (found === undefined) throw new Error(`step ${step} was not chosen`);
  return found.parameters();
}
