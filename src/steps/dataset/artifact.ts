/** Samples as the result of a dataset. */
import type { Scaling } from '../../model/standardise.js';
import { type Artifact, float64Array, type Json, type NdArray } from '../../shared/artifact.js';
import type { Samples } from './parts.js';

/**
 * The samples of a dataset.
 *
 * Arrays: `inputs` [sample, feature], `targets` [sample], and unless there is no test set `test-inputs`
 * [test-sample, feature] and `test-targets` [test-sample]. Inputs and noise come from NumPy's RandomState, bit for bit. Of
 * classes the targets are their places, from 0, in the value `classes`, which names them. Of standardised inputs
 * `input-mean` and `input-scale` [feature] are what was subtracted and then divided by, and so are the values `target-mean` and
 * `target-scale`; the value `categories` has the words of each categorical column.
 */
export function datasetArtifact({ train, test, features, classes, categories, scaling }: Samples): Artifact {
  const arrays: Record<string, NdArray> = {};
  const add = (prefix: string, inputs: Float64Array, targets: Float64Array): void => {
    arrays[`${prefix}inputs`] = float64Array([targets.length, features], inputs);
    arrays[`${prefix}targets`] = float64Array([targets.length], targets);
  };
  add('', train.inputs, train.targets);
  if (test !== undefined) add('test-', test.inputs, test.targets);
  if (scaling?.inputs !== undefined) {
    arrays['input-mean'] = float64Array([features], scaling.inputs.mean);
    arrays['input-scale'] = float64Array([features], scaling.inputs.scale);
  }
  const values: Record<string, Json> = {
    ...(classes !== undefined && { classes }),
    ...(categories !== undefined && { categories }),
    ...targetScale(scaling?.targets),
  };
  return { arrays, values };
}

function targetScale(scaling: Scaling | undefined): Readonly<Record<string, number>> {
  if (scaling === undefined) return {};
  return { 'target-mean': scaling.mean[0] ?? 0, 'target-scale': scaling.scale[0] ?? 1 };
}
