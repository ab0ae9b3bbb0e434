/** Has the steps of a report computed one after another: begun, paused, gone on with, ended. */
import { type LeftOut, turnsOf } from '../../lab/verify-turns.js';
import type { Verdict } from '../../lab/verify-step.js';
import type { VerifyPlan, VerifyStep } from '../../lab/verify-plan.js';
import { engineClient } from '../lab/engine-client.js';
import type { EngineReply } from '../lab/engine-protocol.js';
import { type StepReply, verifyEngine } from './protocol.js';

export type Told =
  | { readonly kind: 'judged'; readonly verdict: Verdict }
  | { readonly kind: 'left-out'; readonly leftOut: LeftOut }
  | { readonly kind: 'failed'; readonly why: string };

/** Why nothing is computed at the moment. */
export type Rest = 'paused' | 'in-background' | 'asks' | 'cancelled' | 'done' | { readonly refused: string };

export interface RunHeard {
  readonly told: (step: VerifyStep, told: Told) => void;
  /** `part` of the whole, from 0 to 1. */
  readonly progress: (at: { readonly step: VerifyStep; readonly turn: number; readonly part: number }) => void;
  /** With about how long the rest takes, or, once it is over, the whole. */
  readonly rests: (rest: Rest, seconds: number) => void;
}

export interface VerifyRun {
  /** How many steps it computes, and about how long that takes in all. */
  readonly turns: number;
  readonly seconds: number;
  /** Begins, or goes on. `asked` is whether the reader knows that it takes long. */
  start(asked: boolean): void;
  pause(why: Extract<Rest, 'paused' | 'in-background'>): void;
  /** Ends it at once, and gives its memory back; it can be begun anew. */
  cancel(): void;
}

/** In bytes. */
const mostBytes = 64 * 2 ** 20;

/** What takes longer than so many seconds is asked for. */
export const mostSeconds = 30;

/** What has passed tells how fast this machine is, once it is enough to be believed: in seconds, and as a part of the whole. */
const believable = { seconds: 3, part: 0.1 };

export function verifyRun({ steps, profile }: VerifyPlan, heard: RunHeard): VerifyRun {
  const { turns, leftOut } = turnsOf(steps, profile, mostBytes);
  // What takes no time to speak of is a part of the whole all the same.
  const costs = turns.map(({ step }) => step.seconds + 0.002);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let next = 0;
  let id = 0;
  let before = 0;
  let elapsed = 0;
  let since: number | undefined;
  let isAsked = false;
  const failed = new Set<string>();
  const passed = (): number => elapsed + (since === undefined ? 0 : (performance.now() - since) / 1000);
  const left = (fraction: number): number => {
    const done = before + fraction * (costs[next] ?? 0);
    const isBelieved = passed() > believable.seconds && done > believable.part * total;
    return (total - done) * (isBelieved ? passed() / done : 1);
  };
  const rest = (why: Rest, fraction = 0): void => {
    const isOver = why === 'done' || why === 'cancelled' || typeof why === 'object';
    const seconds = isOver ? (why === 'done' ? passed() : total) : left(fraction);
    elapsed = passed();
    since = undefined;
    id += 1;
    heard.rests(why, seconds);
  };
  const tooLong = (fraction: number): boolean => !isAsked && passed() + left(fraction) > mostSeconds;
  const end = (why: Rest): void => {
    engine.close();
    rest(why);
    [next, before, elapsed] = [0, 0, 0];
    failed.clear();
  };
  const settle = (step: VerifyStep, told: Told): void => {
    if (told.kind !== 'judged') failed.add(step.key);
    heard.told(step, told);
    before += costs[next] ?? 0;
    next += 1;
    goOn();
  };
  const goOn = (): void => {
    const turn = turns[next];
    if (turn === undefined) {
      end('done');
      return;
    }
    if (tooLong(0)) {
      rest('asks');
      return;
    }
    const { step, drop } = turn;
    heard.progress({ step, turn: next, part: before / total });
    const missing = Object.values(step.inputs).find((key) => failed.has(key));
    if (missing !== undefined) {
      const name = steps.find(({ key }) => key === missing)?.name ?? missing;
      settle(step, { kind: 'left-out', leftOut: { why: 'needs', name } });
      return;
    }
    id += 1;
    engine.send({ kind: 'step', id, step, profile, drop });
  };
  const hear = (reply: StepReply | EngineReply): void => {
    const step = turns[next]?.step;
    if (step === undefined || since === undefined || reply.kind === 'opened') return;
    if (reply.kind === 'refused') {
      end({ refused: reply.why });
      return;
    }
    if (reply.id !== id) return;
    switch (reply.kind) {
      case 'judged':
        settle(step, { kind: 'judged', verdict: reply.verdict });
        return;
      case 'failed':
        settle(step, { kind: 'failed', why: reply.why });
        return;
      case 'progress':
        if (tooLong(reply.fraction)) {
          engine.send({ kind: 'stop' });
          rest('asks', reply.fraction);
        } else heard.progress({ step, turn: next, part: (before + reply.fraction * (costs[next] ?? 0)) / total });
    }
  };
  const engine = engineClient(verifyEngine, hear);
  return {
    ...{ turns: turns.length, seconds: total },
    start(asked) {
      if (since !== undefined) return;
      isAsked ||= asked;
      if (next === 0)
        for (const step of steps) {
          const left = leftOut.get(step.key);
          if (left !== undefined) heard.told(step, { kind: 'left-out', leftOut: left });
        }
      since = performance.now();
      goOn();
    },
    pause(why) {
      if (since === undefined) return;
      engine.send({ kind: 'stop' });
      rest(why);
    },
    cancel() {
      if (next > 0 || since !== undefined) end('cancelled');
    },
  };
}
