/** Every named picture: the kind of step it shows, and its name after the dot in `show`. */
import { drawOwn } from '../own-specification.js';
import { drawData, drawTestData } from './dataset.js';
import { drawElbows } from './elbows.js';
import { drawFeatures } from './features.js';
import { drawFit } from './fit.js';
import { drawCosine, drawKernel } from './kernel.js';
import { drawLearningCurves } from './learning-curves.js';
import type { DrawPicture } from './picture.js';
import { drawPredictions } from './predictions.js';
import { drawParameterChange } from './parameter-change.js';
import { drawParameterHistogram } from './parameter-histogram.js';
import { drawParametersByStep } from './parameters-by-step.js';
import { drawPrincipalFeatures } from './principal-features.js';
import { drawResidualHistogram } from './residual-histogram.js';
import { drawSingularValueHistogram } from './singular-value-histogram.js';
import { drawSingularValues } from './singular-values.js';

const named: ReadonlyMap<string, DrawPicture> = new Map([
  ['dataset.data', drawData],
  ['dataset.test-data', drawTestData],
  ['train.fit', drawFit],
  ['train.learning-curves', drawLearningCurves],
  ['train.elbows', drawElbows],
  ['train.parameters-by-step', drawParametersByStep],
  ['train.parameter-change', drawParameterChange],
  ['train.parameter-histogram', drawParameterHistogram],
  ['train.predictions', drawPredictions],
  ['train.residual-histogram', drawResidualHistogram],
  ['features.features', drawFeatures],
  ['features.kernel', drawKernel],
  ['features.cosine', drawCosine],
  ['svd.singular-values', drawSingularValues],
  ['svd.singular-value-histogram', drawSingularValueHistogram],
  ['svd.principal-features', drawPrincipalFeatures],
]);

/** The picture of that name; a specification of the author's own has none. */
export function pictureNamed(kind: string, name: string | undefined): DrawPicture | undefined {
  return name === undefined ? drawOwn : named.get(`${kind}.${name}`);
}
