/** The engines by name. */
import type { Engine } from './engine.js';
import { referenceEngine } from './reference/index.js';
import type { EngineName } from './traits.js';
import { wasmEngine } from './wasm/index.js';
import { loadKernels } from './wasm/load-kernels.js';

/** The engine of that name, ready to compute. */
export function openEngine(name: EngineName): Engine {
  switch (name) {
    case 'wasm':
      wasm ??= wasmEngine(loadKernels());
      return wasm;
    case 'reference':
      return referenceEngine;
  }
}

let wasm: Engine | undefined;
