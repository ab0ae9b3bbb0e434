/** Loaded when a figure that moves has elbows that a reader can move. */
import { provide } from './data-scripts.js';
import { linearisation } from './interactive/linearisation.js';
import { linearisationName, type PictureRows } from './interactive/view.js';

provide(linearisationName, linearisation satisfies PictureRows);
