/** The pictures that move, by the name after the dot in a figure's `show`. */
import { elbows } from './elbows.js';
import { features } from './features.js';
import { fit } from './fit.js';
import { learningCurves } from './learning-curves.js';
import type { MakePicture } from './picture.js';
import { principalFeatures } from './principal-features.js';
import { singularValues } from './singular-values.js';

export const movingPictures: ReadonlyMap<string, MakePicture> = new Map([
  ['fit', fit],
  ['learning-curves', learningCurves],
  ['elbows', elbows],
  ['features', features],
  ['singular-values', singularValues],
  ['principal-features', principalFeatures],
]);
