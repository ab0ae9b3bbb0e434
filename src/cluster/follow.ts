/** Jobs followed to their end, by what the scheduler says of them and what the store has. */
import { setTimeout } from 'node:timers/promises';
import { EnvironmentError } from '../shared/problem.js';
import type { JobState, KnownJob, Scheduler } from './scheduler.js';

export interface FollowedJob {
  readonly group: string;
  readonly task: number;
  readonly keys: readonly string[];
}

export interface EndedJob extends FollowedJob {
  /** What the scheduler said last; undefined where it knows nothing of the job. */
  readonly state: JobState | undefined;
  /** Those of its steps that have no result. */
  readonly missing: readonly string[];
}

export interface FollowWorld {
  readonly isStored: (key: string) => boolean;
  /** Whether a job has said itself that it is over. */
  readonly hasEnded: (job: FollowedJob) => boolean;
  /** Told how far it is, after every look. */
  readonly show: (counts: { readonly running: number; readonly waiting: number; readonly stored: number }) => void;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Milliseconds before the look of this number. */
  readonly pause?: (look: number) => number;
}

/** A job of which a scheduler knows nothing so many times in a row is over; files of other machines may come so many looks late. */
const looksToBeSure = 3;
/** Milliseconds for which a scheduler may be silent. */
const mostSilence = 600_000;

/** Often at first, so that little jobs do not wait; every ten seconds in the end, as a scheduler serves many people. */
const usualPause = (look: number): number => Math.min(10_000, 500 + 100 * look);

/** Rejects with the signal's reason, and with an EnvironmentError when the scheduler is silent for long. */
export async function follow(
  jobs: readonly FollowedJob[],
  scheduler: Pick<Scheduler, 'name' | 'jobs'>,
  { isStored, hasEnded, show, say, signal, pause = usualPause }: FollowWorld,
): Promise<EndedJob[]> {
  const open = new Map(jobs.map((job) => [nameOf(job), { job, missing: [...job.keys], absent: 0, ended: 0 }]));
  const over: EndedJob[] = [];
  let stored = 0;
  let silentFor = 0;
  for (let look = 0; open.size > 0; look += 1) {
    await setTimeout(pause(look), undefined, { signal });
    const known = await scheduler.jobs();
    signal.throwIfAborted();
    if (known === undefined) {
      if (silentFor === 0) say(`${scheduler.name} does not answer; its jobs go on, and it is asked again`);
      silentFor += pause(look);
      if (silentFor > mostSilence)
        throw new EnvironmentError(
          `${scheduler.name} has not answered for ten minutes; its jobs may go on: build again to follow them`,
        );
      continue;
    }
    if (silentFor > 0) say(`${scheduler.name} answers again`);
    silentFor = 0;
    const states = latest(known);
    let [running, waiting] = [0, 0];
    for (const [name, one] of open) {
      const { job } = one;
      const state = states.get(name);
      if (state === 'waiting') waiting += 1;
      if (state === 'running') running += 1;
      if (state === 'waiting') continue;
      const before = one.missing.length;
      one.missing = one.missing.filter((key) => !isStored(key));
      stored += before - one.missing.length;
      if (state === 'running') continue;
      one.absent = state === undefined ? one.absent + 1 : 0;
      one.ended += 1;
      const isSure = one.missing.length === 0 || one.ended >= looksToBeSure;
      const isOver = state !== undefined || hasEnded(job) || one.absent >= looksToBeSure;
      if (!isSure || !isOver) continue;
      open.delete(name);
      over.push({ ...job, state, missing: one.missing });
    }
    show({ running, waiting, stored });
  }
  return over;
}

const nameOf = ({ group, task }: Pick<FollowedJob, 'group' | 'task'>): string => `${group}-${task}`;

/** A job that was put into the queue again may be told of twice: as it was, and as it is. */
function latest(known: readonly KnownJob[]): Map<string, JobState> {
  const states = new Map<string, JobState>();
  for (const job of known) {
    const before = states.get(nameOf(job));
    if (before === 'waiting' || before === 'running') continue;
    states.set(nameOf(job), job.state);
  }
  return states;
}
