/** Every named picture: the kind of step it shows, and its name after the dot in `show`. */
import { drawData, drawTestData } from './dataset.js';
import { drawFit } from './fit.js';
import type { DrawPicture } from './picture.js';

export const pictures: ReadonlyMap<string, DrawPicture> = new Map([
  ['dataset.data', drawData],
  ['dataset.test-data', drawTestData],
  ['train.fit', drawFit],
]);
