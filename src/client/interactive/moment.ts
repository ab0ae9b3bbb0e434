/** The moment of a training that all its figures on a page show, what is marked in them, and the place of every other slider. */
import type { Identity } from '../../figures/identity.js';

export interface Moment {
  readonly steps: readonly number[];
  /** The checkpoint that shows: a position in `steps`. */
  readonly checkpoint: number;
  /** Positions on other axes, by name. */
  readonly positions: ReadonlyMap<string, number>;
  readonly playing: boolean;
  /** What stays marked in all figures, and the page's address names; empty for nothing. */
  readonly held: Identity;
  /** What is marked: what a pointer is at, or else what is held. */
  readonly marked: Identity;
  set(change: {
    checkpoint?: number;
    axis?: readonly [string, number];
    playing?: boolean;
    held?: Identity;
    /** Null for nothing. */
    pointed?: Identity | null;
    /** How many times as fast as usual it plays. */
    speed?: number;
  }): void;
  /** Calls at once and at every change, at most once a frame. */
  follow(call: () => void): void;
}

export function makeMoment(steps: readonly number[]): Moment {
  const calls: (() => void)[] = [];
  const positions = new Map<string, number>();
  // It opens where the training has come to.
  let [checkpoint, playing, asked, speed] = [steps.length - 1, false, false, 1];
  let held: Identity = {};
  let pointed: Identity | null = null;
  const tell = (): void => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      for (const call of calls) call();
    });
  };
  // A moving picture is asked for with the button alone; who asked for less motion gets few, slow frames.
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let before = 0;
  const advance = (now: number): void => {
    if (!playing) return;
    if (now - before >= (calm.matches ? 1000 : 45 / speed)) {
      before = now;
      const next = checkpoint + (calm.matches ? Math.ceil(steps.length / 12) : 1);
      checkpoint = Math.min(next, steps.length - 1);
      if (checkpoint === steps.length - 1) playing = false;
      tell();
    }
    requestAnimationFrame(advance);
  };
  return {
    steps,
    positions,
    get checkpoint() {
      return checkpoint;
    },
    get playing() {
      return playing;
    },
    get held() {
      return held;
    },
    get marked() {
      return pointed ?? held;
    },
    set(change) {
      if (change.checkpoint !== undefined) checkpoint = Math.max(0, Math.min(steps.length - 1, change.checkpoint));
      if (change.axis !== undefined) positions.set(...change.axis);
      if (change.held !== undefined) ({ held } = change);
      if (change.pointed !== undefined) ({ pointed } = change);
      if (change.speed !== undefined) ({ speed } = change);
      if (change.playing !== undefined && change.playing !== playing) {
        playing = change.playing;
        if (playing && checkpoint === steps.length - 1) checkpoint = 0;
        if (playing) requestAnimationFrame(advance);
      }
      tell();
    },
    follow(call) {
      calls.push(call);
      call();
    },
  };
}
