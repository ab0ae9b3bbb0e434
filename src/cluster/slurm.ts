/** Slurm: arrays of jobs, each of a comment that says which group it is, all of one name. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EnvironmentError, printable } from '../shared/problem.js';
import type { RunProgram } from './programs.js';
import type { Scheduler, Submission } from './scheduler.js';
import { jobsInQueue, queueFormat, submittedJob } from './slurm-answers.js';

export interface SlurmPlace {
  /** Of the run. */
  readonly folder: string;
  /** What all of its jobs are called. */
  readonly name: string;
  /** How many tasks of an array run at a time. */
  readonly slots: number;
  readonly run: RunProgram;
  readonly signal: AbortSignal;
}

/** Milliseconds between attempts to reach the controller, and how many there are. */
const again = { after: 2000, times: 30 };

export function slurm({ folder, name, slots, run, signal }: SlurmPlace): Scheduler {
  /** The number of an array that was submitted though nobody heard of it. */
  const adopted = async (group: string): Promise<string | undefined> => {
    const { code, out } = await run('squeue', ['-h', '-t', 'all', `--name=${name}`, '-o', '%F|%k']);
    if (code !== 0) return undefined;
    return out.split('\n').flatMap((line) => (line.trim().endsWith(`|colophon:${group}`) ? line.split('|', 1) : []))[0];
  };
  return {
    name: 'slurm',
    waits: true,
    cancelLine: `scancel --name=${name}`,
    async submit({ group, tasks, after }: Submission) {
      const words = [
        ...['--parsable', `--job-name=${name}`, `--comment=colophon:${group}`, `--array=0-${tasks - 1}%${slots}`],
        ...(after.length === 0 ? [] : [`--dependency=afterok:${after.join(':')}`, '--kill-on-invalid-dep=yes']),
        join(folder, `${group}.sh`),
      ];
      for (let attempt = 1; ; attempt += 1) {
        const { code, out, err } = await run('sbatch', words);
        const id = code === 0 ? submittedJob(out) : undefined;
        if (id !== undefined) return id;
        const isAway = code !== undefined && isUnreachable(err);
        if (!isAway || attempt >= again.times) throw new EnvironmentError(refusal(code, err));
        await setTimeout(again.after, undefined, { signal });
        const found = await adopted(group);
        if (found !== undefined) return found;
      }
    },
    async jobs() {
      const { code, out } = await run('squeue', ['-h', '-r', '-t', 'all', `--name=${name}`, '-o', queueFormat]);
      return code === 0 ? jobsInQueue(out) : undefined;
    },
    async cancel() {
      await run('scancel', [`--name=${name}`]);
    },
  };
}

function isUnreachable(said: string): boolean {
  return /unable to contact slurm controller|connection (?:refused|timed out)|socket timed out|communication connection failure|zero bytes were transmitted|timed out/i.test(
    said,
  );
}

function refusal(code: number | undefined, said: string): string {
  if (code === undefined)
    return `sbatch did not run: ${printable(said)}; build on a machine from which jobs are submitted, where Slurm's programs are on the path`;
  const why = printable(said.split('\n').at(-1) ?? '');
  return `sbatch refused the jobs: ${why}; see partition, time, memory and gpus in your settings, and its own words above`;
}
