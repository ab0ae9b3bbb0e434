/** An engine for a part of a page: in a worker where the page may have one, else in slices between the frames of the page. */
import { labKernelsName } from '../../shared/data-script.js';
import { load, type ScriptName, scriptAddress } from '../data-scripts.js';
import type { EngineMessage, EngineReply, Serve } from './engine-protocol.js';

/** Where an engine's script lies, and the name by which it hands over what answers in a page that can have no worker. */
export interface EngineScript<Asked, Told> {
  readonly script: ScriptName;
  readonly name: string;
  /** Never there: it says what the engine answers. */
  readonly serve?: Serve<Asked, Told>;
}

export interface EngineClient<Asked> {
  send(message: Asked | EngineMessage): void;
  /** Ends it at once, and gives its memory back; the next message starts another. */
  close(): void;
}

export function engineClient<Asked, Told>(
  engine: EngineScript<Asked, Told>,
  hear: (reply: Told | EngineReply) => void,
): EngineClient<Asked> {
  let started: Promise<Started<Asked>> | undefined;
  const fail = (error: unknown): void => {
    hear({ kind: 'refused', why: String(error) });
  };
  return {
    send(message) {
      started ??= start(engine, hear);
      const mine = started;
      started.then(({ send }) => {
        if (started === mine) send(message);
      }, fail);
    },
    close() {
      started?.then(({ close }) => {
        close();
      }, fail);
      started = undefined;
    },
  };
}

interface Started<Asked> {
  readonly send: (message: Asked | EngineMessage) => void;
  readonly close: () => void;
}

async function start<Asked, Told>(
  engine: EngineScript<Asked, Told>,
  hear: (reply: Told | EngineReply) => void,
): Promise<Started<Asked>> {
  const base64 = (await load(labKernelsName, scriptAddress('labKernels'))) as string;
  const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const kernels = new Uint8Array(await new Response(unpacked).arrayBuffer());
  const open: EngineMessage = { kind: 'open', kernels };
  // A page from disk has no worker of its own file.
  const worker = location.protocol === 'file:' ? undefined : await workerOf(engine, open, hear);
  if (worker !== undefined) return worker;
  const serve = (await load(engine.name, scriptAddress(engine.script))) as Serve<Asked, Told>;
  let isOpen = true;
  const send = serve((reply) => {
    if (isOpen) hear(reply);
  });
  send(open);
  return {
    send,
    close() {
      isOpen = false;
      send({ kind: 'stop' });
    },
  };
}

/** Undefined where the browser or a policy allows none, or lets it not compile: it has the policy of its own file. */
function workerOf<Asked, Told>(
  { script }: EngineScript<Asked, Told>,
  open: EngineMessage,
  hear: (reply: Told | EngineReply) => void,
): Promise<Started<Asked> | undefined> {
  return new Promise((resolve) => {
    let worker: Worker;
    try {
      worker = new Worker(scriptAddress(script));
    } catch {
      resolve(undefined);
      return;
    }
    let isOpen = false;
    const giveUp = (): void => {
      worker.terminate();
      resolve(undefined);
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      giveUp();
    });
    worker.addEventListener('message', ({ data }: MessageEvent<Told | EngineReply>) => {
      const { kind } = data as EngineReply;
      if (kind === 'refused' && !isOpen) {
        giveUp();
        return;
      }
      if (kind !== 'opened') {
        hear(data);
        return;
      }
      isOpen = true;
      resolve({
        send: (message) => {
          worker.postMessage(message);
        },
        close: () => {
          worker.terminate();
        },
      });
    });
    worker.postMessage(open);
  });
}
