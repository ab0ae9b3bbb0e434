/** Any scheduler that a command line reaches: PBS, LSF, SGE, a shell on another machine. Each job has a script of its own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../shared/problem.js';
import { shellWord } from '../shared/own-command.js';
import { inTurns } from '../shared/turns.js';
import type { RunProgram } from './programs.js';
import type { KnownJob, Scheduler, Submission } from './scheduler.js';
import { endFile } from './script.js';
import type { ClusterSettings } from './settings.js';

/** What stands for what in a template. */
export const placeholders = ['script', 'after', 'name', 'log'] as const;
type Placeholder = (typeof placeholders)[number];

/** What is wrong with a template, in words; undefined where nothing is. */
export function faultOfTemplate(template: string): string | undefined {
  const named = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const strange = named.find((name) => !placeholders.some((known) => known === name));
  if (strange !== undefined)
    return `{${strange}} stands for nothing; there is ${placeholders.map((name) => `{${name}}`).join(', ')}`;
  return named.includes('script') ? undefined : 'it lacks {script}, as in "command:qsub {script}"';
}

/** The template with what stands for what, each as one word of a shell. */
export function filledIn(template: string, values: Readonly<Partial<Record<Placeholder | 'id', string>>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name as Placeholder] : undefined;
    return value === undefined ? whole : value === '' ? '' : shellWord(value);
  });
}

/** The name of a job in what a command printed: its last line's last word that has a digit; "" where there is none. */
export function nameOfJob(text: string): string {
  const words = text.trim().split('\n').at(-1)?.split(/\s+/) ?? [];
  const numbered = words.findLast((word) => /\d/.test(word)) ?? '';
  return numbered.replace(/^[<("']+|[>)"',.;]+$/g, '');
}

interface Submitted {
  readonly group: string;
  readonly task: number;
  id: string;
  /** While the command is there, or it said that the job is in a queue. */
  state: 'running' | 'gone';
}

export interface CommandPlace {
  readonly folder: string;
  readonly name: string;
  readonly template: string;
  readonly settings: Pick<ClusterSettings, 'slots' | 'status' | 'cancel'>;
  readonly run: RunProgram;
  /** What an earlier process submitted. */
  readonly before: readonly { readonly group: string; readonly task: number; readonly id: string }[];
  /** Told of the name of each job as soon as it is known. */
  readonly heard: (group: string, task: number, id: string) => void;
}

/** Jobs whose scheduler does not say how they ended have a file that does. */
export function command({ folder, name, template, settings, run, before, heard }: CommandPlace): Scheduler {
  const { slots, status, cancel } = settings;
  const jobs: Submitted[] = before.map((job) => ({ ...job, state: status === undefined ? 'gone' : 'running' }));
  const inTurn = inTurns(() => slots);
  let cancelled = false;
  const start = async (job: Submitted, after: string): Promise<void> => {
    if (cancelled) return;
    const script = join(folder, `${job.group}-${job.task}.sh`);
    const log = join(folder, 'logs', `${job.group}-${job.task}.log`);
    const { code, out } = await shell(filledIn(template, { script, after, log, name }), log);
    job.id = nameOfJob(out);
    if (code !== 0) job.state = 'gone';
    else heard(job.group, job.task, job.id);
  };
  const isThere = async (job: Submitted): Promise<boolean> => {
    if (status === undefined || job.id === '') return true;
    return (await run('sh', ['-c', filledIn(status, { id: job.id })])).code === 0;
  };
  return {
    name: 'command',
    waits: template.includes('{after}'),
    cancelLine: undefined,
    async submit({ group, tasks, after }: Submission) {
      const own = Array.from({ length: tasks }, (_, task): Submitted => ({ group, task, id: '', state: 'running' }));
      jobs.push(...own);
      const started = Promise.all(own.map((job) => inTurn(() => start(job, after.join(':')))));
      // Others can only be told to wait for a job whose name is known.
      if (template.includes('{after}')) {
        await started;
        const nameless = own.find(({ id }) => id === '');
        if (nameless !== undefined)
          throw new EnvironmentError(
            `the command printed no name of a job for ${group}-${nameless.task}; see ${join(folder, 'logs')}, and leave {after} out where it prints none`,
          );
      }
      return own.map(({ id }) => id).join(':');
    },
    async jobs() {
      return Promise.all(
        jobs.map(async (job): Promise<KnownJob> => {
          const ended = existsSync(endFile(folder, `${job.group}-${job.task}`));
          if (!ended && job.state === 'running' && job.id !== '' && !(await isThere(job))) job.state = 'gone';
          const state = ended ? 'ended' : job.state === 'running' ? 'running' : 'node-failed';
          return { group: job.group, task: job.task, state, reason: '' };
        }),
      );
    },
    async cancel() {
      cancelled = true;
      if (cancel === undefined) return;
      for (const { id } of jobs) if (id !== '') await run('sh', ['-c', filledIn(cancel, { id })]);
    },
  };
}

/** Runs a line of shell to its end, however long that takes; what it says beside its answer goes to the job's log. */
async function shell(line: string, log: string): Promise<{ readonly code: number | null; readonly out: string }> {
  const child = spawn('sh', ['-c', `{ ${line}\n} 2>>${shellWord(log)}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out = (out + text).slice(-10_000);
  });
  return new Promise((resolve) => {
    child.once('error', () => {
      resolve({ code: null, out });
    });
    child.once('close', (code) => {
      resolve({ code, out });
    });
  });
}
