/** On every page: what a reader with JavaScript gets beyond the page as it stands. */
import { openFolded } from './open-folded.js';

openFolded(document, window);
