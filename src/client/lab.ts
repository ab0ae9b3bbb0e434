/** Loaded when the fold of a lab is opened. */
import { provide } from './data-scripts.js';
import { startLab } from './lab/start-lab.js';
import { labName, type StartFold } from './open-labs.js';

provide(labName, startLab satisfies StartFold);
