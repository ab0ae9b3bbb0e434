/** What Slurm's programs print, read. */
import type { JobState, KnownJob } from './scheduler.js';

/** The format of `squeue` that is read: job, state, reason, and the comment, which is the group. */
export const queueFormat = '%i|%T|%r|%k';

const states: Readonly<Record<string, JobState>> = {
  PENDING: 'waiting',
  REQUEUED: 'waiting',
  REQUEUE_HOLD: 'waiting',
  REQUEUE_FED: 'waiting',
  SPECIAL_EXIT: 'waiting',
  RESV_DEL_HOLD: 'waiting',
  CONFIGURING: 'running',
  RUNNING: 'running',
  COMPLETING: 'running',
  STAGE_OUT: 'running',
  STOPPED: 'running',
  SUSPENDED: 'running',
  RESIZING: 'running',
  SIGNALING: 'running',
  COMPLETED: 'ended',
  FAILED: 'failed',
  OUT_OF_MEMORY: 'out-of-memory',
  TIMEOUT: 'timed-out',
  DEADLINE: 'timed-out',
  PREEMPTED: 'preempted',
  NODE_FAIL: 'node-failed',
  BOOT_FAIL: 'node-failed',
  LAUNCH_FAILED: 'node-failed',
  RECONFIG_FAIL: 'node-failed',
  CANCELLED: 'cancelled',
  REVOKED: 'cancelled',
};

/** The jobs in what `squeue -h -r -t all -o FORMAT` printed. A line that is none is passed over. */
export function jobsInQueue(text: string): KnownJob[] {
  return text.split('\n').flatMap((line): KnownJob[] => {
    const [id = '', word = '', reason = '', comment = ''] = line.split('|');
    const [, task] = /^\d+_(\d+)$/.exec(id) ?? [];
    const [, group] = /^colophon:(\d+)$/.exec(comment.trim()) ?? [];
    const state = states[word.trim()];
    if (task === undefined || group === undefined || state === undefined) return [];
    const never = state === 'cancelled' && reason.startsWith('Dependency');
    const stuck = state === 'waiting' && reason === 'DependencyNeverSatisfied';
    return [{ group, task: Number(task), state: never || stuck ? 'not-started' : state, reason }];
  });
}

/** The number of the job in what `sbatch --parsable` printed: "12", or "12;cluster". */
export function submittedJob(text: string): string | undefined {
  return /^(\d+)(?:;\S+)?$/m.exec(text.trim())?.[1];
}
