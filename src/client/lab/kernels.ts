/** The kernels of an engine in a page, compiled where the browser and its policy allow it. */

import { messageOf } from '../../shared/message-of.js';
import type { EngineReply } from './engine-protocol.js';

export interface Kernels {
  /** Replies whether they can be compiled. */
  open(kernels: Uint8Array, reply: (reply: EngineReply) => void): void;
  /** Rejects where they cannot be compiled. */
  module(): Promise<WebAssembly.Module>;
}

export function kernelsOf(): Kernels {
  let module: Promise<WebAssembly.Module> | undefined;
  return {
    open(kernels, reply) {
      module = compile(kernels);
      module.then(
        () => {
          reply({ kind: 'opened' });
        },
        (error: unknown) => {
          reply({ kind: 'refused', why: messageOf(error) });
        },
      );
    },
    async module() {
      if (module === undefined) throw new Error('it has not been opened');
      return module;
    },
  };
}

async function compile(kernels: Uint8Array): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') throw new Error('there is no WebAssembly');
  return WebAssembly.compile(kernels as Uint8Array<ArrayBuffer>);
}
