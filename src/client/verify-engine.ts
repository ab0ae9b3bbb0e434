/** The engine of verifications: a worker where a page can have one, else a script of the page itself. */
import { serveHere } from './lab/serve-here.js';
import { verifyEngine } from './verify/protocol.js';
import { serve } from './verify/serve.js';

serveHere(verifyEngine.name, serve);
