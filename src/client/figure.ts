/** Loaded when a figure that moves is near. */
import { provide } from './data-scripts.js';
import { startMoving } from './interactive/moving-figure.js';
import type { Wake } from './wake-figures.js';

provide('moving', startMoving satisfies Wake);
