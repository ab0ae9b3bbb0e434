import { agreesWithReference } from './tfjs-against-reference.js';

agreesWithReference('cpu');
