/** Has an engine answer where its script runs: in a worker, else in the page itself, which asks for it. */
import { provide } from '../data-scripts.js';
import type { EngineMessage, EngineReply, Serve } from './engine-protocol.js';

/** In milliseconds. The page itself is to keep its frames. */
const turns = { worker: 20, page: 8 };

/** `serve` is told how long it may compute before others have their turn. */
export function serveHere<Asked, Told>(
  name: string,
  serve: (turnMilliseconds: number, ...rest: Parameters<Serve<Asked, Told>>) => ReturnType<Serve<Asked, Told>>,
): void {
  if ('document' in globalThis) {
    const inPage: Serve<Asked, Told> = (reply) => serve(turns.page, reply);
    provide(name, inPage);
    return;
  }
  const post = postMessage as (reply: Told | EngineReply) => void;
  const hear = serve(turns.worker, post);
  addEventListener('message', ({ data }: MessageEvent<Asked | EngineMessage>) => {
    hear(data);
  });
}
