/** When a lab trains: at every movement what takes a moment, when a field is left what takes a few seconds, else when asked. */
import type { Words } from '../../languages/words.js';
import { say } from '../../languages/words.js';
import type { RunOutcome, RunRequest } from '../../lab/compute-run.js';
import type { Experiment } from '../../lab/fields.js';
import { number } from '../numbers.js';
import { engineClient } from './engine-client.js';
import type { EngineReply } from './engine-protocol.js';
import type { Guest } from './guest.js';
import type { Panel } from './panel.js';
import { type Budget, labEngine, type TrainReply } from './protocol.js';

export interface Trained {
  readonly outcome: RunOutcome;
  readonly guest: Guest;
  readonly experiment: Experiment;
  readonly seconds: number;
}

/** Who asks: a field that is moved, one that is left (or a link), the button. */
type Asking = 'moving' | 'left' | 'asked';

const megabyte = 2 ** 20;
const budgets: Readonly<Record<Asking, Budget>> = {
  moving: { seconds: 0.3, bytes: 64 * megabyte },
  left: { seconds: 3, bytes: 64 * megabyte },
  asked: { seconds: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
};

export interface Pace {
  /** Trains this in place of what is trained; nothing waits in a line. */
  ask(request: RunRequest, asking: Asking): void;
  cancel(): void;
  /** Ends it, and gives the memory back. */
  close(): void;
  /** Ends what is trained in a page that nobody sees, and begins again when it is seen. */
  pauseWhileHidden(): void;
}

interface PaceRequest {
  readonly panel: Panel;
  readonly words: Words['lab'];
  readonly show: (trained: Trained) => void;
  /** Nothing has been trained of what is chosen: what shows is of something else. */
  readonly drop: () => void;
  readonly isHidden: () => boolean;
}

export function pace({ panel, words, show, drop, isHidden }: PaceRequest): Pace {
  let id = 0;
  let current: { readonly request: RunRequest; readonly asking: Asking } | undefined;
  let paused: typeof current;
  const busy = (fraction: number | undefined): void => {
    panel.cancel.hidden = fraction === undefined;
    panel.progress.hidden = fraction === undefined;
    if (fraction !== undefined) panel.progress.value = fraction;
  };
  const end = (text: string): void => {
    current = undefined;
    busy(undefined);
    drop();
    panel.say(text);
  };
  const hear = (reply: TrainReply | EngineReply): void => {
    if (reply.kind === 'opened' || ('id' in reply && reply.id !== id) || current === undefined) return;
    const { request, asking } = current;
    switch (reply.kind) {
      case 'refused':
        end(say(words.refused, { why: reply.why }));
        return;
      case 'failed':
        end(say(words.failed, { why: reply.why }));
        return;
      case 'progress':
        busy(reply.fraction);
        panel.say(say(words.training, { percent: Math.floor(100 * reply.fraction) }));
        return;
      case 'too-much': {
        current = undefined;
        busy(undefined);
        drop();
        panel.say('');
        // While a field is moved nothing is asked: it will be left.
        if (asking === 'moving') return;
        const { seconds, bytes } = reply;
        panel.train.textContent =
          seconds === undefined
            ? say(words.trainLarge, { megabytes: number(Math.ceil((bytes ?? 0) / megabyte)) })
            : say(words.trainFor, { seconds: number(Math.ceil(seconds)) });
        panel.train.hidden = false;
        return;
      }
      case 'trained':
        current = undefined;
        busy(undefined);
        show({ ...reply, experiment: request.experiment });
    }
  };
  const engine = engineClient(labEngine, hear);
  const ask = (request: RunRequest, asking: Asking): void => {
    id += 1;
    paused = undefined;
    panel.train.hidden = true;
    current = { request, asking };
    if (isHidden()) {
      pauseNow();
      return;
    }
    engine.send({ kind: 'train', id, request, most: budgets[asking] });
  };
  const pauseNow = (): void => {
    if (current === undefined) return;
    paused = current;
    engine.send({ kind: 'stop' });
    id += 1;
    end(words.paused);
  };
  return {
    ask,
    cancel() {
      engine.close();
      id += 1;
      end(words.cancelled);
    },
    close() {
      engine.close();
      id += 1;
      paused = undefined;
      end('');
    },
    pauseWhileHidden() {
      if (isHidden()) pauseNow();
      else if (paused !== undefined) ask(paused.request, paused.asking);
    },
  };
}
