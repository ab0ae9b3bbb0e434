/** Answers with what the webgpu engine computes in a browser's worker, on navigator.gpu, from the very modules that Node runs. */
import { wasmEngine } from '../../dist/engine/wasm/index.js';
import { computeOn } from './webgpu-training.mjs';

const bytes = await (await fetch(new URL('../../dist/engine/wasm/kernels.wasm', import.meta.url))).arrayBuffer();
postMessage(await computeOn(navigator.gpu, wasmEngine(await WebAssembly.compile(bytes))));
