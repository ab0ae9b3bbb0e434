/** Loaded when a figure is near that Vega draws. */
import { provide } from './data-scripts.js';
import { redraw } from './vega/redraw.js';
import type { Wake } from './wake-figures.js';

provide('redrawn', redraw satisfies Wake);
