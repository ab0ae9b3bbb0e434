/** Prints the digests that this version of Node computes. */
import { openEngine } from '../../dist/engine/open-engine.js';
import { kernelDigests } from './kernels.mjs';

console.log(JSON.stringify(await kernelDigests(openEngine('wasm'))));
