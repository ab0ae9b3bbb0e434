/** Loaded when a reader takes an experiment home. */
import { provide } from './data-scripts.js';
import { exports } from './lab/exports.js';
import { exportsName } from './lab/protocol.js';

provide(exportsName, exports);
