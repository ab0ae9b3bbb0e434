/** Loaded when a figure that moves shows a plane of two inputs. */
import { provide } from './data-scripts.js';
import { field } from './interactive/fields.js';
import { fieldName, type PictureRows } from './interactive/view.js';

provide(fieldName, field satisfies PictureRows);
