/** Loaded when a reader points at a figure that moves, or reaches it with the keyboard. */
import { provide } from './data-scripts.js';
import { pointingName, type StartPointing } from './interactive/pointable.js';
import { startPointing } from './interactive/pointing.js';

provide(pointingName, startPointing satisfies StartPointing);
