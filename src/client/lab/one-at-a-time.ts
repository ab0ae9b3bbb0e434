/** How an engine of a page answers: one computation at a time, the newest. */
import { messageOf } from '../../shared/message-of.js';
import type { EngineMessage, EngineReply } from './engine-protocol.js';
import { kernelsOf } from './kernels.js';

/** `compute` is given what was asked for, the compiled kernels, and what is aborted once something else is asked for. */
export function oneAtATime<Asked extends { readonly kind: string }>(
  reply: (reply: EngineReply) => void,
  compute: (asked: Asked, module: WebAssembly.Module, mine: AbortController) => Promise<void>,
): (message: Asked | EngineMessage) => void {
  const kernels = kernelsOf();
  let current = new AbortController();
  const start = async (asked: Asked): Promise<void> => {
    const mine = new AbortController();
    current = mine;
    let module: WebAssembly.Module;
    try {
      module = await kernels.module();
    } catch (error) {
      reply({ kind: 'refused', why: messageOf(error) });
      return;
    }
    await compute(asked, module, mine);
  };
  const isOfEngine = (message: Asked | EngineMessage): message is EngineMessage =>
    message.kind === 'open' || message.kind === 'stop';
  return (message) => {
    if (!isOfEngine(message)) {
      current.abort(new Error('superseded'));
      void start(message);
    } else if (message.kind === 'open') kernels.open(message.kernels, reply);
    else current.abort(new Error('stopped'));
  };
}
