/** How a job ended that left steps without a result, and whether trying again can help. */
import type { JobState } from './scheduler.js';

export type Ending =
  | 'failed'
  | 'out-of-memory'
  | 'timed-out'
  | 'preempted'
  | 'node-failed'
  | 'cancelled'
  | 'killed'
  | 'not-started';

export interface JobEnd {
  /** What the scheduler said last; undefined where it has forgotten the job. */
  readonly state: JobState | undefined;
  /** With what code the steps ended; undefined where they did not come to an end. */
  readonly code: number | undefined;
}

/** What `step` ends with when it was told to end: it keeps what it has. */
const interrupted = 130;

export function endingOf({ state, code }: JobEnd): Ending {
  switch (state) {
    case 'out-of-memory':
    case 'timed-out':
    case 'preempted':
    case 'cancelled':
    case 'not-started':
      return state;
    case 'node-failed':
    case undefined:
      // Slurm forgets after minutes; what the steps said stays.
      return code === undefined ? 'node-failed' : byCode(code);
    case 'failed':
    case 'ended':
    case 'waiting':
    case 'running':
      return code === undefined ? 'killed' : byCode(code);
  }
}

function byCode(code: number): Ending {
  if (code === interrupted || code === 143) return 'timed-out';
  // A shell adds the signal's number.
  return code === 137 ? 'killed' : 'failed';
}

/** Whether the same steps may go well another time: with more memory, from where they stopped, on another machine. */
export function mayHelp(ending: Ending): boolean {
  return ending !== 'failed' && ending !== 'cancelled';
}

/** "ran out of memory", for people. */
export function endingInWords(ending: Ending): string {
  switch (ending) {
    case 'failed':
      return 'failed';
    case 'out-of-memory':
      return 'ran out of memory';
    case 'timed-out':
      return 'came to the limit of time';
    case 'preempted':
      return 'was preempted';
    case 'node-failed':
      return 'was lost with its machine';
    case 'cancelled':
      return 'was cancelled';
    case 'killed':
      return 'was killed';
    case 'not-started':
      return 'did not start, as a job before it did not end well';
  }
}

/** What a person can do about it. */
export function adviceFor(ending: Ending): string {
  switch (ending) {
    case 'failed':
      return 'its log says why';
    case 'out-of-memory':
      return 'raise memory in your settings';
    case 'timed-out':
      return 'raise time in your settings; trainings go on from their states';
    case 'preempted':
    case 'node-failed':
    case 'killed':
      return 'build again; if it is so every time, ask who runs the cluster';
    case 'cancelled':
      return 'build again when it may run';
    case 'not-started':
      return 'it is computed when those before it are there';
  }
}

/** Twice as much memory: "4G" to "8G". */
export function moreMemory(memory: string, times: number): string {
  const [, number = '0', unit = ''] = /^(\d+)([KMGT]?)$/.exec(memory) ?? [];
  return `${Number(number) * 2 ** times}${unit}`;
}
