/** `on:` and `rows:`: the inputs at which a directive evaluates a network. */
import * as z from 'zod';
import type { Artifact } from '../shared/artifact.js';
import { linspace } from '../model/dataset.js';
import type { DatasetFacts } from './dataset.js';
import type { OptionIssue } from './step.js';
import { samplesOf } from './train/start.js';

const bound = z.number().min(-1e9).max(1e9);

export const pointsOptions = z.union([
  z.enum(['train', 'test']),
  z.strictObject({
    grid: z.int().min(2).max(1_000_000).describe('So many evenly spaced inputs.'),
    domain: z
      .tuple([bound, bound])
      .optional()
      .describe("Between these; between the ends of the data's domain if absent."),
  }),
]);

export type PointsOptions = z.output<typeof pointsOptions>;

/** How many points that is. */
export function pointCount(points: PointsOptions, data: DatasetFacts): number {
  return points === 'train' ? data.samples : points === 'test' ? data.testSamples : points.grid;
}

/** A problem when the data have no such points. `option` is the name of the option. */
export function checkPoints(points: PointsOptions, data: DatasetFacts, option: string): OptionIssue[] {
  if (points === 'test' && data.testSamples === 0) {
    return [
      {
        path: [option],
        rule: 'no-test-set',
        message: 'the dataset has no test set',
        hint: 'give it one, or choose "train"',
      },
    ];
  }
  if (typeof points === 'string') return [];
  if (data.features !== 1) {
    // It may be the default, which is written nowhere.
    const message = `"${option}" is a grid, which is for inputs of one number; these have ${data.features}`;
    const choices = data.testSamples === 0 ? '' : ` or "${option}: test"`;
    return [{ path: [option], rule: 'one-dimensional', message, hint: `write "${option}: train"${choices}` }];
  }
  if (points.domain !== undefined && points.domain[0] >= points.domain[1]) {
    const message = 'the domain must go from a smaller to a larger number';
    return [{ path: [option, 'domain'], rule: 'invalid-option', message, hint: 'swap its ends' }];
  }
  return [];
}

/** The points themselves, n x features, rounded to float32 as the network sees its data. */
export function pointInputs(points: PointsOptions, dataset: Artifact, data: DatasetFacts): Float64Array {
  if (typeof points !== 'string') {
    const [from, to] = points.domain ?? data.domain;
    return linspace(from, to, points.grid).map(Math.fround);
  }
  const samples = samplesOf(dataset, points === 'train' ? '' : 'test-');
  if (samples === undefined) throw new Error(`this dataset has no ${points} inputs`);
  return samples.inputs;
}
