/** Loaded when the fold of a verification is opened. */
import { provide } from './data-scripts.js';
import { type StartFold, verifyName } from './open-labs.js';
import { startVerify } from './verify/start-verify.js';

provide(verifyName, startVerify satisfies StartFold);
