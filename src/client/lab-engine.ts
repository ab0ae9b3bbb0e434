/** The engine of labs: a worker where a page can have one, else a script of the page itself. */
import { labEngine } from './lab/protocol.js';
import { serve } from './lab/serve.js';
import { serveHere } from './lab/serve-here.js';

serveHere(labEngine.name, serve);
