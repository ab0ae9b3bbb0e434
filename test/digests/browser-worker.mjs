/** Answers with the digests that a browser's worker computes, from the very modules that Node runs. */
import { wasmEngine } from '../../dist/engine/wasm/index.js';
import { kernelDigests } from './kernels.mjs';

const bytes = await (await fetch(new URL('../../dist/engine/wasm/kernels.wasm', import.meta.url))).arrayBuffer();
postMessage(await kernelDigests(wasmEngine(await WebAssembly.compile(bytes))));
