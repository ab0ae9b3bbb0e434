/** The compiled module from where `npm run compile` puts it, in Node. */
import { readFileSync } from 'node:fs';

/** Reads and compiles the module. Throws when the project has not been compiled. */
export function loadKernels(): WebAssembly.Module {
  // The same place seen from src/ and from dist/.
  return new WebAssembly.Module(readFileSync(new URL('../../../dist/engine/wasm/kernels.wasm', import.meta.url)));
}
