/** The pictures that move, by the name after the dot in a figure's `show`. */
import type { MovingName } from '../../../figures/pictures/index.js';
import { entryOf } from '../../../shared/entry-of.js';
import { elbows } from './elbows.js';
import { features } from './features.js';
import { fit } from './fit.js';
import { learningCurves } from './learning-curves.js';
import type { MakePicture } from './picture.js';
import { principalFeatures } from './principal-features.js';
import { singularValues } from './singular-values.js';

const pictures: Readonly<Record<MovingName, MakePicture>> = {
  fit,
  'learning-curves': learningCurves,
  elbows,
  features,
  'singular-values': singularValues,
  'principal-features': principalFeatures,
};

/** The picture of that name. Throws a RangeError where none moves. */
export function movingPictureNamed(name: string): MakePicture {
  return entryOf(pictures, name as MovingName, 'moving picture');
}
