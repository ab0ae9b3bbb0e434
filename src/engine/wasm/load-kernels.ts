/** The compiled module from where `npm run compile` puts it, in Node. */
import { readFileSync } from 'node:fs';
import { compiledFile } from '../../shared/program-folder.js';

/** Reads and compiles the module. Throws when the project has not been compiled. */
export function loadKernels(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(compiledFile('engine/wasm/kernels.wasm')));
}
