/** Loaded when a figure that moves is near. */
import { provide } from './data-scripts.js';
import { startMoving } from './interactive/moving-figure.js';
import { trainingOf } from './interactive/training.js';
import { trainingsName } from './interactive/view.js';
import type { Wake } from './wake-figures.js';

provide('moving', startMoving satisfies Wake);
provide(trainingsName, trainingOf);
